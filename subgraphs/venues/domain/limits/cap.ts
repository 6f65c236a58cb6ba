import { localDate } from '../../../platform/clock.ts';
import type { TicketCount } from '../../../platform/units.ts';
import { capFloor, capReached, floorRule, mostTicketsForCap, type FullPlaces } from '../cap.ts';
import { countedTicketsOf } from '../lines.ts';
import { referenceTo } from '../rules.ts';
import type { Limit, LimitQuestion } from './question.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Room for all of the counted tickets: HOLDER, CHILD and COMMUNITY_WORKER. The store's guard decides; this explains. */
export const cap: Limit = (question) => {
  const { places } = question;
  return places && places.cap !== null
    ? roomUnder(question, { ...places, cap: places.cap }, false, places.own)
    : null;
};

/** Room under the cap that the performance shares with others of its venue too. The store's guard decides here as well. */
export const sharedCap: Limit = (question) => {
  const { places } = question;
  return places?.shared ? roomUnder(question, places.shared, true, places.own) : null;
};

/** Places that are offered to this very card are there for it, however full it is for everybody else. */
function roomUnder(
  { lines, rules, place, now, isHolder = false }: LimitQuestion,
  { cap: most, used, held }: Pick<FullPlaces, 'cap' | 'used' | 'held'>,
  shared: boolean,
  own: TicketCount = 0,
): Verdict {
  const wanted = countedTicketsOf(lines);
  const full = { cap: most, used, held, wanted, shared };
  const { code, facts, rule } = capReached(full, rules, place, localDate(now));
  return verdict(shared ? 'SHARED_CAP' : 'CAP', shared ? 'cap.shared' : 'cap.per_performance', {
    passes: used + held - Math.min(own, wanted) + wanted <= most,
    code,
    // No venue learns who has waited.
    facts: isHolder && own > 0 ? { ...facts, own } : facts,
    reference: rule,
  });
}

/**
 * The cap may not be under ceil(percent·T/100), where T is what `basis` says: seats of the room, or tickets on sale.
 * Explains a cap, closes no door: it binds when a cap is set.
 */
export const capFloorKept: Limit = ({ places, performance, rules, place, now }) => {
  if (!places || places.cap === null) return null;
  const { rule, percent } = floorRule(rules, place, localDate(now));
  const { tickets, ticketBasis } = performance;
  const floor = tickets === null ? null : capFloor(tickets, percent);
  return verdict('CAP_FLOOR', 'cap.floor_pct', {
    passes: floor === null ? null : places.cap >= floor,
    code: null,
    facts: {
      cap: places.cap,
      percent,
      floor,
      tickets,
      basis: ticketBasis,
      mostTickets: mostTicketsForCap(places.cap, percent),
      status: rule?.status ?? 'DRAFT',
    },
    reference: rule && referenceTo(rule),
  });
};
