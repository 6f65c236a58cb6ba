import { stableId } from '../../platform/ids.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { NewPerformance, Performance } from '../domain/catalogue.ts';
import { problem, refuseProblems } from '../domain/problem.ts';
import { checkRequestId } from '../domain/request.ts';
import { checkDates, datesOf, type DatesWish } from '../domain/wish.ts';
import { insertOfferings } from '../store/catalogue.ts';
import { inChunks } from '../store/chunks.ts';
import { findPerformances } from '../store/offerings.ts';
import { capRules, checkCap } from './check-caps.ts';
import { venueKey, type Environment } from './environment.ts';
import { ownOffering } from './own-venue.ts';

export interface AddPerformancesInput {
  readonly offeringId: string;
  readonly requestId: string;
  readonly dates: DatesWish;
}

/**
 * More dates of an offering, each with its cap counter. The same requestId again adds nothing: each date's id is made of it.
 * Throws FORBIDDEN, NOT_FOUND, BAD_INPUT (facts.problem).
 */
export async function addPerformances(
  env: Environment,
  viewer: Viewer,
  { offeringId, requestId, dates }: AddPerformancesInput,
): Promise<Performance[]> {
  const db = env.database.reader;
  const { offering, venue } = await ownOffering(db, viewer, offeringId);
  checkRequestId(requestId);
  const now = env.clock.now().toISOString();
  refuseProblems(checkDates(dates, offering.kind, now));
  const wishes = datesOf(dates);
  const rules = await capRules(db);
  refuseProblems([
    ...(wishes.length === 0 ? [problem('MISSING', 'performances')] : []),
    ...wishes.flatMap((wish, index) => checkCap(wish, `performances[${index}]`, venue, rules)),
  ]);
  const performances: NewPerformance[] = wishes.map((wish, index) => ({
    id: stableId('performance', offeringId, requestId, String(index), wish.startsAt),
    ...wish,
    // A cap that nobody said is the venue's default.
    cap: wish.cap ?? undefined,
  }));
  await env.database.write((trx) => insertOfferings(trx, [{ ...offering, genreIds: [], performances }], now));
  env.live.put(venueKey(venue.id));
  const stored: Performance[] = [];
  for (const ids of inChunks(performances.map(({ id }) => id)))
    stored.push(...(await findPerformances(db, ids)));
  return stored.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}
