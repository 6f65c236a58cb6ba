import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Performance } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import type { VenuesReader } from '../store/database.ts';
import { findPools, membersOf, poolsOfOfferings, poolsOfVenue, type Pool } from '../store/pool-rows.ts';
import { placesOfPools } from '../store/pools.ts';
import type { Environment } from './environment.ts';
import type { Loaders } from './loaders.ts';
import { mostSharedCaps } from './shared-cap-target.ts';

/** A shared cap with what all its performances have taken together. */
export interface SharedCapNow extends Pool {
  readonly used: TicketCount;
  readonly held: TicketCount;
}

/** As many of its performances as are shown. */
export const mostMembersShown = 200;

export async function sharedCapsNow(db: VenuesReader, ids: readonly string[]): Promise<SharedCapNow[]> {
  return withPlaces(db, await findPools(db, ids));
}

/** The shared caps that are over all performances of these offerings. */
export async function sharedCapsOfOfferings(
  db: VenuesReader,
  offeringIds: readonly string[],
): Promise<SharedCapNow[]> {
  return withPlaces(db, await poolsOfOfferings(db, offeringIds));
}

/** All that a venue has now, for its staff; null for everybody else, since drafts may be under them. */
export async function venueSharedCaps(
  { database }: Environment,
  viewer: Viewer,
  venueId: string,
): Promise<SharedCapNow[] | null> {
  if (!policy.setCap(viewer, venueId)) return null;
  const db = database.reader;
  return withPlaces(db, await poolsOfVenue(db, venueId, mostSharedCaps));
}

/** The performances under it that this viewer may see, by their start. */
export async function performancesUnder(
  { database }: Environment,
  loaders: Loaders,
  poolId: string,
): Promise<Performance[]> {
  const ids = (await membersOf(database.reader, [poolId])).get(poolId) ?? [];
  const seen = await Promise.all(ids.map((id) => loaders.visiblePerformance(id)));
  return seen
    .filter((performance) => performance !== null)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : a.id < b.id ? -1 : 1))
    .slice(0, mostMembersShown);
}

async function withPlaces(db: VenuesReader, pools: readonly Pool[]): Promise<SharedCapNow[]> {
  const places = await placesOfPools(db, new Set(pools.map(({ id }) => id)));
  return pools.map((pool) => {
    const { used = 0, held = 0 } = places.get(pool.id) ?? {};
    return { ...pool, used, held };
  });
}
