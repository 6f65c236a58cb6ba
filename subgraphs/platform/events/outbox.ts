import type { RawBuilder, Transaction } from 'kysely';
import type { Engine } from '../database/dialect.ts';
import { insertJsonRows, type JsonColumns } from '../database/json-rows.ts';
import { newId } from '../ids.ts';
import type { IsoInstant } from '../units.ts';
import { markEvents } from './doorbell.ts';
import type { PlatformTables } from './tables.ts';

export interface NewEvent {
  /** `redemption.recorded`: the thing and what happened to it. */
  readonly topic: string;
  /** Opaque ids and facts, never a personal datum. */
  readonly payload: object;
}

/** Publishes an event in the transaction of the change that it tells of: both commit, or neither. */
export async function appendEvent<T extends PlatformTables>(
  trx: Transaction<T>,
  event: NewEvent,
  at: IsoInstant,
): Promise<void> {
  await appendEvents(trx, [event], at);
}

/** Several events of one transaction, in this order. */
export async function appendEvents<T extends PlatformTables>(
  trx: Transaction<T>,
  events: readonly NewEvent[],
  at: IsoInstant,
): Promise<void> {
  const outbox = trx as unknown as Transaction<PlatformTables>;
  const rows = events.map((event) => toRow(event, at));
  for (let begin = 0; begin < rows.length; begin += rowsPerStatement) {
    await outbox
      .insertInto('outbox')
      .values(rows.slice(begin, begin + rowsPerStatement))
      .execute();
  }
  if (rows.length > 0) markEvents(trx);
}

const rowsPerStatement = 500;

interface EventRow {
  readonly id: string;
  readonly topic: string;
  readonly payload: string;
  readonly at: IsoInstant;
}

const eventColumns: JsonColumns<EventRow> = { id: 'text', topic: 'text', payload: 'text', at: 'text' };

/** appendEvents as a statement of this transaction, to be run with others. */
export function appendingEvents(
  engine: Engine,
  trx: object,
  events: readonly NewEvent[],
  at: IsoInstant,
): RawBuilder<never> {
  markEvents(trx);
  return insertJsonRows(
    engine,
    'outbox',
    eventColumns,
    events.map((event) => toRow(event, at)),
  );
}

function toRow({ topic, payload }: NewEvent, at: IsoInstant): EventRow {
  return { id: newId(), topic, payload: JSON.stringify(payload), at };
}
