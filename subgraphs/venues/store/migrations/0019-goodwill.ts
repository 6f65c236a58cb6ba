import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** What a venue reads of its load, holders' ratings, and the nights in which the ledgers were recounted. */
export const goodwill: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createIndex('redemption_venue')
    .on('redemption')
    .columns(['venue_id', 'recorded_at'])
    .execute();
  await db.schema.createIndex('turn_away_venue').on('turn_away').columns(['venue_id', 'at']).execute();

  await db.schema
    .createTable('rating')
    .addColumn('redemption_id', text, (c) => c.primaryKey().notNull().references('redemption.id'))
    .addColumn('rated_at', text, (c) => c.notNull())
    .addColumn('changed_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createTable('rating_answer')
    .addColumn('redemption_id', text, (c) => c.notNull().references('rating.redemption_id'))
    .addColumn('category', text, (c) => c.notNull())
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('stars', integer, (c) => c.check(sql`stars between 0 and 5`))
    .addColumn('shown', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('rating_answer_pk', ['redemption_id', 'category'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('rating_answer_venue')
    .on('rating_answer')
    .columns(['venue_id', 'category', 'shown'])
    .execute();
  await db.schema
    .createTable('rating_average')
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('category', text, (c) => c.notNull())
    .addColumn('answers', integer, (c) => c.notNull())
    .addColumn('stars', integer, (c) => c.notNull())
    .addColumn('version', integer, (c) => c.notNull())
    .addColumn('as_of', text)
    .addPrimaryKeyConstraint('rating_average_pk', ['venue_id', 'category'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('ledger_audit')
    .addColumn('day', text, (c) => c.primaryKey().notNull())
    .addColumn('started_at', text, (c) => c.notNull())
    .addColumn('finished_at', text)
    .addColumn('performances', integer, (c) => c.notNull())
    .addColumn('entries', integer, (c) => c.notNull())
    .addColumn('faults', integer, (c) => c.notNull())
    .addColumn('head', text)
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createTable('ledger_audit_fault')
    .addColumn('day', text, (c) => c.notNull().references('ledger_audit.day'))
    .addColumn('place', integer, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('subject_id', text, (c) => c.notNull())
    .addColumn('venue_id', text)
    .addColumn('code', text, (c) => c.notNull())
    .addColumn('facts', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('ledger_audit_fault_pk', ['day', 'place'])
    .modifyEnd(strict)
    .execute();
};
