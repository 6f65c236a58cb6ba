import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Threads about other things than redemptions, notices to the holder alone, and more than one message by events. */
export const subjects: MigrationStep = async (db, { text }) => {
  await db.schema.alterTable('thread').renameColumn('redemption_id', 'subject_id').execute();
  await db.schema
    .alterTable('thread')
    .addColumn('subject_kind', text, (c) =>
      c
        .notNull()
        .defaultTo('REDEMPTION')
        .check(sql`subject_kind in ('REDEMPTION', 'WAITING_ENTRY')`),
    )
    .execute();
  await db.schema
    .alterTable('thread')
    .addColumn('audience', text, (c) =>
      c
        .notNull()
        .defaultTo('BOTH')
        .check(sql`audience in ('BOTH', 'HOLDER')`),
    )
    .execute();
  await db.schema.alterTable('message').addColumn('cause', text).execute();
  // Until now nothing but a cancel was told.
  await sql`update message set cause = 'cancelled' where sender = 'SYSTEM'`.execute(db);
  await db.schema
    .createIndex('message_cause')
    .unique()
    .on('message')
    .columns(['thread_id', 'cause'])
    .execute();
};
