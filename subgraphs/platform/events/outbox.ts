import type { Transaction } from 'kysely';
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
  const rows = events.map(({ topic, payload }) => ({
    id: newId(),
    topic,
    payload: JSON.stringify(payload),
    at,
  }));
  for (let begin = 0; begin < rows.length; begin += rowsPerStatement) {
    await outbox
      .insertInto('outbox')
      .values(rows.slice(begin, begin + rowsPerStatement))
      .execute();
  }
  if (rows.length > 0) markEvents(trx);
}

const rowsPerStatement = 500;
