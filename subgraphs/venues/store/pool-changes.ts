import type { Text } from '../../platform/text.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { genesisHash } from '../domain/ledger.ts';
import { sealPoolChange, type SealedPoolChange } from '../domain/pool.ts';
import type { PoolChangeKind } from '../domain/words.ts';
import { inChunks } from './chunks.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { sha256 } from './hash.ts';
import { placesOfPools } from './pools.ts';
import { toPool, type Pool } from './pool-rows.ts';

export type NewPool = Pick<Pool, 'id' | 'venueId' | 'offeringId' | 'cap' | 'label'>;

/** Makes a shared cap without performances. Null: the offering has one already. */
export async function createPool(
  trx: VenuesTransaction,
  { id, venueId, offeringId, cap, label }: NewPool,
  at: IsoInstant,
): Promise<Pool | null> {
  const row = await trx
    .insertInto('cap_pool')
    .values({
      id,
      venue_id: venueId,
      offering_id: offeringId,
      cap,
      label_fi: label.fi,
      label_sv: label.sv,
      label_en: label.en,
      version: 1,
      sequence: 0,
      head_hash: genesisHash,
      changed_at: at,
      removed_at: null,
    })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? append(trx, toPool(row), { kind: 'CAP_SET', performanceIds: [] }, at) : null;
}

/** Holds a shared cap's row until the transaction ends: nobody takes places under it meanwhile. Null: there is none. */
export async function lockPool(trx: VenuesTransaction, id: string): Promise<Pool | null> {
  const row = await trx
    .updateTable('cap_pool')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ? toPool(row) : null;
}

/** Sets the cap of a shared cap that is locked, if what is taken under it fits; the caller has looked. */
export async function setPoolCap(
  trx: VenuesTransaction,
  pool: Pool,
  cap: TicketCount,
  at: IsoInstant,
): Promise<Pool> {
  await trx.updateTable('cap_pool').set({ cap }).where('id', '=', pool.id).execute();
  return append(trx, { ...pool, cap }, { kind: 'CAP_SET', performanceIds: [] }, at);
}

export async function setPoolLabel(trx: VenuesTransaction, pool: Pool, label: Text): Promise<Pool> {
  await trx
    .updateTable('cap_pool')
    .set({ label_fi: label.fi, label_sv: label.sv, label_en: label.en })
    .where('id', '=', pool.id)
    .execute();
  return { ...pool, label };
}

/**
 * Puts performances under a shared cap that is locked; those that are under another stay there and are not among the ids
 * that come back. Their counters are held from here on, so what they have taken no longer grows.
 */
export async function joinPool(
  trx: VenuesTransaction,
  pool: Pool,
  performanceIds: readonly string[],
): Promise<readonly string[]> {
  const joined: string[] = [];
  for (const ids of inChunks(performanceIds)) {
    const rows = await trx
      .updateTable('cap_counter')
      .set({ pool_id: pool.id })
      .where('performance_id', 'in', ids)
      .where('pool_id', 'is', null)
      .returning('performance_id')
      .execute();
    joined.push(...rows.map(({ performance_id }) => performance_id));
  }
  return joined.sort();
}

/** Takes performances out from under a shared cap that is locked. */
export async function leavePool(
  trx: VenuesTransaction,
  pool: Pool,
  performanceIds: readonly string[],
): Promise<void> {
  for (const ids of inChunks(performanceIds)) {
    await trx
      .updateTable('cap_counter')
      .set({ pool_id: null })
      .where('performance_id', 'in', ids)
      .where('pool_id', '=', pool.id)
      .execute();
  }
}

/** Writes into the history who came under a shared cap, left it, or that it was removed. */
export async function recordMembers(
  trx: VenuesTransaction,
  pool: Pool,
  change: { readonly kind: 'JOINED' | 'LEFT' | 'REMOVED'; readonly performanceIds: readonly string[] },
  at: IsoInstant,
): Promise<Pool> {
  if (change.kind !== 'REMOVED') {
    return change.performanceIds.length === 0 ? pool : append(trx, pool, change, at);
  }
  const removed = await append(trx, pool, change, at);
  await trx.updateTable('cap_pool').set({ removed_at: at }).where('id', '=', pool.id).execute();
  return { ...removed, removedAt: at };
}

async function append(
  trx: VenuesTransaction,
  pool: Pool,
  { kind, performanceIds }: { readonly kind: PoolChangeKind; readonly performanceIds: readonly string[] },
  at: IsoInstant,
): Promise<Pool> {
  const places = (await placesOfPools(trx, new Set([pool.id]))).get(pool.id);
  const change = sealPoolChange(
    {
      poolId: pool.id,
      sequence: pool.sequence + 1,
      kind,
      cap: pool.cap,
      performanceIds,
      taken: (places?.used ?? 0) + (places?.held ?? 0),
      at,
      previousHash: pool.headHash,
    },
    sha256,
  );
  await trx
    .insertInto('pool_change')
    .values({
      pool_id: pool.id,
      sequence: change.sequence,
      kind,
      cap: pool.cap,
      performance_ids: JSON.stringify(performanceIds),
      taken: change.taken,
      at,
      previous_hash: change.previousHash,
      hash: change.hash,
    })
    .execute();
  await trx
    .updateTable('cap_pool')
    .set({ sequence: change.sequence, head_hash: change.hash, changed_at: at })
    .where('id', '=', pool.id)
    .execute();
  return { ...pool, sequence: change.sequence, headHash: change.hash, changedAt: at };
}

/** The whole histories of these shared caps, each in order of sequence. */
export async function findPoolChanges(
  db: VenuesReader,
  poolIds: readonly string[],
): Promise<SealedPoolChange[]> {
  const rows = await db
    .selectFrom('pool_change')
    .selectAll()
    .where('pool_id', 'in', poolIds)
    .orderBy('pool_id')
    .orderBy('sequence')
    .execute();
  return rows.map(({ pool_id, performance_ids, previous_hash, ...row }) => ({
    ...row,
    poolId: pool_id,
    performanceIds: JSON.parse(performance_ids) as string[],
    previousHash: previous_hash,
  }));
}
