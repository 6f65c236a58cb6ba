import type { IsoInstant } from '../../platform/units.ts';
import { inChunks } from './chunks.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { joinPool, lockPool, recordMembers } from './pool-changes.ts';
import { poolsOfOfferings } from './pool-rows.ts';

/**
 * Holds the offerings' rows until the transaction ends: who adds a performance and who sets the offering's shared cap wait
 * for each other, so that no performance is left out. Offerings go before shared caps and counters in the order of locks.
 */
export async function lockOfferings(trx: VenuesTransaction, ids: readonly string[]): Promise<void> {
  await trx
    .updateTable('offering')
    .set((eb) => ({ published: eb.ref('published') }))
    .where('id', 'in', ids)
    .execute();
}

/** Puts new performances, with nothing taken yet, under the shared caps of their offerings. */
export async function joinPoolsOfOfferings(
  trx: VenuesTransaction,
  performances: readonly { readonly performanceId: string; readonly offeringId: string }[],
  at: IsoInstant,
): Promise<void> {
  if (performances.length === 0) return;
  const offeringIds = [...new Set(performances.map(({ offeringId }) => offeringId))].sort();
  await lockOfferings(trx, offeringIds);
  for (const { id, offeringId } of await poolsOfOfferings(trx, offeringIds)) {
    const pool = await lockPool(trx, id);
    if (!pool || pool.removedAt !== null) continue;
    const ids = performances.flatMap((each) => (each.offeringId === offeringId ? [each.performanceId] : []));
    await recordMembers(trx, pool, { kind: 'JOINED', performanceIds: await joinPool(trx, pool, ids) }, at);
  }
}

/** The ids of all performances of an offering, also of those that are cancelled or over. */
export async function performanceIdsOf(db: VenuesReader, offeringId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('performance')
    .select('id')
    .where('offering_id', '=', offeringId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The tickets of these performances together; null where one does not say how many it has. */
export async function ticketsTogether(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<number | null> {
  let sum = 0;
  for (const ids of inChunks(performanceIds)) {
    const rows = await db
      .selectFrom('performance')
      .select('tickets')
      .where('id', 'in', ids)
      .where('status', '=', 'SCHEDULED')
      .execute();
    for (const { tickets } of rows) {
      if (tickets === null) return null;
      sum += tickets;
    }
  }
  return sum;
}
