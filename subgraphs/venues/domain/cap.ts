import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Text } from '../../platform/text.ts';
import type { LocalDate, TicketCount } from '../../platform/units.ts';
import { referenceTo, ruleInForce, ruleStated, wholeNumber, type Place, type Rule } from './rules.ts';

const floorKey = 'cap.floor_pct';
const floorPercent = 3;

/**
 * Lowest cap a venue may set, in tickets: ceil(percent·T/100), in integers.
 * Source: policy_rules.csv cap.floor_pct (2025-09, draft), domain.md "Venues and offerings".
 */
export function capFloor(tickets: TicketCount, percent = floorPercent): TicketCount {
  return Math.floor((percent * tickets + 99) / 100);
}

/** Most tickets a performance may have before this cap is under its floor: a fixed 20 holds up to 666 tickets. */
export function mostTicketsForCap(cap: TicketCount, percent = floorPercent): TicketCount {
  return Math.floor((100 * cap) / percent);
}

/** Places that anybody may take: neither used nor held, never below zero; null when there is no cap. */
export function remainingOf({
  cap,
  used,
  held,
}: {
  readonly cap: TicketCount | null;
  readonly used: TicketCount;
  readonly held: TicketCount;
}): TicketCount | null {
  return cap === null ? null : Math.max(0, cap - used - held);
}

/** The numbers of a house without room for so many more. */
export interface FullPlaces {
  readonly cap: TicketCount;
  readonly used: TicketCount;
  readonly held: TicketCount;
  readonly wanted: TicketCount;
}

/** Nobody more may come on a card: with the venue's own cap rule, or the rule that lets venues set one. */
export function capReached(
  { cap, used, held, wanted }: FullPlaces,
  rules: readonly Rule[],
  place: Place,
  on: LocalDate,
): Refusal<'CAP_REACHED'> {
  const rule =
    ruleInForce(rules, 'cap.absolute', place, on) ?? ruleStated(rules, 'cap.per_performance', place, on);
  const remaining = Math.max(0, cap - used - held);
  return refuse('CAP_REACHED', { cap, used, held, remaining, wanted }, rule ? referenceTo(rule) : null);
}

/** The cap may be set; what the venue should know about it. */
export interface CapAccepted {
  readonly kind: 'accepted';
  readonly warnings: readonly Text[];
}

/** The floor's rule as it stands at a place on a day, whether it binds, and its percent. */
export function floorRule(
  rules: readonly Rule[],
  place: Place,
  on: LocalDate,
): { readonly rule: Rule | null; readonly binds: boolean; readonly percent: number } {
  const inForce = ruleInForce(rules, floorKey, place, on);
  const rule = inForce ?? ruleStated(rules, floorKey, place, on);
  return { rule, binds: inForce !== null, percent: wholeNumber(rule?.value ?? null) ?? floorPercent };
}

/**
 * Whether a venue may set this cap. Refuses CAP_BELOW_FLOOR only when the floor is in force; while the floor is a draft
 * a lower cap is accepted with a warning that names floor, rule and status. CAP_BELOW_USED is decided by the store's
 * guarded update, where the number is certain.
 */
export function judgeCap(
  cap: TicketCount | null,
  tickets: TicketCount | null,
  rules: readonly Rule[],
  place: Place,
  on: LocalDate,
): CapAccepted | Refusal<'CAP_BELOW_FLOOR'> {
  if (cap === null) return { kind: 'accepted', warnings: [] };
  const { rule, binds, percent } = floorRule(rules, place, on);
  const status = rule?.status ?? 'DRAFT';
  if (tickets === null) return { kind: 'accepted', warnings: [unknownTickets(cap, percent, status)] };
  const floor = capFloor(tickets, percent);
  if (cap >= floor) return { kind: 'accepted', warnings: [] };
  if (rule && binds) return refuse('CAP_BELOW_FLOOR', { cap, floor, tickets, percent }, referenceTo(rule));
  return { kind: 'accepted', warnings: [belowFloor(cap, floor, tickets, percent, status)] };
}

function unknownTickets(cap: TicketCount, percent: number, status: string): Text {
  const most = mostTicketsForCap(cap, percent);
  return {
    fi: `Lippujen määrää ei tiedetä. Yläraja ${cap} alittaa ${percent} prosentin vähimmäismäärän, jos lippuja on yli ${most} (sääntö ${floorKey}, ${status}).`,
    sv: `Antalet biljetter är inte känt. Gränsen ${cap} underskrider minimigränsen på ${percent} procent om det finns fler än ${most} biljetter (regel ${floorKey}, ${status}).`,
    en: `The number of tickets is not known. A cap of ${cap} is under the floor of ${percent} % when there are more than ${most} tickets (rule ${floorKey}, ${status}).`,
  };
}

function belowFloor(
  cap: TicketCount,
  floor: TicketCount,
  tickets: TicketCount,
  percent: number,
  status: string,
): Text {
  return {
    fi: `Yläraja ${cap} alittaa vähimmäismäärän ${floor}, joka on ${percent} % ${tickets} lipusta (sääntö ${floorKey}, ${status}).`,
    sv: `Gränsen ${cap} underskrider minimigränsen ${floor}, som är ${percent} % av ${tickets} biljetter (regel ${floorKey}, ${status}).`,
    en: `The cap of ${cap} is under the floor of ${floor}, which is ${percent} % of ${tickets} tickets (rule ${floorKey}, ${status}).`,
  };
}
