import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import { capFloor } from './cap.ts';

/** What one performance that is over was asked for on the card. */
export interface Demand {
  /** Tickets given that count in a cap. */
  readonly used: TicketCount;
  /** Tickets that guests wanted and did not get. */
  readonly turnedAway: TicketCount;
}

export interface CapSuggestion {
  /** Null: too few performances to say anything, and no tickets to count a floor from. */
  readonly cap: TicketCount | null;
  readonly floor: TicketCount | null;
  /** How many performances it is drawn from. */
  readonly performances: number;
  readonly explanation: Text;
}

/** Of ten evenings, nine would have had room for everybody. */
const quantilePercent = 90;
const fewestPerformances = 5;

/**
 * A fair cap from the venue's own past: room for everybody at nine performances of ten, turn-aways counted as wishes, never
 * below the floor. From fewer than five performances no pattern is drawn: then the floor, where the tickets are known.
 */
export function suggestCap(
  history: readonly Demand[],
  tickets: TicketCount | null,
  percent: number,
): CapSuggestion {
  const floor = tickets === null ? null : capFloor(tickets, percent);
  const performances = history.length;
  if (performances < fewestPerformances) {
    return { cap: floor, floor, performances, explanation: tooFew(performances, floor) };
  }
  const wishes = history.map(({ used, turnedAway }) => used + turnedAway).sort((a, b) => a - b);
  const usual = wishes[Math.ceil((quantilePercent * performances) / 100) - 1] ?? 0;
  const cap = Math.max(usual, floor ?? 0, 1);
  return { cap, floor, performances, explanation: inWords(cap, usual, performances, floor) };
}

function inWords(
  cap: TicketCount,
  usual: TicketCount,
  performances: number,
  floor: TicketCount | null,
): Text {
  const isFloor = floor !== null && cap === floor && floor > usual;
  return {
    fi:
      `Viimeisissä ${performances} esityksessä yhdeksässä kymmenestä toivottiin enintään ${usual} lippua.` +
      (isFloor ? ` Vähimmäismäärä on ${floor}.` : ''),
    sv:
      `I nio av tio av de ${performances} senaste föreställningarna önskades högst ${usual} biljetter.` +
      (isFloor ? ` Minimigränsen är ${floor}.` : ''),
    en:
      `At nine of ten of the last ${performances} performances at most ${usual} tickets were wished for.` +
      (isFloor ? ` The floor is ${floor}.` : ''),
  };
}

function tooFew(performances: number, floor: TicketCount | null): Text {
  const [fi, sv, en] =
    floor === null
      ? ['', '', '']
      : [` Vähimmäismäärä on ${floor}.`, ` Minimigränsen är ${floor}.`, ` The floor is ${floor}.`];
  return {
    fi: `Esityksiä on takana vasta ${performances}: omaa tapaa ei vielä näe.${fi}`,
    sv: `Bara ${performances} föreställningar har hållits: något mönster syns inte ännu.${sv}`,
    en: `Only ${performances} performances are over: there is no pattern to see yet.${en}`,
  };
}
