import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** One cap over several performances: the caps, their history, and which counters are under one. */
export const pools: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('cap_pool')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('offering_id', text, (c) => c.references('offering.id'))
    .addColumn('cap', integer, (c) => c.notNull().check(sql`cap >= 0`))
    .addColumn('label_fi', text)
    .addColumn('label_sv', text)
    .addColumn('label_en', text)
    .addColumn('version', integer, (c) => c.notNull())
    .addColumn('sequence', integer, (c) => c.notNull())
    .addColumn('head_hash', text, (c) => c.notNull())
    .addColumn('changed_at', text, (c) => c.notNull())
    .addColumn('removed_at', text)
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('cap_pool_venue').on('cap_pool').columns(['venue_id', 'id']).execute();
  // An offering has one shared cap at a time.
  await db.schema
    .createIndex('cap_pool_offering')
    .unique()
    .on('cap_pool')
    .column('offering_id')
    .where(sql`removed_at`, 'is', null)
    .execute();

  await db.schema
    .createTable('pool_change')
    .addColumn('pool_id', text, (c) => c.notNull().references('cap_pool.id'))
    .addColumn('sequence', integer, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('cap', integer, (c) => c.notNull())
    .addColumn('performance_ids', text, (c) => c.notNull())
    .addColumn('taken', integer, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('previous_hash', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('pool_change_pk', ['pool_id', 'sequence'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .alterTable('cap_counter')
    .addColumn('pool_id', text, (c) => c.references('cap_pool.id'))
    .execute();
  await db.schema
    .createIndex('cap_counter_pool')
    .on('cap_counter')
    .column('pool_id')
    .where(sql`pool_id`, 'is not', null)
    .execute();
  await db.schema
    .alterTable('turn_away')
    .addColumn('shared', integer, (c) => c.notNull().defaultTo(0))
    .execute();
};
