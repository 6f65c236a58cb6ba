import type { MigrationStep } from '../../../platform/database/index.ts';

/** Visits and fees by venue and moment, for its load. */
export const load: MigrationStep = async (db) => {
  await db.schema.createIndex('visit_venue').on('visit').columns(['venue_id', 'recorded_at']).execute();
  await db.schema.createIndex('fee_use_venue').on('fee_use').columns(['venue_id', 'recorded_at']).execute();
};
