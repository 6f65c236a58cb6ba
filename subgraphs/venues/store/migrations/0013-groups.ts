import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Places kept for known groups, groups that came together, until when holders cancel, and tickets nobody came with. */
export const groups: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('group_hold')
    .addColumn('hold_id', text, (c) => c.primaryKey().notNull().references('hold.id'))
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addColumn('label', text, (c) => c.notNull())
    .addUniqueConstraint('group_hold_request', ['venue_id', 'request_id'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('redemption_group')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('hold_id', text, (c) => c.references('hold.id'))
    .addColumn('from_hold', integer, (c) => c.notNull().check(sql`from_hold >= 0`))
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createTable('redemption_group_member')
    .addColumn('redemption_id', text, (c) => c.primaryKey().notNull().references('redemption.id'))
    .addColumn('group_id', text, (c) => c.notNull().references('redemption_group.id'))
    .addColumn('place', integer, (c) => c.notNull())
    .addUniqueConstraint('redemption_group_place', ['group_id', 'place'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('no_show')
    .addColumn('redemption_id', text, (c) => c.primaryKey().notNull().references('redemption.id'))
    .addColumn('performance_id', text, (c) => c.notNull())
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('marked_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('no_show_performance').on('no_show').column('performance_id').execute();
  await db.schema.createIndex('no_show_venue').on('no_show').columns(['venue_id', 'marked_at']).execute();

  for (const table of ['performance', 'venue_default'] as const) {
    await db.schema
      .alterTable(table)
      .addColumn('cancel_until_minutes', integer, (c) =>
        c.check(sql`cancel_until_minutes between 0 and 43200`),
      )
      .execute();
  }
};
