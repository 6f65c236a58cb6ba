import { localDate } from '../../../platform/clock.ts';
import { capFloor, capReached, floorRule, mostTicketsForCap } from '../cap.ts';
import { countedTicketsOf } from '../lines.ts';
import { referenceTo } from '../rules.ts';
import type { Limit } from './question.ts';
import { verdict } from './verdict.ts';

/** Room for all of the counted tickets: HOLDER, CHILD and COMMUNITY_WORKER. The store's guard decides; this explains. */
export const cap: Limit = ({ places, lines, rules, place, now }) => {
  if (!places || places.cap === null) return null;
  const { cap: most, used, held } = places;
  const wanted = countedTicketsOf(lines);
  const full = { cap: most, used, held, wanted, shared: false };
  const { code, facts, rule } = capReached(full, rules, place, localDate(now));
  return verdict('CAP', 'cap.per_performance', {
    passes: used + held + wanted <= most,
    code,
    facts,
    reference: rule,
  });
};

/** Room under the cap that the performance shares with others of its venue too. The store's guard decides here as well. */
export const sharedCap: Limit = ({ places, lines, rules, place, now }) => {
  if (!places?.shared) return null;
  const wanted = countedTicketsOf(lines);
  const { cap: most, used, held } = places.shared;
  const full = { cap: most, used, held, wanted, shared: true };
  const { code, facts, rule } = capReached(full, rules, place, localDate(now));
  return verdict('SHARED_CAP', 'cap.shared', {
    passes: used + held + wanted <= most,
    code,
    facts,
    reference: rule,
  });
};

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
