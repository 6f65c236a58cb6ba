import { appendEvent } from '../../platform/events/index.ts';
import type { Logger } from '../../platform/logger.ts';
import { repeat, type Repeated } from '../../platform/repeated.ts';
import type { Millis } from '../../platform/units.ts';
import { closeHold, expiredHolds, type Hold } from '../store/holds.ts';
import { ring, type Environment } from './environment.ts';
import { holdClosed } from './hold-event.ts';
import { onHoldExpired } from './hold-expiry.ts';
import { placesFreed } from './places-freed.ts';

type Parts = Pick<Environment, 'database' | 'live' | 'clock'>;

const batchSize = 50;
const mostBatches = 20;

/**
 * Closes the holds whose time is over, at most 1 000, each in a transaction of its own: hold, ledger, event and whatever
 * its end means for others commit together. One that fails is left for the next time and stops no other. Several
 * processes may do so at once. Gives how many it closed.
 */
export async function expireHolds(parts: Parts, logger: Logger, signal?: AbortSignal): Promise<number> {
  let closed = 0;
  let failed = 0;
  for (let batch = 0; batch < mostBatches; batch++) {
    const now = parts.clock.now().toISOString();
    const holds = await expiredHolds(parts.database.reader, now, batchSize, { skip: failed });
    for (const hold of holds) {
      if (signal?.aborted) return closed;
      try {
        if (await expire(parts, hold)) closed++;
      } catch (error) {
        failed++;
        logger.error({ err: error, holdId: hold.id }, 'a hold that is over stays open until the next try');
      }
    }
    if (holds.length < batchSize) break;
  }
  return closed;
}

/**
 * The same for one performance, before its door says no: a hold that is over turns no guest away. True: something was
 * closed, so it is worth asking the door again.
 */
export async function expireHoldsOf(parts: Parts, performanceId: string): Promise<boolean> {
  const now = parts.clock.now().toISOString();
  let isAnyClosed = false;
  for (const hold of await expiredHolds(parts.database.reader, now, batchSize, { performanceId })) {
    if (await expire(parts, hold)) isAnyClosed = true;
  }
  return isAnyClosed;
}

/** False: somebody else was faster, and nothing changed. */
async function expire(
  { database, live, clock }: Parts,
  { id, performanceId, venueId }: Hold,
): Promise<boolean> {
  const now = clock.now().toISOString();
  const isClosed = await database.write(async (trx) => {
    const hold = await closeHold(trx, id, now);
    if (!hold) return false;
    await appendEvent(trx, holdClosed(hold, 'EXPIRED', now), now);
    await onHoldExpired[hold.kind](trx, hold, now);
    await placesFreed(trx, performanceId, now);
    return true;
  });
  if (isClosed) ring(live, { id: performanceId, venueId });
  return isClosed;
}

const everyMs: Millis = 1_000;

/** Once a second, one sweep at a time; several processes may do so at once. */
export function startHoldSweeper(parts: Parts, logger: Logger): Repeated {
  return repeat({
    everyMs,
    work: (signal) => expireHolds(parts, logger, signal),
    failed: (error) => logger.error({ err: error }, 'holds that are over will be looked for again'),
  });
}
