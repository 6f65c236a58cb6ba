import { localDate } from '../../platform/clock.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { judgeCap } from '../domain/cap.ts';
import type { Venue } from '../domain/catalogue.ts';
import type { PerformanceWish } from '../domain/offering-facts.ts';
import { problem, type Problem } from '../domain/problem.ts';
import type { Rule } from '../domain/rules.ts';
import { findRules } from '../store/copies.ts';
import type { VenuesReader } from '../store/database.ts';

export async function capRules(db: VenuesReader): Promise<Rule[]> {
  return findRules(db, ['cap.floor_pct']);
}

/** A cap under the floor, where the floor is in force on that day. */
export function checkCap(
  { cap, tickets, startsAt }: Pick<PerformanceWish, 'cap' | 'tickets' | 'startsAt'>,
  field: string,
  venue: Venue,
  rules: readonly Rule[],
): Problem[] {
  const place = { venueId: venue.id, networkId: venue.networkId };
  const judged = judgeCap(cap, tickets, rules, place, localDate(startsAt));
  return isRefusal(judged) ? [problem('CAP_BELOW_FLOOR', `${field}.cap`, judged.facts)] : [];
}
