import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Places kept for somebody: in the counter, in the ledger, and the holds themselves. */
export const holds: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .alterTable('cap_counter')
    .addColumn('held', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`held >= 0`),
    )
    .execute();
  await db.schema
    .alterTable('ledger')
    .addColumn('held_delta', integer, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('ledger')
    .addColumn('held', integer, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('ledger').addColumn('hold_id', text).execute();
  await db.schema
    .alterTable('turn_away')
    .addColumn('held', integer, (c) => c.notNull().defaultTo(0))
    .execute();

  await db.schema
    .createTable('hold')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('performance_id', text, (c) => c.notNull().references('performance.id'))
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('places', integer, (c) => c.notNull().check(sql`places > 0`))
    .addColumn('remaining', integer, (c) => c.notNull().check(sql`remaining between 0 and places`))
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('opened_at', text, (c) => c.notNull())
    .addColumn('expires_at', text, (c) => c.notNull())
    .addColumn('closed_at', text)
    .addCheckConstraint('hold_closed', sql`(status = 'OPEN') = (closed_at is null)`)
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('hold_performance').on('hold').columns(['performance_id', 'status']).execute();
  await db.schema.createIndex('hold_expiry').on('hold').columns(['status', 'expires_at']).execute();
};
