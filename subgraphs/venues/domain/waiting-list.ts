import type { IsoInstant, Millis, TicketCount } from '../../platform/units.ts';
import type { CountedPlaces } from './cap.ts';
import type { TicketLine } from './lines.ts';
import type { Presentation } from './presentation.ts';

/** A family in the line, as far as its turn depends on it: who it is decides nothing. */
export interface Waiting {
  readonly id: string;
  /** Tickets of it that count in the cap: it gets all of them, or keeps its place. */
  readonly places: TicketCount;
  /** How often an offer went to somebody behind it. */
  readonly overtaken: number;
}

/** Whose turn it is, and whom it passes by. */
export interface Turn {
  readonly next: Waiting;
  readonly overtaken: readonly string[];
}

/** So often somebody smaller may go before a family; then the line waits until it fits. */
export const mostOvertakes = 3;

/** So many families wait for one performance at most. */
export const mostWaiting = 500;

/**
 * Who is offered places, given how many are free (null: no limit) and how many the house has at all (`most`, null: no
 * limit). The line is in the order of joining.
 *
 * Strictly by order a family of four would let three free places stay empty; strictly by fit it would never come in,
 * because single places come back more often than four at once. So: the first that fits is served, and everyone whom
 * it passes by is overtaken once more. Whoever was overtaken `mostOvertakes` times is passed by no more: nobody behind is
 * served until it is, and what comes back stays free for it. So every family waits for those before it and for at most three
 * others. A family that the house cannot seat at all (its cap was lowered) is passed by and blocks nobody.
 *
 * The door may take free places at any time: the line decides about offers, not about guests who stand there.
 */
export function turns(
  line: readonly Waiting[],
  free: TicketCount | null,
  most: TicketCount | null,
): readonly Turn[] {
  const found: Turn[] = [];
  let waiting = line.filter(({ places }) => most === null || places <= most);
  let left = free;
  for (let turn = nextOf(waiting, left); turn; turn = nextOf(waiting, left)) {
    const { next, overtaken } = turn;
    found.push(turn);
    waiting = waiting
      .filter(({ id }) => id !== next.id)
      .map((each) => (overtaken.includes(each.id) ? { ...each, overtaken: each.overtaken + 1 } : each));
    if (left !== null) left -= next.places;
  }
  return found;
}

function nextOf(line: readonly Waiting[], free: TicketCount | null): Turn | null {
  const overtaken: string[] = [];
  for (const each of line) {
    if (free === null || each.places <= free) return { next: each, overtaken };
    if (each.overtaken >= mostOvertakes) return null;
    overtaken.push(each.id);
  }
  return null;
}

/** As many places as the house has at all, under its own cap and the one that it shares; null: no limit. */
export function seatsOf({ cap, shared = null }: Pick<CountedPlaces, 'cap' | 'shared'>): TicketCount | null {
  if (!shared) return cap;
  return cap === null ? shared.cap : Math.min(cap, shared.cap);
}

const minute: Millis = 60_000;
const answerWithin: Millis = 120 * minute;
const beforeStart: Millis = 30 * minute;
const leastToAnswer: Millis = 15 * minute;

/**
 * Until when an offer made now stands: two hours, and never after half an hour before the start, so that the places still
 * find somebody. Null: less than a quarter of an hour would be left to answer, so no offer is made any more.
 */
export function offerExpiresAt(now: IsoInstant, startsAt: IsoInstant): IsoInstant | null {
  const made = Date.parse(now);
  const ends = Math.min(made + answerWithin, Date.parse(offersEndAt(startsAt)));
  return ends - made < leastToAnswer ? null : new Date(ends).toISOString();
}

/** No offer stands after this moment, whatever the start was when it was made. */
export function offersEndAt(startsAt: IsoInstant): IsoInstant {
  return new Date(Date.parse(startsAt) - beforeStart).toISOString();
}

/** The last moment at which the list takes somebody and offers are made. */
export function waitingClosesAt(startsAt: IsoInstant): IsoInstant {
  return new Date(Date.parse(startsAt) - beforeStart - leastToAnswer).toISOString();
}

/** Performances that start before this moment make no offers any more. */
export function soonestOffered(now: IsoInstant): IsoInstant {
  return new Date(Date.parse(now) + beforeStart + leastToAnswer).toISOString();
}

const mostChildren = 10;

/**
 * The holder's own card as the limits are asked about it when nobody at a door has read it: one own ticket, an assistant,
 * and children up to a sensible number. How many the register allows, the door sees when the family comes.
 */
export function asHolder(cardId: string, venueId: string, now: IsoInstant): Presentation {
  return {
    cardId,
    cardKind: 'PERSONAL',
    venueId,
    allowed: { HOLDER: 1, CHILD: mostChildren, ASSISTANT: 1 },
    expiresAt: new Date(Date.parse(now) + minute).toISOString(),
  };
}

export function joinText(performanceId: string, lines: readonly TicketLine[]): string {
  const sorted = lines.map(({ type, count }) => [type, count] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(['join', performanceId, sorted]);
}

export function acceptText(entryId: string): string {
  return JSON.stringify(['accept', entryId]);
}
