import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Threads and their messages. */
export const threads: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('thread')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('redemption_id', columns.text, (c) => c.notNull().unique())
    .addColumn('venue_id', columns.text, (c) => c.notNull())
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('subject_fi', columns.text)
    .addColumn('subject_sv', columns.text)
    .addColumn('subject_en', columns.text)
    .addColumn('started_at', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('thread_card').on('thread').columns(['card_id', 'started_at', 'id']).execute();
  await db.schema
    .createIndex('thread_venue')
    .on('thread')
    .columns(['venue_id', 'started_at', 'id'])
    .execute();

  await db.schema
    .createTable('message')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('thread_id', columns.text, (c) => c.notNull().references('thread.id'))
    .addColumn('at', columns.text, (c) => c.notNull())
    .addColumn('sender', columns.text, (c) => c.notNull().check(sql`sender in ('SYSTEM', 'VENUE', 'HOLDER')`))
    .addColumn('body_fi', columns.text)
    .addColumn('body_sv', columns.text)
    .addColumn('body_en', columns.text)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('message_thread').on('message').columns(['thread_id', 'at', 'id']).execute();
};
