import { forbidden, notFound } from '../../platform/errors.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { checkRequestId } from '../domain/request.ts';
import type { RedemptionStatus } from '../domain/words.ts';
import { lockCard } from '../store/card-identity.ts';
import type { VenuesReader, VenuesTransaction } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { claimRequest } from '../store/requests.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { visitPlace, type VisitPlace } from './visit-place.ts';

/** A use without a performance. */
interface Use {
  readonly cardId: string;
  readonly venueId: string;
  readonly offeringId: string;
  readonly status: RedemptionStatus;
}

export interface Undoing<Found extends Use> {
  readonly type: 'Visit' | 'FeeUse' | 'CardPass';
  readonly id: string;
  readonly requestId: string;
  /** What the request is, as its fingerprint says it. */
  readonly wish: 'undoVisit' | 'undoFee' | 'undoPass';
  readonly kinds: Parameters<typeof visitPlace>[3];
  readonly find: (db: VenuesReader, id: string) => Promise<Found | null>;
  /** Takes it back and tells it, with the card locked: a merge moves the uses of a card, and not in between. */
  readonly undo: (trx: VenuesTransaction, place: VisitPlace, now: IsoInstant) => Promise<void>;
}

/**
 * Takes back what the staff of a venue recorded by mistake. Undoing what is undone gives it back as it is. Throws BAD_INPUT,
 * NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function undoUse<Found extends Use>(
  env: Environment,
  viewer: Viewer,
  { type, id, requestId, wish, kinds, find, undo }: Undoing<Found>,
): Promise<Found> {
  checkRequestId(requestId);
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const db = env.database.reader;
  const use = await find(db, id);
  if (!use) throw notFound(type, id);
  const { venueId, offeringId, cardId } = use;
  if (!policy.redeem(viewer, venueId)) throw forbidden();

  const fingerprint = sha256(JSON.stringify([wish, id]));
  const key: RequestKey = { scope: `venue:${venueId}`, requestId, fingerprint };
  if ((await findEarlier(db, key)) || use.status === 'CANCELLED') return use;

  const place = await visitPlace(db, viewer, offeringId, kinds);
  const now = env.clock.now().toISOString();
  await env.database.write(async (trx) => {
    if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return;
    await lockCard(trx, cardId);
    await undo(trx, place, now);
  });
  await findEarlier(db, key);
  return (await find(db, id)) ?? use;
}
