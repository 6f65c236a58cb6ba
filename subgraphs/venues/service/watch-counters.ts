import { badInput, notFound } from '../../platform/errors.ts';
import { watchKeys, type Live } from '../../platform/live/index.ts';
import type { Millis } from '../../platform/units.ts';
import { findCounters, type Counter } from '../store/ledger.ts';
import { findOnDisplay } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';
import { performanceKey, venueKey, type Environment } from './environment.ts';
import type { Loaders } from './loaders.ts';

export type CounterOf = Counter;

/** What a display watches: exactly one of the two. */
export interface Watched {
  readonly performanceIds?: readonly string[] | null | undefined;
  readonly venueId?: string | null | undefined;
}

const mostPerformances = 50;
const mostOnDisplay = 12;
/** Performances end without anything being written: a venue's list looks again by itself. */
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
  const { performanceIds, venueId } = checkWatched(watched);
  if (venueId !== null) {
    if ((await findVenues(env.database.reader, [venueId])).length === 0) throw notFound('Venue', venueId);
    return watchKeys(withTick(env.live, tickMs), [venueKey(venueId)]);
  }
  for (const id of performanceIds) {
    if (!(await loaders.visiblePerformance(id))) throw notFound('Performance', id);
  }
  return watchKeys(env.live, performanceIds.map(performanceKey));
}

/** The full list as it is now, read anew and asked of the policy again at every look. */
export async function readCounters(env: Environment, loaders: Loaders, watched: Watched): Promise<Counter[]> {
  const { performanceIds, venueId } = checkWatched(watched);
  const db = env.database.reader;
  let shown: readonly string[];
  if (venueId === null) {
    const visible = await Promise.all(performanceIds.map((id) => loaders.visiblePerformance(id)));
    shown = visible.flatMap((performance) => (performance ? [performance.id] : []));
  } else {
    const onDisplay = await findOnDisplay(db, venueId, env.clock.now().toISOString(), mostOnDisplay);
    shown = onDisplay.map(({ id }) => id);
  }
  const counters = new Map(
    (await findCounters(db, shown)).map((counter) => [counter.performanceId, counter]),
  );
  return shown.flatMap((id) => counters.get(id) ?? []);
}

function checkWatched({ performanceIds, venueId }: Watched): {
  readonly performanceIds: readonly string[];
  readonly venueId: string | null;
} {
  const hasIds = performanceIds !== null && performanceIds !== undefined;
  const hasVenue = venueId !== null && venueId !== undefined;
  if (hasIds === hasVenue) throw badInput('capCounter takes performanceIds or venueId: exactly one of them.');
  const ids = [...new Set(performanceIds ?? [])];
  if (hasIds && (ids.length === 0 || ids.length > mostPerformances)) {
    throw badInput(`performanceIds has 1 to ${mostPerformances} ids.`, { performances: ids.length });
  }
  return { performanceIds: ids, venueId: venueId ?? null };
}

function withTick(live: Live, everyMs: Millis): Live {
  return {
    ...live,
    watch(keys, listener) {
      const unwatch = live.watch(keys, listener);
      const timer = setInterval(listener, everyMs);
      timer.unref();
      return () => {
        clearInterval(timer);
        unwatch();
      };
    },
  };
}
