import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { FeeUse } from '../domain/fee-use.ts';
import { policy } from '../domain/policy.ts';
import { checkRequestId } from '../domain/request.ts';
import { lockCard } from '../store/card-identity.ts';
import { findFeeUse, undoFeeUse } from '../store/fee-uses.ts';
import { sha256 } from '../store/hash.ts';
import { claimRequest } from '../store/requests.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { feeCancelled } from './visit-events.ts';
import { visitPlace } from './visit-place.ts';

export interface UndoFeeInput {
  readonly feeUseId: string;
  readonly requestId: string;
}

/**
 * A fee that was recorded by mistake: the year of the card has its cents back. Undoing what is undone gives it back as it
 * is. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function undoFee(
  env: Environment,
  viewer: Viewer,
  { feeUseId, requestId }: UndoFeeInput,
): Promise<FeeUse> {
  checkRequestId(requestId);
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const db = env.database.reader;
  const use = await findFeeUse(db, feeUseId);
  if (!use) throw notFound('FeeUse', feeUseId);
  const { venueId, offeringId } = use;
  if (!policy.redeem(viewer, venueId)) throw forbidden();

  const fingerprint = sha256(JSON.stringify(['undoFee', feeUseId]));
  const key: RequestKey = { scope: `venue:${venueId}`, requestId, fingerprint };
  if ((await findEarlier(db, key)) || use.status === 'CANCELLED') return use;

  const place = await visitPlace(db, viewer, offeringId, ['FEE_BENEFIT']);
  const now = env.clock.now().toISOString();
  await env.database.write(async (trx) => {
    if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return;
    // A merge moves the fees and years of a card: not in between.
    await lockCard(trx, use.cardId);
    const undone = await undoFeeUse(trx, feeUseId, now);
    if (undone) await appendEvent(trx, feeCancelled(undone, place, now), now);
  });
  await findEarlier(db, key);
  return (await findFeeUse(db, feeUseId)) ?? use;
}
