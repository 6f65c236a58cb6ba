import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvents } from '../../platform/events/index.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { cancelRedemption as decideCancel } from '../domain/cancel.ts';
import { policy } from '../domain/policy.ts';
import type { Redemption } from '../domain/redemption.ts';
import { cancelText, checkRequestId } from '../domain/request.ts';
import type { VenuesReader } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { lockCounter, returnPlaces } from '../store/ledger.ts';
import { findOfferings } from '../store/offerings.ts';
import { findRedemptions, markCancelled } from '../store/redemptions.ts';
import { claimRequest } from '../store/requests.ts';
import { cancelledEvent } from './cancelled-event.ts';
import { findPerformance } from './door-facts.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import { ring, type Environment } from './environment.ts';
import { placesFreed } from './places-freed.ts';

export interface CancelRedemptionInput {
  readonly redemptionId: string;
  readonly requestId: string;
}

/**
 * The place is free again at once, and the card may come again. Cancelling what is cancelled gives it back as it is.
 * Refuses OUTSIDE_WINDOW, CANCEL_TOO_LATE. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function cancelRedemption(
  env: Environment,
  viewer: Viewer,
  { redemptionId, requestId }: CancelRedemptionInput,
): Promise<Redemption | Refusal<'OUTSIDE_WINDOW' | 'CANCEL_TOO_LATE'>> {
  checkRequestId(requestId);
  const db = env.database.reader;
  const redemption = await findOne(db, redemptionId);
  if (!redemption) throw policy.workAtDoor(viewer) ? notFound('Redemption', redemptionId) : forbidden();
  if (!policy.cancelRedemption(viewer, redemption)) throw forbidden();

  const by = viewer.role === 'HOLDER' ? 'HOLDER' : 'VENUE';
  const key: RequestKey = {
    scope: by === 'HOLDER' ? `card:${redemption.cardId}` : `venue:${redemption.venueId}`,
    requestId,
    fingerprint: sha256(cancelText(redemptionId)),
  };
  await findEarlier(db, key);

  const performance = await findPerformance(db, redemption.performanceId);
  const [offering] = await findOfferings(db, [redemption.offeringId]);
  if (!performance || !offering)
    throw new Error(`Redemption ${redemptionId} has no performance or no offering.`);
  const now = env.clock.now().toISOString();
  const decision = decideCancel(redemption, performance, by, now);
  if (isRefusal(decision)) return decision;
  if (decision === 'ALREADY') return redemption;

  const isChanged = await env.database.write(async (trx) => {
    if (!(await claimRequest(trx, { ...key, redemptionId, turnAwayId: null }, now))) return false;
    // The counter first: whoever cancels the whole performance takes the locks in this order too.
    await lockCounter(trx, performance.id);
    if (!(await markCancelled(trx, redemptionId, by, now))) return false;
    const { counted: places } = redemption;
    await returnPlaces(trx, { performanceId: performance.id, redemptionId, places, at: now });
    await appendEvents(trx, [cancelledEvent(redemption, performance, offering, by, now)], now);
    await placesFreed(trx, performance.id, now);
    return true;
  });
  if (isChanged) ring(env.live, performance);
  else await findEarlier(db, key);
  return (await findOne(db, redemptionId)) ?? redemption;
}

async function findOne(db: VenuesReader, id: string): Promise<Redemption | null> {
  return (await findRedemptions(db, [id]))[0] ?? null;
}
