import type { Logger } from '../../platform/logger.ts';
import { repeat, type Repeated } from '../../platform/repeated.ts';
import type { Millis } from '../../platform/units.ts';
import { soonestOffered } from '../domain/waiting-list.ts';
import { lockCounter } from '../store/ledger.ts';
import { lockPool } from '../store/pool-changes.ts';
import { poolsOfPerformances } from '../store/pools.ts';
import { waitingLine } from '../store/waiting-entries.ts';
import { performancesWithLines } from '../store/waiting-views.ts';
import { findPerformance } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { offerPlaces, turnsNow } from './waiting-promote.ts';

type Parts = Pick<Environment, 'database' | 'live' | 'clock'>;

const mostLines = 500;

/**
 * Offers the places that came back where `promoteLine` could not: under a shared cap, whose places come back when any of
 * its performances has a cancel, or when it is raised or taken away. Looks first, without a lock. Gives how many offers
 * went out.
 */
export async function offerEverywhere(parts: Parts, logger: Logger, signal?: AbortSignal): Promise<number> {
  const now = parts.clock.now().toISOString();
  let offered = 0;
  for (const performanceId of await performancesWithLines(
    parts.database.reader,
    soonestOffered(now),
    mostLines,
  )) {
    if (signal?.aborted) break;
    try {
      offered += await offerOf(parts, performanceId);
    } catch (error) {
      logger.error({ err: error, performanceId }, 'free places wait for the next look at the waiting list');
    }
  }
  return offered;
}

async function offerOf({ database, live, clock }: Parts, performanceId: string): Promise<number> {
  const db = database.reader;
  if ((await turnsNow(db, performanceId, await waitingLine(db, performanceId))).length === 0) return 0;
  const offered = await database.write(async (trx) => {
    // Shared cap, counter, entries: as everybody takes them.
    const before = (await poolsOfPerformances(trx, [performanceId])).get(performanceId);
    if (before !== undefined) await lockPool(trx, before);
    await lockCounter(trx, performanceId);
    const after = (await poolsOfPerformances(trx, [performanceId])).get(performanceId);
    if (after !== before) return 0;
    return offerPlaces(trx, performanceId, await waitingLine(trx, performanceId), clock.now().toISOString());
  });
  const performance = offered > 0 ? await findPerformance(db, performanceId) : null;
  if (performance) ring(live, performance);
  return offered;
}

const everyMs: Millis = 1_000;

/** Once a second, one sweep at a time; several processes may do so at once. */
export function startWaitingSweeper(parts: Parts, logger: Logger): Repeated {
  return repeat({
    everyMs,
    work: (signal) => offerEverywhere(parts, logger, signal),
    failed: (error) => logger.error({ err: error }, 'the waiting lists will be looked at again'),
  });
}
