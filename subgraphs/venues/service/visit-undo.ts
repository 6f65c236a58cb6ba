import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { checkRequestId } from '../domain/request.ts';
import type { Visit } from '../domain/visit.ts';
import { lockCard } from '../store/card-identity.ts';
import { sha256 } from '../store/hash.ts';
import { returnVisit } from '../store/passes.ts';
import { claimRequest } from '../store/requests.ts';
import { findVisit, markUndone } from '../store/visits.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { visitCancelled } from './visit-events.ts';
import { visitPlace } from './visit-place.ts';

export interface UndoVisitInput {
  readonly visitId: string;
  readonly requestId: string;
}

/**
 * A visit that was recorded by mistake: its pass has it back. Undoing what is undone gives it back as it is. Throws
 * BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function undoVisit(
  env: Environment,
  viewer: Viewer,
  { visitId, requestId }: UndoVisitInput,
): Promise<Visit> {
  checkRequestId(requestId);
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const db = env.database.reader;
  const visit = await findVisit(db, visitId);
  if (!visit) throw notFound('Visit', visitId);
  const { venueId, offeringId } = visit;
  if (!policy.redeem(viewer, venueId)) throw forbidden();

  const fingerprint = sha256(JSON.stringify(['undoVisit', visitId]));
  const key: RequestKey = { scope: `venue:${venueId}`, requestId, fingerprint };
  if ((await findEarlier(db, key)) || visit.status === 'CANCELLED') return visit;

  const place = await visitPlace(db, viewer, offeringId, ['SERIES_PASS', 'OPEN_ENTRY']);
  const now = env.clock.now().toISOString();
  await env.database.write(async (trx) => {
    if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return;
    await lockCard(trx, visit.cardId);
    const undone = await markUndone(trx, visitId, now);
    if (!undone) return;
    const { passId } = undone;
    if (passId !== null) await returnVisit(trx, { passId, visitId, at: now });
    await appendEvent(trx, visitCancelled(undone, place, now), now);
  });
  await findEarlier(db, key);
  return (await findVisit(db, visitId)) ?? visit;
}
