import { sql, type RawBuilder } from 'kysely';
import { insertJsonRows, jsonRows, type Engine, type JsonColumns } from '../../platform/database/index.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { seal, type CounterState, type LedgerEntry } from '../domain/ledger.ts';
import type { VenuesTransaction } from './database.ts';
import { sha256 } from './hash.ts';
import { toRow } from './ledger-rows.ts';
import type { CapCounterTable, LedgerTable, PerformanceTable } from './tables.ts';

/** A counter that nobody else moves until the transaction ends. */
export interface LockedCounter extends CounterState {
  readonly performanceId: string;
  readonly poolId: string | null;
  readonly status: PerformanceTable['status'];
}

/**
 * Locks these counters, in the order of their performances, and reads them and their performances' status. The performance
 * is read after its counter's lock: one that was cancelled before is seen, one cancelled after finds what is stored here.
 */
export async function lockCounters(
  engine: Engine,
  trx: VenuesTransaction,
  performanceIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, LockedCounter>> {
  const ids = [...performanceIds].sort();
  const locking = trx
    .selectFrom('cap_counter')
    .select(['performance_id', 'cap', 'used', 'held', 'sequence', 'head_hash', 'pool_id'])
    .where('performance_id', 'in', ids)
    .orderBy('performance_id');
  const rows = await (engine === 'postgres' ? locking.forUpdate() : locking).execute();
  const found = await trx.selectFrom('performance').select(['id', 'status']).where('id', 'in', ids).execute();
  const statuses = new Map(found.map(({ id, status }) => [id, status]));
  return new Map(
    rows.map(({ performance_id: performanceId, cap, used, held, sequence, head_hash, pool_id }) => [
      performanceId,
      {
        performanceId,
        cap,
        used,
        held,
        sequence,
        headHash: head_hash,
        poolId: pool_id,
        status: statuses.get(performanceId) ?? 'CANCELLED',
      },
    ]),
  );
}

/** The entry of one redemption after the newest one of its counter, and the counter after it. */
export function redeemedAfter(
  counter: LockedCounter,
  redemptionId: string,
  places: TicketCount,
  at: IsoInstant,
): { readonly entry: LedgerEntry; readonly counter: LockedCounter } {
  const { performanceId, cap, held, headHash: previousHash } = counter;
  const sequence = counter.sequence + 1;
  const used = counter.used + places;
  const entry = seal(
    {
      performanceId,
      sequence,
      kind: 'REDEEMED',
      delta: places,
      used,
      cap,
      redemptionId,
      heldDelta: 0,
      held,
      holdId: null,
      at,
      previousHash,
    },
    sha256,
  );
  return { entry, counter: { ...counter, sequence, used, headHash: entry.hash } };
}

const ledgerColumns: JsonColumns<LedgerTable> = {
  performance_id: 'text',
  sequence: 'integer',
  kind: 'text',
  delta: 'integer',
  used: 'integer',
  cap: 'integer',
  redemption_id: 'text',
  held_delta: 'integer',
  held: 'integer',
  hold_id: 'text',
  at: 'text',
  previous_hash: 'text',
  hash: 'text',
};

type CounterRow = Pick<CapCounterTable, 'performance_id' | 'used' | 'sequence' | 'head_hash' | 'changed_at'>;

const counterColumns: JsonColumns<CounterRow> = {
  performance_id: 'text',
  used: 'integer',
  sequence: 'integer',
  head_hash: 'text',
  changed_at: 'text',
};

/** Statements that write the entries, and each counter once, as it is after the last of its entries. */
export function writingLedger(engine: Engine, entries: readonly LedgerEntry[]): RawBuilder<never>[] {
  const heads = new Map(
    entries.map(({ performanceId, used, sequence, hash, at }) => [
      performanceId,
      { performance_id: performanceId, used, sequence, head_hash: hash, changed_at: at },
    ]),
  );
  const newest = jsonRows(engine, 'heads', counterColumns, [...heads.values()]);
  return [
    insertJsonRows(engine, 'ledger', ledgerColumns, entries.map(toRow)),
    sql`
      update cap_counter
      set used = heads.used, sequence = heads.sequence, head_hash = heads.head_hash, changed_at = heads.changed_at
      from ${newest} where cap_counter.performance_id = heads.performance_id`,
  ];
}
