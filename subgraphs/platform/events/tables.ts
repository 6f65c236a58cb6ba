import { sql, type ColumnType, type Generated, type Kysely } from 'kysely';
import type { ColumnTypes } from '../database/dialect.ts';

/** The published log of a subgraph: rows written in the transaction of the state that they tell of. */
export interface OutboxTable {
  seq: ColumnType<number, never, never>;
  id: string;
  topic: string;
  /** JSON. Never a personal datum: other subgraphs and operators read it. */
  payload: string;
  at: string;
}

/** How far a named consumer of this subgraph has read somebody's log. */
export interface ConsumerCursorTable {
  consumer: string;
  position: string;
  moves: Generated<number>;
}

/** The tables that every subgraph has. */
export interface PlatformTables {
  outbox: OutboxTable;
  consumer_cursor: ConsumerCursorTable;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a migration meets tables of every version
export async function platformTables(db: Kysely<any>, columns: ColumnTypes): Promise<void> {
  let outbox = db.schema
    .createTable('outbox')
    .addColumn('seq', columns.sequence, (c) =>
      columns.engine === 'sqlite' ? c.notNull().primaryKey().autoIncrement() : c.primaryKey(),
    )
    .addColumn('id', columns.text, (c) => c.notNull())
    .addColumn('topic', columns.text, (c) => c.notNull())
    .addColumn('payload', columns.text, (c) => c.notNull())
    .addColumn('at', columns.text, (c) => c.notNull());
  if (columns.engine === 'postgres') {
    outbox = outbox.addColumn('xid', sql`xid8`, (c) => c.notNull().defaultTo(sql`pg_current_xact_id()`));
  }
  await outbox.modifyEnd(columns.strict).execute();
  if (columns.engine === 'postgres') {
    await db.schema.createIndex('outbox_order').on('outbox').columns(['xid', 'seq']).execute();
  }
  await db.schema
    .createTable('consumer_cursor')
    .addColumn('consumer', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('position', columns.text, (c) => c.notNull())
    .addColumn('moves', columns.bigint, (c) => c.notNull().defaultTo(0))
    .modifyEnd(columns.strict)
    .execute();
}
