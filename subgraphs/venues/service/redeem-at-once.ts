import { isTransient, isUniqueViolation } from '../../platform/database/index.ts';
import { appendingEvents } from '../../platform/events/index.ts';
import type { VenuesDatabase } from '../store/database.ts';
import { storedAtOnce } from '../store/together-at-once.ts';
import type { LockedCounter } from '../store/together-ledger.ts';
import {
  admitTogether,
  eventsOf,
  requestsOf,
  type Admitted,
  type Candidate,
  type HasRoom,
} from './admit-together.ts';

/** Counters that are remembered; a house of today has some ten. */
const mostHeads = 1_000;
/** After a miss so many batches lock first and look then: another process is likely to be at the same doors. */
const carefulBatches = 16;

export interface RedeemAtOnce {
  /** Null: nothing was stored, and the batch is to be stored the long way. */
  store(candidates: readonly Candidate[]): Promise<Admitted['stored'] | null>;
  /** What the counters were after a batch that this process has committed. */
  remember(counters: Iterable<LockedCounter>): void;
}

class Miss extends Error {}

/**
 * A batch in one statement, on PostgreSQL: decided on the counters as this process left them, and on cards that have not
 * been here; the statement stores all of it if that is how things are, else nothing. It is a guess that the database
 * checks, so what is remembered need not be true.
 */
export function redeemAtOnce(
  database: VenuesDatabase,
  hasRoom: HasRoom,
  onFailure?: (error: unknown) => void,
): RedeemAtOnce {
  const heads = new Map<string, LockedCounter>();
  let careful = 0;

  function remember(counters: Iterable<LockedCounter>): void {
    for (const counter of counters) {
      heads.delete(counter.performanceId);
      heads.set(counter.performanceId, counter);
    }
    for (const oldest of heads.keys()) {
      if (heads.size <= mostHeads) break;
      heads.delete(oldest);
    }
  }

  return {
    remember,
    async store(candidates) {
      if (careful > 0) {
        careful -= 1;
        return null;
      }
      const { stored, entries, counters, outside } = admitTogether(candidates, heads, () => [], hasRoom);
      if (outside.length > 0) return null;
      if (stored.size === 0) return stored;
      try {
        await database.write(
          async (trx) => {
            const batch = {
              requests: requestsOf(candidates.filter(({ wish }) => stored.has(wish))),
              redemptions: [...stored.values()],
              entries,
              events: appendingEvents('postgres', trx, eventsOf(stored), entries[0]?.at ?? ''),
            };
            const isStored = await storedAtOnce(trx, batch).catch((error: unknown) => {
              if (!isUniqueViolation(error) && !isTransient(error)) onFailure?.(error);
              return false;
            });
            if (!isStored) throw new Miss();
          },
          { isolation: 'repeatable read' },
        );
      } catch (error) {
        if (!(error instanceof Miss)) throw error;
        for (const id of counters.keys()) heads.delete(id);
        careful = carefulBatches;
        return null;
      }
      remember(counters.values());
      return stored;
    },
  };
}
