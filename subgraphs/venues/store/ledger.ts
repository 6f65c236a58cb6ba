import { sql } from 'kysely';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { genesisHash, seal, type CounterState, type LedgerEntry } from '../domain/ledger.ts';
import type { LedgerEntryKind } from '../domain/words.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { inChunks } from './chunks.ts';
import { sha256 } from './hash.ts';
import type { LedgerTable } from './tables.ts';

/** The counter after a change. */
export interface Counter extends CounterState {
  readonly performanceId: string;
  readonly changedAt: IsoInstant;
}

export interface PlacesChange {
  readonly performanceId: string;
  readonly redemptionId: string;
  /** Tickets that count in the cap; 0 when only assistants come. */
  readonly places: TicketCount;
  readonly at: IsoInstant;
}

const counterColumns = ['performance_id', 'cap', 'used', 'sequence', 'head_hash', 'changed_at'] as const;

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
 */
export async function takePlaces(trx: VenuesTransaction, change: PlacesChange): Promise<Counter | null> {
  const { performanceId, places, at } = change;
  const moved = await trx
    .updateTable('cap_counter')
    .set((eb) => ({ used: eb('used', '+', places), sequence: eb('sequence', '+', 1), changed_at: at }))
    .where('performance_id', '=', performanceId)
    .where((eb) => eb.or([eb('cap', 'is', null), eb(eb('used', '+', places), '<=', eb.ref('cap'))]))
    .returning(counterColumns)
    .executeTakeFirst();
  return moved
    ? append(trx, moved, { kind: 'REDEEMED', delta: places, redemptionId: change.redemptionId })
    : null;
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
  return append(trx, moved, { kind: 'CANCELLED', delta: 0 - places, redemptionId: change.redemptionId });
}

/** Sets the cap unless more is used already. Null: it is, and nothing changed. */
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
  if (cap !== null) query = query.where('used', '<=', cap);
  const moved = await query.returning(counterColumns).executeTakeFirst();
  return moved ? append(trx, moved, { kind: 'CAP_SET', delta: 0, redemptionId: null }) : null;
}

/** Holds the counter's row until the transaction ends: nobody redeems or cancels there meanwhile. */
export async function lockCounter(trx: VenuesTransaction, performanceId: string): Promise<Counter | null> {
  const row = await trx
    .updateTable('cap_counter')
    .set({ sequence: sql<number>`sequence` })
    .where('performance_id', '=', performanceId)
    .returning(counterColumns)
    .executeTakeFirst();
  return row ? toCounter(row) : null;
}

export async function findCounters(db: VenuesReader, performanceIds: readonly string[]): Promise<Counter[]> {
  const rows = await db
    .selectFrom('cap_counter')
    .select(counterColumns)
    .where('performance_id', 'in', performanceIds)
    .execute();
  return rows.map(toCounter);
}

/** The ledgers of these performances, each in order of sequence. */
export async function findLedgers(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('performance_id', 'in', performanceIds)
    .orderBy('performance_id')
    .orderBy('sequence')
    .execute();
  return rows.map(toEntry);
}

interface CounterRow {
  readonly performance_id: string;
  readonly cap: TicketCount | null;
  readonly used: TicketCount;
  readonly sequence: number;
  readonly head_hash: string;
  readonly changed_at: IsoInstant;
}

interface Cause {
  readonly kind: LedgerEntryKind;
  readonly delta: number;
  readonly redemptionId: string | null;
}

/** Writes the entry for a counter that has just moved; its `head_hash` is still the hash of the entry before. */
async function append(trx: VenuesTransaction, moved: CounterRow, cause: Cause): Promise<Counter> {
  const counter = toCounter(moved);
  const entry = seal(
    {
      performanceId: counter.performanceId,
      sequence: counter.sequence,
      used: counter.used,
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
  const { performance_id, cap, used, sequence, head_hash, changed_at } = row;
  return { performanceId: performance_id, cap, used, sequence, headHash: head_hash, changedAt: changed_at };
}

function toRow(entry: LedgerEntry): LedgerTable {
  const { performanceId, sequence, kind, delta, used, cap, redemptionId, at, previousHash, hash } = entry;
  return {
    performance_id: performanceId,
    sequence,
    kind,
    delta,
    used,
    cap,
    redemption_id: redemptionId,
    at,
    previous_hash: previousHash,
    hash,
  };
}

function toEntry(row: LedgerTable): LedgerEntry {
  const { performance_id, sequence, kind, delta, used, cap, redemption_id, at, previous_hash, hash } = row;
  return {
    performanceId: performance_id,
    sequence,
    kind,
    delta,
    used,
    cap,
    redemptionId: redemption_id,
    at,
    previousHash: previous_hash,
    hash,
  };
}
