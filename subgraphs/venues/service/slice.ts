import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Performance } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import { checkRequestId } from '../domain/request.ts';
import { checkSlice, sliceExpiry, sliceText, type SliceWish } from '../domain/slice.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { openHold } from '../store/holds.ts';
import { claimRequest } from '../store/requests.ts';
import { findSlice, findSliceBy, insertSlice, otherOpenSlice, type Slice } from '../store/slices.ts';
import { findPerformance } from './door-facts.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { holdOpened } from './hold-event.ts';
import { givePlacesBack, keepPlaces, type KeepAttempt } from './keep-places.ts';
import { whyFull } from './why-full.ts';

export type { Slice };

export interface ReserveSliceInput extends SliceWish {
  readonly requestId: string;
}

export type SliceRefusal = Refusal<
  'CAP_REACHED' | 'PERFORMANCE_CANCELLED' | 'OUTSIDE_WINDOW' | 'SLICE_OPEN_ALREADY'
>;

type Attempt = KeepAttempt<SliceRefusal>;

/**
 * Keeps free places for a device that will have no network, all or none: it lets guests in against them by itself, and
 * uploads the uses later. One open slice per device and performance. The same requestId with the same wish gives the same
 * slice. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function reserveSlice(
  env: Environment,
  viewer: Viewer,
  input: ReserveSliceInput,
): Promise<Slice | SliceRefusal> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  checkRequestId(input.requestId);
  checkSlice(input);
  const db = env.database.reader;
  const performance = await findPerformance(db, input.performanceId);
  if (!performance) throw notFound('Performance', input.performanceId);
  const { venueId, startsAt, endsAt } = performance;
  if (!policy.keepPlaces(viewer, venueId)) throw forbidden();

  const { requestId } = input;
  const key: RequestKey = { scope: `venue:${venueId}`, requestId, fingerprint: sha256(sliceText(input)) };
  const earlier = async (): Promise<Slice | null> =>
    (await findEarlier(db, key)) ? findSliceBy(db, venueId, requestId) : null;
  const before = await earlier();
  if (before) return before;

  const now = env.clock.now().toISOString();
  if (now >= endsAt) return refuse('OUTSIDE_WINDOW', { opensAt: null, closedAt: endsAt, startsAt });
  const open = (trx: VenuesTransaction, no: (attempt: Attempt) => never): Promise<Attempt> =>
    openOnce(trx, no, { key, performance, wish: input, now });
  return keepPlaces(env, { requestId, performance, now, open, earlier });
}

async function openOnce(
  trx: VenuesTransaction,
  no: (attempt: Attempt) => never,
  asked: { key: RequestKey; performance: Performance; wish: SliceWish; now: string },
): Promise<Attempt> {
  const { key, performance, wish, now } = asked;
  const { id: performanceId, venueId, startsAt } = performance;
  const { places, deviceId } = wish;
  if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return no('EARLIER');
  const expiresAt = sliceExpiry(performance, now);
  const hold = { id: newId(), performanceId, venueId, kind: 'OFFLINE_SLICE', places, expiresAt } as const;
  const isOpen = (await openHold(trx, hold, now)) !== null;
  // The counter's row is ours when places were free: two calls of one device cannot both find no other slice.
  const other = await otherOpenSlice(trx, { ...hold, deviceId }, now);
  if (other !== null) return no(refuse('SLICE_OPEN_ALREADY', { sliceId: other, performanceId }));
  if (!isOpen) return no(await whyFull(trx, { performanceId, places }));
  if ((await findPerformance(trx, performanceId))?.status !== 'SCHEDULED') {
    return no(refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt }));
  }
  await insertSlice(trx, { ...hold, deviceId, requestId: key.requestId });
  await appendEvent(trx, holdOpened(hold, now), now);
  return 'OPENED';
}

/**
 * Gives back what is left of a slice: it is free at once. Again it changes nothing; uses that are uploaded afterwards take
 * free places. Throws NOT_FOUND, FORBIDDEN.
 */
export async function returnSlice(env: Environment, viewer: Viewer, sliceId: string): Promise<Slice> {
  const slice = await ownSlice(env, viewer, sliceId);
  await givePlacesBack(env, slice);
  return (await findSlice(env.database.reader, sliceId)) ?? slice;
}

/** A slice of the viewer's own venue. Throws NOT_FOUND, FORBIDDEN. */
export async function ownSlice(env: Environment, viewer: Viewer, sliceId: string): Promise<Slice> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const slice = await findSlice(env.database.reader, sliceId);
  if (!slice) throw notFound('OfflineSlice', sliceId);
  if (!policy.keepPlaces(viewer, slice.venueId)) throw forbidden();
  return slice;
}
