import { addDays, localDate, localDateTime } from '../../platform/clock.ts';
import { badInput, notFound } from '../../platform/errors.ts';
import { watchKeys } from '../../platform/live/index.ts';
import type { LocalDate, Millis } from '../../platform/units.ts';
import { findOfDay, venueIdsOfNetwork, type DayOf } from '../store/day.ts';
import { findCounters, type CounterNow } from '../store/ledger.ts';
import { findOnDisplay, findPerformances } from '../store/offerings.ts';
import { poolsOfPerformances } from '../store/pools.ts';
import { findVenues } from '../store/venues.ts';
import { performanceKey, venueKey, type Environment } from './environment.ts';
import { following } from './following.ts';
import type { Loaders } from './loaders.ts';

export type CounterOf = CounterNow;

/** What a display watches: exactly one of performances, a venue, a network. */
export interface Watched {
  readonly performanceIds?: readonly string[] | null | undefined;
  readonly venueId?: string | null | undefined;
  readonly networkId?: string | null | undefined;
  /** A Helsinki day of the venue or the network. Left out: what is on and comes at a venue; today in a network. */
  readonly date?: LocalDate | null | undefined;
  /** How many of the venue's or the network's. */
  readonly first?: number | null | undefined;
}

const mostPerformances = 50;
export const usuallyShown = 12;
export const mostShown = 200;
/** Performances end, and days, without anything being written: a list looks again by itself. */
const tickMs: Millis = 60_000;

/**
 * Tells when to look again, and at once for the first time. Open to everybody for published performances. Throws
 * BAD_INPUT, NOT_FOUND.
 */
export async function watchCounters(
  env: Environment,
  loaders: Loaders,
  watched: Watched,
): Promise<AsyncIterableIterator<true>> {
  const what = checkWatched(watched);
  const db = env.database.reader;
  if ('venueId' in what) {
    if ((await findVenues(db, [what.venueId])).length === 0) throw notFound('Venue', what.venueId);
    const keys = [venueKey(what.venueId)];
    return watchKeys(following(env.live, { keysOf: async () => keys, tickMs, onRing: false }), keys);
  }
  if ('networkId' in what) {
    const keysOf = async () => (await venueIdsOfNetwork(db, what.networkId)).map(venueKey);
    const keys = await keysOf();
    if (keys.length === 0) throw notFound('Network', what.networkId);
    return watchKeys(following(env.live, { keysOf, tickMs, onRing: false }), keys);
  }
  for (const id of what.performanceIds) {
    if (!(await loaders.visiblePerformance(id))) throw notFound('Performance', id);
  }
  const keysOf = () => keysOfPerformances(env, what.performanceIds);
  return watchKeys(following(env.live, { keysOf, tickMs: null, onRing: true }), await keysOf());
}

/**
 * What is left of a performance under a shared cap changes with every other that is under it. All of them are of one venue,
 * whose doorbell rings with each.
 */
async function keysOfPerformances({ database }: Environment, ids: readonly string[]): Promise<string[]> {
  const db = database.reader;
  const shared = [...(await poolsOfPerformances(db, ids)).keys()];
  const venues = shared.length === 0 ? [] : await findPerformances(db, shared);
  const venueIds = [...new Set(venues.map(({ venueId }) => venueId))].sort();
  return [...ids.map(performanceKey), ...venueIds.map(venueKey)];
}

/** The full list as it is now, read anew and asked of the policy again at every look. */
export async function readCounters(
  env: Environment,
  loaders: Loaders,
  watched: Watched,
): Promise<CounterNow[]> {
  const shown = await shownNow(env, loaders, watched);
  const counters = new Map(
    (await findCounters(env.database.reader, shown)).map((counter) => [counter.performanceId, counter]),
  );
  return shown.flatMap((id) => counters.get(id) ?? []);
}

async function shownNow(env: Environment, loaders: Loaders, watched: Watched): Promise<readonly string[]> {
  const what = checkWatched(watched);
  if ('performanceIds' in what) {
    const visible = await Promise.all(what.performanceIds.map((id) => loaders.visiblePerformance(id)));
    return visible.flatMap((performance) => (performance ? [performance.id] : []));
  }
  const db = env.database.reader;
  const now = env.clock.now().toISOString();
  const { date, first } = what;
  const list =
    'venueId' in what && date === null
      ? await findOnDisplay(db, what.venueId, now, first)
      : await findOfDay(db, what, { ...dayOf(date ?? localDate(now)), now, most: first });
  return list.map(({ id }) => id);
}

function dayOf(date: LocalDate): { readonly from: string; readonly to: string } {
  return { from: localDateTime(date, '00:00'), to: localDateTime(addDays(date, 1), '00:00') };
}

type Checked =
  | { readonly performanceIds: readonly string[] }
  | (DayOf & { readonly date: LocalDate | null; readonly first: number });

function checkWatched({ performanceIds, venueId, networkId, date, first }: Watched): Checked {
  const given = [performanceIds, venueId, networkId].filter((each) => each !== null && each !== undefined);
  if (given.length !== 1) {
    throw badInput('capCounter takes performanceIds, venueId or networkId: exactly one of them.');
  }
  if (!performanceIds) {
    const most = first ?? usuallyShown;
    if (most < 1 || most > mostShown) throw badInput(`first is a whole number from 1 to ${mostShown}.`);
    const list = { date: date ?? null, first: most };
    return venueId ? { venueId, ...list } : { networkId: networkId ?? '', ...list };
  }
  if ((date ?? first ?? null) !== null) {
    throw badInput('date and first go with venueId or networkId, not with performanceIds.');
  }
  const ids = [...new Set(performanceIds)];
  if (ids.length === 0 || ids.length > mostPerformances) {
    throw badInput(`performanceIds has 1 to ${mostPerformances} ids.`, { performances: ids.length });
  }
  return { performanceIds: ids };
}
