import { sql, type RawBuilder } from 'kysely';
import {
  insertJsonRows,
  jsonRows,
  kept,
  type Engine,
  type JsonColumns,
} from '../../platform/database/index.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { seal, type CounterState, type LedgerEntry } from '../domain/ledger.ts';
import type { VenuesTransaction } from './database.ts';
import { sha256 } from './hash.ts';
import { toRow } from './ledger-rows.ts';
import type { CapCounterTable, LedgerTable } from './tables.ts';

/** A counter that nobody else moves until the transaction ends. */
export interface LockedCounter extends CounterState {
  readonly performanceId: string;
  readonly poolId: string | null;
}

/** Locks these counters, in the order of their performances, and reads them. */
export async function lockCounters(
  engine: Engine,
  trx: VenuesTransaction,
  performanceIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, LockedCounter>> {
  const ids = sql.join([...performanceIds].sort());
  const { rows } = await sql<CapCounterTable>`
    ${kept}select performance_id, cap, used, held, sequence, head_hash, pool_id from cap_counter
    where performance_id in (${ids}) order by performance_id ${sql.raw(engine === 'postgres' ? 'for update' : '')}`.execute(
    trx,
  );
  return new Map(
    rows.map(({ performance_id: performanceId, cap, used, held, sequence, head_hash, pool_id }) => [
      performanceId,
      { performanceId, cap, used, held, sequence, headHash: head_hash, poolId: pool_id },
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

type CounterRow = Pick<
  CapCounterTable,
  'performance_id' | 'used' | 'sequence' | 'head_hash' | 'changed_at'
> & {
  readonly previous_hash: string;
};

const counterColumns: JsonColumns<CounterRow> = {
  performance_id: 'text',
  used: 'integer',
  sequence: 'integer',
  head_hash: 'text',
  changed_at: 'text',
  previous_hash: 'text',
};

/** A statement that writes the entries. */
export function writingEntries(engine: Engine, entries: readonly LedgerEntry[]): RawBuilder<unknown> {
  return insertJsonRows(engine, 'ledger', ledgerColumns, entries.map(toRow));
}

/**
 * A statement that writes each counter once, as it is after the last of its entries; more of its `where`, and `returning`,
 * may follow. It moves those that are their own, still at the head that the entries follow, and of performances that
 * are still on: one that was cancelled before is not found, and who cancels one later waits for its counter and then
 * finds what is stored here.
 */
export function movingCounters(engine: Engine, entries: readonly LedgerEntry[]): RawBuilder<never> {
  const heads = new Map<string, CounterRow>();
  for (const { performanceId, used, sequence, hash, at, previousHash } of entries) {
    const previous_hash = heads.get(performanceId)?.previous_hash ?? previousHash;
    heads.set(performanceId, {
      performance_id: performanceId,
      used,
      sequence,
      head_hash: hash,
      changed_at: at,
      previous_hash,
    });
  }
  return sql`
    update cap_counter
    set used = heads.used, sequence = heads.sequence, head_hash = heads.head_hash, changed_at = heads.changed_at
    from ${jsonRows(engine, 'heads', counterColumns, [...heads.values()])}
    join performance on performance.id = heads.performance_id
    where cap_counter.performance_id = heads.performance_id and cap_counter.head_hash = heads.previous_hash
      and cap_counter.pool_id is null and performance.status = 'SCHEDULED'`;
}
