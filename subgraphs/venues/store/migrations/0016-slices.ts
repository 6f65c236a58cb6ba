import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Slices of the cap that devices use without a network, and offline uses that could not become redemptions. */
export const slices: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('offline_slice')
    .addColumn('hold_id', text, (c) => c.primaryKey().notNull().references('hold.id'))
    .addColumn('performance_id', text, (c) => c.notNull())
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addColumn('device_id', text, (c) => c.notNull())
    .addUniqueConstraint('offline_slice_request', ['venue_id', 'request_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('offline_slice_device')
    .on('offline_slice')
    .columns(['performance_id', 'device_id'])
    .execute();

  await db.schema
    .createTable('offline_conflict')
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addColumn('fingerprint', text, (c) => c.notNull())
    .addColumn('hold_id', text, (c) => c.notNull().references('offline_slice.hold_id'))
    .addColumn('performance_id', text, (c) => c.notNull())
    .addColumn('tickets', integer, (c) => c.notNull().check(sql`tickets > 0`))
    .addColumn('used_at', text, (c) => c.notNull())
    .addColumn('uploaded_at', text, (c) => c.notNull())
    .addColumn('refusal', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('offline_conflict_key', ['venue_id', 'request_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('offline_conflict_performance')
    .on('offline_conflict')
    .columns(['performance_id', 'used_at'])
    .execute();
};
