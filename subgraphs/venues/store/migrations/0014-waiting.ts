import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** The waiting list: families in the order in which they joined, and what became of them. */
export const waiting: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('waiting_entry')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('performance_id', text, (c) => c.notNull())
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addColumn('number', integer, (c) => c.notNull())
    .addColumn('lines', text, (c) => c.notNull())
    .addColumn('places', integer, (c) => c.notNull().check(sql`places > 0`))
    .addColumn('overtaken', integer, (c) => c.notNull().check(sql`overtaken >= 0`))
    .addColumn('status', text, (c) =>
      c
        .notNull()
        .check(sql`status in ('WAITING', 'OFFERED', 'ACCEPTED', 'LEFT', 'DECLINED', 'EXPIRED', 'CANCELLED')`),
    )
    .addColumn('live_key', text, (c) => c.unique())
    .addColumn('joined_at', text, (c) => c.notNull())
    .addColumn('hold_id', text, (c) => c.unique().references('hold.id'))
    .addColumn('offer_expires_at', text)
    .addColumn('ended_at', text)
    .addColumn('redemption_id', text, (c) => c.references('redemption.id'))
    .addUniqueConstraint('waiting_entry_number', ['performance_id', 'number'])
    .addUniqueConstraint('waiting_entry_request', ['card_id', 'request_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('waiting_entry_line')
    .on('waiting_entry')
    .columns(['status', 'performance_id', 'number'])
    .execute();
};
