import type { TicketCount } from '../../platform/units.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** A shared cap may be set, raised or taken away between two statements; more often than this nobody does it. */
const maxLooks = 4;

/**
 * A change of a counter that takes `places` more, under the shared cap of its performance if there is one. `change` writes
 * the counter if it is under this very cap (null: under none) and has room itself; undefined: it did not. A performance
 * without a shared cap costs no statement more. Null: no room, and nothing changed.
 */
export async function underPool<Row>(
  trx: VenuesTransaction,
  { performanceId, places }: { readonly performanceId: string; readonly places: number },
  change: (poolId: string | null) => Promise<Row | undefined>,
): Promise<Row | null> {
  let poolId: string | null = null;
  for (let looks = 0; looks < maxLooks; looks++) {
    if (poolId !== null && !(await poolHasRoom(trx, poolId, places))) return null;
    const moved = await change(poolId);
    if (moved !== undefined) return moved;
    const found = await poolOf(trx, performanceId);
    if (found === poolId) return null;
    poolId = found;
  }
  return null;
}

/**
 * Holds the shared cap of a performance, if it has one, until the transaction ends. Whoever gives places back does this
 * before the counter, because what is free then may be given to the next one in the same transaction.
 */
export async function lockPoolOf(trx: VenuesTransaction, performanceId: string): Promise<void> {
  await trx
    .updateTable('cap_pool')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', (eb) =>
      eb.selectFrom('cap_counter').select('pool_id').where('performance_id', '=', performanceId),
    )
    .execute();
}

/** A cap that several performances share, with what all of them have taken together. */
export interface SharedPlaces {
  readonly poolId: string;
  readonly cap: TicketCount;
  readonly used: TicketCount;
  readonly held: TicketCount;
}

/** These shared caps by id; asks nothing when there is none. */
export async function placesOfPools(
  db: VenuesReader,
  poolIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, SharedPlaces>> {
  if (poolIds.size === 0) return new Map();
  const rows = await db
    .selectFrom('cap_pool')
    .leftJoin('cap_counter', 'cap_counter.pool_id', 'cap_pool.id')
    .select(({ fn }) => [
      'cap_pool.id',
      'cap_pool.cap',
      fn.sum<number | null>('cap_counter.used').as('used'),
      fn.sum<number | null>('cap_counter.held').as('held'),
    ])
    .where('cap_pool.id', 'in', [...poolIds])
    .groupBy(['cap_pool.id', 'cap_pool.cap'])
    .execute();
  return new Map(
    rows.map(({ id, cap, used, held }) => [id, { poolId: id, cap, used: used ?? 0, held: held ?? 0 }]),
  );
}

/** Which of these performances are under a shared cap, and under which. */
export async function poolsOfPerformances(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('cap_counter')
    .select(['performance_id', 'pool_id'])
    .where('performance_id', 'in', performanceIds)
    .where('pool_id', 'is not', null)
    .execute();
  return new Map(rows.map(({ performance_id, pool_id }) => [performance_id, pool_id ?? '']));
}

async function poolOf(db: VenuesReader, performanceId: string): Promise<string | null> {
  const row = await db
    .selectFrom('cap_counter')
    .select('pool_id')
    .where('performance_id', '=', performanceId)
    .executeTakeFirst();
  return row?.pool_id ?? null;
}

/**
 * Holds the shared cap's row until the transaction ends, so that its performances take places one after the other, and
 * says whether so many more are free. The row goes before the counters in the order of locks.
 */
async function poolHasRoom(trx: VenuesTransaction, poolId: string, places: number): Promise<boolean> {
  const pool = await trx
    .updateTable('cap_pool')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', poolId)
    .returning('cap')
    .executeTakeFirstOrThrow();
  return (await takenOf(trx, poolId)) + places <= pool.cap;
}

/** Used and held under a shared cap: the sum of its performances' counters. */
async function takenOf(db: VenuesReader, poolId: string): Promise<TicketCount> {
  const { taken } = await db
    .selectFrom('cap_counter')
    .select((eb) => eb.fn.sum<number | null>(eb('used', '+', eb.ref('held'))).as('taken'))
    .where('pool_id', '=', poolId)
    .executeTakeFirstOrThrow();
  return taken ?? 0;
}
