import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Uses without a performance: series passes with their ledger, visits, and fees that a card covers. */
export const passes: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('card_pass')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('offering_id', text, (c) => c.notNull().references('offering.id'))
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('visits', integer, (c) => c.notNull().check(sql`visits > 0`))
    .addColumn('used', integer, (c) => c.notNull().check(sql`used >= 0`))
    .addColumn('expires_on', text, (c) => c.notNull())
    .addColumn('sequence', integer, (c) => c.notNull())
    .addColumn('head_hash', text, (c) => c.notNull())
    .addColumn('granted_at', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addUniqueConstraint('card_pass_request', ['venue_id', 'request_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('card_pass_card').on('card_pass').columns(['card_id', 'offering_id']).execute();
  await db.schema
    .createTable('pass_entry')
    .addColumn('pass_id', text, (c) => c.notNull().references('card_pass.id'))
    .addColumn('sequence', integer, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('delta', integer, (c) => c.notNull())
    .addColumn('used', integer, (c) => c.notNull())
    .addColumn('visits', integer, (c) => c.notNull())
    .addColumn('expires_on', text, (c) => c.notNull())
    .addColumn('visit_id', text)
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('previous_hash', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('pass_entry_pk', ['pass_id', 'sequence'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('visit')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('offering_id', text, (c) => c.notNull().references('offering.id'))
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('pass_id', text, (c) => c.references('card_pass.id'))
    .addColumn('lines', text, (c) => c.notNull())
    .addColumn('tickets', integer, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('recorded_at', text, (c) => c.notNull())
    .addColumn('cancelled_at', text)
    .addColumn('request_id', text, (c) => c.notNull())
    .addUniqueConstraint('visit_request', ['venue_id', 'request_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('visit_card').on('visit').columns(['card_id', 'recorded_at']).execute();
  await db.schema
    .createIndex('visit_pass')
    .on('visit')
    .column('pass_id')
    .where(sql`pass_id`, 'is not', null)
    .execute();

  await db.schema
    .createTable('fee_use')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('offering_id', text, (c) => c.notNull().references('offering.id'))
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('fee_kind', text, (c) => c.notNull())
    .addColumn('cents', integer, (c) => c.notNull().check(sql`cents > 0`))
    .addColumn('covered_cents', integer, (c) => c.notNull().check(sql`covered_cents between 1 and cents`))
    .addColumn('year', integer, (c) => c.notNull())
    .addColumn('recorded_at', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addUniqueConstraint('fee_use_request', ['venue_id', 'request_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('fee_use_card').on('fee_use').columns(['card_id', 'recorded_at']).execute();
  await db.schema
    .createTable('fee_year')
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('offering_id', text, (c) => c.notNull().references('offering.id'))
    .addColumn('fee_kind', text, (c) => c.notNull())
    .addColumn('year', integer, (c) => c.notNull())
    .addColumn('covered_cents', integer, (c) => c.notNull().check(sql`covered_cents >= 0`))
    .addPrimaryKeyConstraint('fee_year_pk', ['card_id', 'offering_id', 'fee_kind', 'year'])
    .modifyEnd(strict)
    .execute();
};
