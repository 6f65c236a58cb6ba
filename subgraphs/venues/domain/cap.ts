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

/** The places of a performance, and of the cap that it shares with others. */
export interface CountedPlaces {
  readonly cap: TicketCount | null;
  readonly used: TicketCount;
  readonly held: TicketCount;
  /** What all the performances of the shared cap have taken together; null or left out: it shares none. */
  readonly shared?: {
    readonly cap: TicketCount;
    readonly used: TicketCount;
    readonly held: TicketCount;
  } | null;
}

/**
 * Places that anybody may take: neither used nor held, under the performance's own cap and the one that it shares; never
 * below zero; null when there is neither.
 */
export function remainingOf({ cap, used, held, shared = null }: CountedPlaces): TicketCount | null {
  const own = cap === null ? null : Math.max(0, cap - used - held);
  if (!shared) return own;
  const together = Math.max(0, shared.cap - shared.used - shared.held);
  return own === null ? together : Math.min(own, together);
}

/** The numbers of a house without room for so many more. */
export interface FullPlaces {
  readonly cap: TicketCount;
  readonly used: TicketCount;
  readonly held: TicketCount;
  readonly wanted: TicketCount;
  /** True: the numbers are those of a cap that several performances share. */
  readonly shared?: boolean;
}

/** Which cap has no room for so many more: the performance's own goes before the shared one. Null: both have. */
export function fullPlaces(
  { cap, used, held, shared = null }: CountedPlaces,
  wanted: TicketCount,
): FullPlaces | null {
  if (cap !== null && used + held + wanted > cap) return { cap, used, held, wanted, shared: false };
  if (!shared || shared.used + shared.held + wanted <= shared.cap) return null;
  return { cap: shared.cap, used: shared.used, held: shared.held, wanted, shared: true };
}

/** The places as a full house has them; where the shared cap is full, the performance's own numbers are not among them. */
export function placesWhenFull({ cap, used, held, shared }: FullPlaces): CountedPlaces {
  return shared ? { cap: null, used: 0, held: 0, shared: { cap, used, held } } : { cap, used, held };
}

/** Nobody more may come on a card: with the venue's own cap rule, or the rule that lets venues set one. */
export function capReached(
  { cap, used, held, wanted, shared = false }: FullPlaces,
  rules: readonly Rule[],
  place: Place,
  on: LocalDate,
): Refusal<'CAP_REACHED'> {
  const rule =
    ruleInForce(rules, 'cap.absolute', place, on) ?? ruleStated(rules, 'cap.per_performance', place, on);
  const remaining = Math.max(0, cap - used - held);
  const facts = { cap, used, held, remaining, wanted, ...(shared ? { shared } : {}) };
  return refuse('CAP_REACHED', facts, rule ? referenceTo(rule) : null);
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
