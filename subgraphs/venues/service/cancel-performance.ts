import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvents } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Performance } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import { endHolds } from '../store/holds.ts';
import { lockCounter, returnPlaces } from '../store/ledger.ts';
import { findOfferings, markPerformanceCancelled } from '../store/offerings.ts';
import { findValidOf, markCancelled } from '../store/redemptions.ts';
import { cancelledEvent } from './cancelled-event.ts';
import { findPerformance } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import { endLine } from './waiting-promote.ts';

/**
 * Cancels a performance and every valid redemption of it in one transaction, with an event for each, so that everyone
 * with a ticket can be told. Cancelling again changes nothing. Throws NOT_FOUND, FORBIDDEN.
 */
export async function cancelPerformance(
  env: Environment,
  viewer: Viewer,
  performanceId: string,
): Promise<Performance> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const db = env.database.reader;
  const performance = await findPerformance(db, performanceId);
  if (!performance) throw notFound('Performance', performanceId);
  if (!policy.cancelPerformance(viewer, performance.venueId)) throw forbidden();
  const [offering] = await findOfferings(db, [performance.offeringId]);
  if (!offering) throw new Error(`Performance ${performanceId} has no offering.`);

  const now = env.clock.now().toISOString();
  const isChanged = await env.database.write(async (trx) => {
    if (!(await markPerformanceCancelled(trx, performanceId))) return false;
    // Nobody is kept a place any more; the places come back below, each hold in a transaction of its own.
    await endHolds(trx, performanceId, now);
    // From here on nobody redeems: a door that was faster is among the redemptions read next.
    await lockCounter(trx, performanceId);
    await endHolds(trx, performanceId, now);
    const redemptions = await findValidOf(trx, performanceId);
    for (const { id, counted } of redemptions) {
      await markCancelled(trx, id, 'PERFORMANCE', now);
      await returnPlaces(trx, { performanceId, redemptionId: id, places: counted, at: now });
    }
    await appendEvents(
      trx,
      [
        { topic: 'performance.cancelled', payload: { performanceId, venueId: performance.venueId } },
        ...redemptions.map((each) => cancelledEvent(each, performance, offering, 'PERFORMANCE', now)),
      ],
      now,
    );
    await endLine(trx, performanceId, now);
    return true;
  });
  if (isChanged) {
    ring(env.live, performance);
    await expireHoldsOf(env, performanceId);
  }
  return { ...performance, status: 'CANCELLED' };
}
