import { localDate } from '../../platform/clock.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { capReached } from '../domain/cap.ts';
import type { Performance } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import { checkRequestId } from '../domain/request.ts';
import { checkSlice, sliceExpiry, sliceText, type SliceWish } from '../domain/slice.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { closeHold, openHold } from '../store/holds.ts';
import { claimRequest } from '../store/requests.ts';
import { findSlice, findSliceBy, insertSlice, otherOpenSlice, type Slice } from '../store/slices.ts';
import { decide } from './decide.ts';
import { doorFacts, findPerformance } from './door-facts.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import { ring, type Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import { holdClosed, holdOpened } from './hold-event.ts';
import { placesFreed } from './places-freed.ts';
import { whyFull, type Full } from './why-full.ts';

export type { Slice };

export interface ReserveSliceInput extends SliceWish {
  readonly requestId: string;
}

export type SliceRefusal = Refusal<
  'CAP_REACHED' | 'PERFORMANCE_CANCELLED' | 'OUTSIDE_WINDOW' | 'SLICE_OPEN_ALREADY'
>;

type Attempt = 'OPENED' | 'EARLIER' | 'AGAIN' | Full | SliceRefusal;

const maxAttempts = 5;

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
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const attempt = await decide<Attempt>(env.database, (trx, no) =>
      openOnce(trx, no, { key, performance, wish: input, now }),
    );
    if (attempt === 'AGAIN') continue;
    if (isRefusal(attempt)) return attempt;
    if (attempt === 'OPENED' || attempt === 'EARLIER') {
      if (attempt === 'OPENED') ring(env.live, performance);
      const slice = await earlier();
      if (slice) return slice;
      continue;
    }
    if (attempt.held > 0 && (await expireHoldsOf(env, performance.id))) continue;
    const { rules, place } = await doorFacts(db, performance);
    return capReached(attempt, rules, place, localDate(now));
  }
  throw new Error(`Request ${requestId} met a changing state ${maxAttempts} times.`);
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
  const { performanceId, venueId } = slice;
  const now = env.clock.now().toISOString();
  const isClosed = await env.database.write(async (trx) => {
    const closed = await closeHold(trx, sliceId, now);
    if (!closed) return false;
    await appendEvent(trx, holdClosed(closed, 'RELEASED', now), now);
    await placesFreed(trx, performanceId, now);
    return true;
  });
  if (isClosed) ring(env.live, { id: performanceId, venueId });
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
