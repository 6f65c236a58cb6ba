import { sql, type ExpressionBuilder } from 'kysely';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { genesisHash, seal, type CounterState, type LedgerChange } from '../domain/ledger.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { inChunks } from './chunks.ts';
import { sha256 } from './hash.ts';
import { toRow } from './ledger-rows.ts';
import { lockPoolOf, placesOfPools, underPool, type SharedPlaces } from './pools.ts';
import type { VenuesTables } from './tables.ts';

/** The counter after a change. */
export interface Counter extends CounterState {
  readonly performanceId: string;
  readonly changedAt: IsoInstant;
}

/** The counter as somebody reads it: with the cap that it shares, whose performances take places from it too. */
export interface CounterNow extends Counter {
  readonly shared: SharedPlaces | null;
}

export interface PlacesChange {
  readonly performanceId: string;
  readonly redemptionId: string;
  /** Tickets that count in the cap; 0 when only assistants come. */
  readonly places: TicketCount;
  readonly at: IsoInstant;
}

/** Places of a hold: how many, and whose. */
export interface HeldPlaces {
  readonly holdId: string;
  readonly places: TicketCount;
}

const counterColumns = [
  'performance_id',
  'cap',
  'used',
  'held',
  'sequence',
  'head_hash',
  'changed_at',
] as const;

/** Opens the ledger of new performances: sequence 1 is the cap they begin with. */
export async function openLedgers(
  trx: VenuesTransaction,
  openings: readonly { readonly performanceId: string; readonly cap: TicketCount | null }[],
  at: IsoInstant,
): Promise<void> {
  const entries = openings.map(({ performanceId, cap }) =>
    seal(
      {
        performanceId,
        sequence: 1,
        kind: 'CAP_SET',
        delta: 0,
        used: 0,
        cap,
        redemptionId: null,
        ...noHold,
        held: 0,
        at,
        previousHash: genesisHash,
      },
      sha256,
    ),
  );
  for (const chunk of inChunks(entries)) {
    const counters = chunk.map(({ performanceId, cap, hash }) => ({
      performance_id: performanceId,
      cap,
      used: 0,
      held: 0,
      sequence: 1,
      head_hash: hash,
      changed_at: at,
    }));
    await trx.insertInto('cap_counter').values(counters).execute();
    await trx.insertInto('ledger').values(chunk.map(toRow)).execute();
  }
}

/**
 * Takes places if the cap has room for all of them, and writes the ledger. Null: it has not, and nothing changed.
 * The guarded update locks the counter's row first, so that the chain of one performance grows one entry at a time.
 * `from`: some of them come out of a hold, whose own row store/holds.ts has lowered before.
 */
export async function takePlaces(
  trx: VenuesTransaction,
  change: PlacesChange,
  from: HeldPlaces | null = null,
): Promise<Counter | null> {
  const { performanceId, places, at } = change;
  const ofHold = from?.places ?? 0;
  const wanted = { performanceId, places: places - ofHold };
  const moved = await underPool(trx, wanted, (poolId) =>
    trx
      .updateTable('cap_counter')
      .set((eb) => ({
        used: eb('used', '+', places),
        held: eb('held', '-', ofHold),
        sequence: eb('sequence', '+', 1),
        changed_at: at,
      }))
      .where('performance_id', '=', performanceId)
      .where('pool_id', 'is not distinct from', poolId)
      .where(hasRoom(wanted.places))
      .returning(counterColumns)
      .executeTakeFirst(),
  );
  if (!moved) return null;
  return append(trx, moved, {
    kind: 'REDEEMED',
    delta: places,
    redemptionId: change.redemptionId,
    heldDelta: 0 - ofHold,
    holdId: from?.holdId ?? null,
  });
}

/** Keeps free places for a hold, all or none. Null: there are not so many, and nothing changed. */
export async function holdPlaces(
  trx: VenuesTransaction,
  performanceId: string,
  { holdId, places }: HeldPlaces,
  at: IsoInstant,
): Promise<Counter | null> {
  const moved = await underPool(trx, { performanceId, places }, (poolId) =>
    trx
      .updateTable('cap_counter')
      .set((eb) => ({ held: eb('held', '+', places), sequence: eb('sequence', '+', 1), changed_at: at }))
      .where('performance_id', '=', performanceId)
      .where('pool_id', 'is not distinct from', poolId)
      .where(hasRoom(places))
      .returning(counterColumns)
      .executeTakeFirst(),
  );
  return moved
    ? append(trx, moved, { kind: 'HELD', delta: 0, redemptionId: null, heldDelta: places, holdId })
    : null;
}

/** Gives back what a hold has left. */
export async function releasePlaces(
  trx: VenuesTransaction,
  performanceId: string,
  { holdId, places }: HeldPlaces,
  at: IsoInstant,
): Promise<Counter> {
  await lockPoolOf(trx, performanceId);
  const moved = await trx
    .updateTable('cap_counter')
    .set((eb) => ({ held: eb('held', '-', places), sequence: eb('sequence', '+', 1), changed_at: at }))
    .where('performance_id', '=', performanceId)
    .returning(counterColumns)
    .executeTakeFirstOrThrow();
  return append(trx, moved, {
    kind: 'RELEASED',
    delta: 0,
    redemptionId: null,
    heldDelta: 0 - places,
    holdId,
  });
}

/** The guard of the cap: so many more, used and held together, and it still holds. */
function hasRoom(places: number) {
  return (eb: ExpressionBuilder<VenuesTables, 'cap_counter'>) =>
    eb.or([eb('cap', 'is', null), eb(eb(eb('used', '+', eb.ref('held')), '+', places), '<=', eb.ref('cap'))]);
}

/** Gives places back at once. */
export async function returnPlaces(trx: VenuesTransaction, change: PlacesChange): Promise<Counter> {
  const { performanceId, places, at } = change;
  const moved = await trx
    .updateTable('cap_counter')
    .set((eb) => ({ used: eb('used', '-', places), sequence: eb('sequence', '+', 1), changed_at: at }))
    .where('performance_id', '=', performanceId)
    .returning(counterColumns)
    .executeTakeFirstOrThrow();
  const { redemptionId } = change;
  return append(trx, moved, { kind: 'CANCELLED', delta: 0 - places, redemptionId, ...noHold });
}

/** Sets the cap unless more is used and held already. Null: it is, and nothing changed. */
export async function changeCap(
  trx: VenuesTransaction,
  performanceId: string,
  cap: TicketCount | null,
  at: IsoInstant,
): Promise<Counter | null> {
  let query = trx
    .updateTable('cap_counter')
    .set((eb) => ({ cap, sequence: eb('sequence', '+', 1), changed_at: at }))
    .where('performance_id', '=', performanceId);
  if (cap !== null) query = query.where((eb) => eb(eb('used', '+', eb.ref('held')), '<=', cap));
  const moved = await query.returning(counterColumns).executeTakeFirst();
  return moved ? append(trx, moved, { kind: 'CAP_SET', delta: 0, redemptionId: null, ...noHold }) : null;
}

/** Holds the counter's row until the transaction ends: nobody redeems or cancels there meanwhile. */
export async function lockCounter(trx: VenuesTransaction, performanceId: string): Promise<Counter | null> {
  await lockPoolOf(trx, performanceId);
  const row = await trx
    .updateTable('cap_counter')
    .set({ sequence: sql<number>`sequence` })
    .where('performance_id', '=', performanceId)
    .returning(counterColumns)
    .executeTakeFirst();
  return row ? toCounter(row) : null;
}

export async function findCounters(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<CounterNow[]> {
  const rows = await db
    .selectFrom('cap_counter')
    .select([...counterColumns, 'pool_id'])
    .where('performance_id', 'in', performanceIds)
    .execute();
  const pools = await placesOfPools(db, new Set(rows.flatMap(({ pool_id }) => pool_id ?? [])));
  return rows.map((row) => ({ ...toCounter(row), shared: pools.get(row.pool_id ?? '') ?? null }));
}

interface CounterRow {
  readonly performance_id: string;
  readonly cap: TicketCount | null;
  readonly used: TicketCount;
  readonly held: TicketCount;
  readonly sequence: number;
  readonly head_hash: string;
  readonly changed_at: IsoInstant;
}

type Cause = Pick<LedgerChange, 'kind' | 'delta' | 'redemptionId' | 'heldDelta' | 'holdId'>;

const noHold = { heldDelta: 0, holdId: null } as const;

/** Writes the entry for a counter that has just moved; its `head_hash` is still the hash of the entry before. */
async function append(trx: VenuesTransaction, moved: CounterRow, cause: Cause): Promise<Counter> {
  const counter = toCounter(moved);
  const entry = seal(
    {
      performanceId: counter.performanceId,
      sequence: counter.sequence,
      used: counter.used,
      held: counter.held,
      cap: counter.cap,
      at: counter.changedAt,
      previousHash: counter.headHash,
      ...cause,
    },
    sha256,
  );
  await trx.insertInto('ledger').values(toRow(entry)).execute();
  await trx
    .updateTable('cap_counter')
    .set({ head_hash: entry.hash })
    .where('performance_id', '=', counter.performanceId)
    .execute();
  return { ...counter, headHash: entry.hash };
}

function toCounter(row: CounterRow): Counter {
  const { performance_id, cap, used, held, sequence, head_hash, changed_at } = row;
  return {
    performanceId: performance_id,
    cap,
    used,
    held,
    sequence,
    headHash: head_hash,
    changedAt: changed_at,
  };
}
