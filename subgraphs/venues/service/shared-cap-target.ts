import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { checkText, longestTitle } from '../domain/check-values.ts';
import { policy } from '../domain/policy.ts';
import { refuseProblems } from '../domain/problem.ts';
import type { Place } from '../domain/rules.ts';
import type { VenuesReader } from '../store/database.ts';
import { findPerformances } from '../store/offerings.ts';
import { findPools, membersOf, poolsOfOfferings, poolsOfVenue, type Pool } from '../store/pool-rows.ts';
import { poolsOfPerformances } from '../store/pools.ts';
import { ownOffering, ownVenue } from './own-venue.ts';

/** `id` changes a shared cap; `offeringId` or `performanceIds` makes one, or changes the one that is over just these. */
export interface SetSharedCapInput {
  readonly id?: string | null | undefined;
  readonly offeringId?: string | null | undefined;
  /** 2 to 200 of one venue. With `id`: all that shall be under it from now on. */
  readonly performanceIds?: readonly string[] | null | undefined;
  /** Most card tickets of all of them together. */
  readonly cap: TicketCount;
  /** Left out it stays as it was. Shown to everybody. */
  readonly label?: Text | null | undefined;
}

/** Which shared cap is meant, and over what. */
export interface Target {
  readonly venueId: string;
  readonly place: Place;
  /** Null: it is to be made. */
  readonly pool: Pool | null;
  /** Not null: over all performances of this offering. */
  readonly offeringId: string | null;
  /** The performances that were chosen now. Null: none were; they stay, or they are all of the offering's. */
  readonly members: readonly string[] | null;
  readonly label: Text | undefined;
}

const highestCap: TicketCount = 1_000_000;
const fewestPerformances = 2;
const mostPerformances = 200;
/** More shared caps than this no venue has at a time. */
export const mostSharedCaps = 100;

/** A shared cap that this viewer may change. Throws FORBIDDEN, NOT_FOUND. */
export async function ownPool(db: VenuesReader, viewer: Viewer, id: string): Promise<Pool> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const [pool] = await findPools(db, [id]);
  if (!pool) throw notFound('SharedCap', id);
  if (!policy.setCap(viewer, pool.venueId)) throw forbidden();
  return pool;
}

/** Throws BAD_INPUT, NOT_FOUND, FORBIDDEN; refuses performances that are cancelled. */
export async function whichPool(
  db: VenuesReader,
  viewer: Viewer,
  input: SetSharedCapInput,
): Promise<Target | Refusal<'PERFORMANCE_CANCELLED'>> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const { id, offeringId, label } = input;
  const ids = checkNumbers(input);
  const said = label === null ? { fi: null, sv: null, en: null } : label;
  refuseProblems(checkText(said ?? null, 'label', longestTitle));
  const hasOffering = Boolean(offeringId);
  if (id ? hasOffering : hasOffering === (ids !== null)) {
    throw badInput(
      'setSharedCap takes id, alone or with performanceIds; without id exactly one of offeringId and performanceIds.',
    );
  }
  const found = id
    ? await known(db, viewer, id, ids)
    : offeringId
      ? await ofOffering(db, viewer, offeringId)
      : await chosen(db, viewer, ids ?? []);
  if (isRefusal(found)) return found;
  if (!found.pool && (await poolsOfVenue(db, found.venueId, mostSharedCaps)).length >= mostSharedCaps) {
    throw badInput(`A venue has at most ${mostSharedCaps} shared caps: remove one first.`);
  }
  return { ...found, label: said };
}

function checkNumbers({ performanceIds, cap }: SetSharedCapInput): readonly string[] | null {
  if (!Number.isInteger(cap) || cap < 0 || cap > highestCap) {
    throw badInput(`A shared cap is a whole number from 0 to ${highestCap}.`);
  }
  if (!performanceIds) return null;
  const ids = [...new Set(performanceIds)].sort();
  if (ids.length < fewestPerformances || ids.length > mostPerformances) {
    const performances = ids.length;
    throw badInput(`performanceIds has ${fewestPerformances} to ${mostPerformances} ids.`, { performances });
  }
  return ids;
}

type Found = Omit<Target, 'label'>;

async function known(
  db: VenuesReader,
  viewer: Viewer,
  id: string,
  ids: readonly string[] | null,
): Promise<Found | Refusal<'PERFORMANCE_CANCELLED'>> {
  const pool = await ownPool(db, viewer, id);
  if (pool.removedAt !== null) throw notFound('SharedCap', id);
  const { venueId, offeringId } = pool;
  if (ids && offeringId !== null) {
    throw badInput("This shared cap is over all of an offering's performances: leave performanceIds out.");
  }
  const present = ids ? ((await membersOf(db, [id])).get(id) ?? []) : [];
  const cancelled = ids && (await checkChosen(db, venueId, ids, present));
  if (cancelled) return cancelled;
  return { venueId, place: await placeOf(db, viewer, venueId), pool, offeringId, members: ids };
}

async function ofOffering(db: VenuesReader, viewer: Viewer, offeringId: string): Promise<Found> {
  const { venue } = await ownOffering(db, viewer, offeringId);
  const [pool = null] = await poolsOfOfferings(db, [offeringId]);
  const place = { venueId: venue.id, networkId: venue.networkId };
  return { venueId: venue.id, place, pool, offeringId, members: null };
}

async function chosen(
  db: VenuesReader,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Found | Refusal<'PERFORMANCE_CANCELLED'>> {
  const [first] = await findPerformances(db, ids.slice(0, 1));
  if (!first) throw notFound('Performance', ids[0] ?? '');
  const { venueId } = first;
  const place = await placeOf(db, viewer, venueId);
  const pool = await sameMembers(db, ids);
  const cancelled = await checkChosen(db, venueId, ids, pool ? ids : []);
  return cancelled ?? { venueId, place, pool, offeringId: null, members: ids };
}

/** The shared cap that is over exactly these, so that the same call again finds what it made. */
async function sameMembers(db: VenuesReader, ids: readonly string[]): Promise<Pool | null> {
  const under = await poolsOfPerformances(db, ids);
  const [poolId] = new Set(under.values());
  if (poolId === undefined) return null;
  const members = (await membersOf(db, [poolId])).get(poolId) ?? [];
  const isSame = members.length === ids.length && members.every((id) => ids.includes(id));
  const [pool] = isSame ? await findPools(db, [poolId]) : [];
  return pool?.offeringId === null ? pool : null;
}

/** All of them are this venue's, and those that are new under the cap take place. */
async function checkChosen(
  db: VenuesReader,
  venueId: string,
  ids: readonly string[],
  present: readonly string[],
): Promise<Refusal<'PERFORMANCE_CANCELLED'> | null> {
  const found = new Map((await findPerformances(db, ids)).map((each) => [each.id, each]));
  for (const id of ids) {
    const performance = found.get(id);
    if (!performance) throw notFound('Performance', id);
    if (performance.venueId !== venueId)
      throw forbidden('The performances of a shared cap are of one venue.');
    if (performance.status === 'CANCELLED' && !present.includes(id)) {
      return refuse('PERFORMANCE_CANCELLED', { performanceId: id, startsAt: performance.startsAt });
    }
  }
  return null;
}

async function placeOf(db: VenuesReader, viewer: Viewer, venueId: string): Promise<Place> {
  if (!policy.setCap(viewer, venueId)) throw forbidden();
  const { networkId } = await ownVenue(db, viewer, venueId);
  return { venueId, networkId };
}
