import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Limits set aside at the door, windows of N days, and what a venue's new performances begin with. */
export const limits: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('redemption_override')
    .addColumn('redemption_id', text, (c) => c.notNull().references('redemption.id'))
    .addColumn('limit_name', text, (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('redemption_override_pk', ['redemption_id', 'limit_name'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('redemption_override_venue')
    .on('redemption_override')
    .columns(['venue_id', 'at'])
    .execute();

  await db.schema
    .alterTable('performance')
    .addColumn('window_days', integer, (c) => c.check(sql`window_days between 0 and 366`))
    .execute();

  await db.schema
    .createTable('venue_default')
    .addColumn('venue_id', text, (c) => c.primaryKey().notNull().references('venue.id'))
    .addColumn('cap', integer, (c) => c.check(sql`cap >= 0`))
    .addColumn('redemption_window', text)
    .addColumn('window_days', integer, (c) => c.check(sql`window_days between 0 and 366`))
    .addColumn('once_per_production', integer, (c) => c.check(sql`once_per_production in (0, 1)`))
    .addColumn('ticket_basis', text)
    .addColumn('changed_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
};
