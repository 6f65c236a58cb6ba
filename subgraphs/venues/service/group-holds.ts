import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Performance } from '../domain/catalogue.ts';
import { checkGroupHold, holdText, type GroupHoldWish } from '../domain/groups.ts';
import { policy } from '../domain/policy.ts';
import { checkRequestId } from '../domain/request.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { findGroupHoldBy, findNamedHold, insertGroupHold, type NamedHold } from '../store/group-holds.ts';
import { sha256 } from '../store/hash.ts';
import { openHold, openHoldsOf } from '../store/holds.ts';
import { claimRequest } from '../store/requests.ts';
import { findPerformance } from './door-facts.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { holdOpened } from './hold-event.ts';
import { givePlacesBack, keepPlaces, type KeepAttempt } from './keep-places.ts';
import { whyFull } from './why-full.ts';

export type { NamedHold };

export interface HoldPlacesInput extends GroupHoldWish {
  readonly performanceId: string;
  readonly requestId: string;
}

/** A hold after it was opened or given back. */
export interface HoldKept {
  readonly kind: 'holdKept';
  readonly hold: NamedHold;
}

export type HoldRefusal = Refusal<'CAP_REACHED' | 'PERFORMANCE_CANCELLED'>;

type Attempt = KeepAttempt<Refusal<'PERFORMANCE_CANCELLED'>>;

const mostHolds = 100;

/**
 * Keeps places for a known group, all or none: nobody else gets them until they are used, given back or over. The same
 * requestId with the same wish gives the same hold. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function holdPlaces(
  env: Environment,
  viewer: Viewer,
  input: HoldPlacesInput,
): Promise<HoldKept | HoldRefusal> {
  checkRequestId(input.requestId);
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const db = env.database.reader;
  const performance = await findPerformance(db, input.performanceId);
  if (!performance) throw notFound('Performance', input.performanceId);
  const { venueId } = performance;
  if (!policy.keepPlaces(viewer, venueId)) throw forbidden();

  const { requestId } = input;
  const fingerprint = sha256(holdText(performance.id, { ...input, label: input.label.trim() }));
  const key: RequestKey = { scope: `venue:${venueId}`, requestId, fingerprint };
  const earlier = async (): Promise<HoldKept | null> => {
    const hold = (await findEarlier(db, key)) ? await findGroupHoldBy(db, venueId, requestId) : null;
    return hold && { kind: 'holdKept', hold };
  };
  const before = await earlier();
  if (before) return before;

  const now = env.clock.now().toISOString();
  const wish = checkGroupHold(input, performance.startsAt, now);
  const waiting = await openHoldsOf(db, performance.id, 'GROUP');
  if (waiting.length >= mostHolds) {
    throw badInput(`At most ${mostHolds} groups wait for one performance.`, { most: mostHolds });
  }
  const open = (trx: VenuesTransaction, no: (attempt: Attempt) => never): Promise<Attempt> =>
    openOnce(trx, no, { key, performance, wish, now });
  return keepPlaces(env, { requestId, performance, now, open, earlier });
}

async function openOnce(
  trx: VenuesTransaction,
  no: (attempt: Attempt) => never,
  asked: { key: RequestKey; performance: Performance; wish: GroupHoldWish; now: string },
): Promise<Attempt> {
  const { key, performance, wish, now } = asked;
  const { id: performanceId, venueId, startsAt } = performance;
  if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return no('EARLIER');
  const { places, expiresAt, label } = wish;
  const hold = { id: newId(), performanceId, venueId, kind: 'GROUP', places, expiresAt } as const;
  if (!(await openHold(trx, hold, now))) return no(await whyFull(trx, { performanceId, places }));
  // The counter's row is ours now: whoever cancels the performance waits for it, and ends this hold.
  if ((await findPerformance(trx, performanceId))?.status !== 'SCHEDULED') {
    return no(refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt }));
  }
  await insertGroupHold(trx, { holdId: hold.id, venueId, requestId: key.requestId, label });
  await appendEvent(trx, holdOpened(hold, now), now);
  return 'OPENED';
}

/**
 * Gives back what is left of the places kept for a group: they are free at once. Giving them back again changes nothing.
 * Throws NOT_FOUND, FORBIDDEN.
 */
export async function releaseHold(env: Environment, viewer: Viewer, holdId: string): Promise<HoldKept> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const db = env.database.reader;
  const hold = await findNamedHold(db, holdId);
  // A device's slice and an offer to a family are given back by whom they are for.
  if (hold?.kind !== 'GROUP') throw notFound('PlaceHold', holdId);
  if (!policy.keepPlaces(viewer, hold.venueId)) throw forbidden();

  await givePlacesBack(env, hold);
  return { kind: 'holdKept', hold: (await findNamedHold(db, holdId)) ?? hold };
}
