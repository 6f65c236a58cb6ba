import type { MigrationStep } from '../../../platform/database/index.ts';

/** A fee that was recorded by mistake can be taken back. */
export const feesUndone: MigrationStep = async (db, { text }) => {
  await db.schema
    .alterTable('fee_use')
    .addColumn('status', text, (c) => c.notNull().defaultTo('VALID'))
    .execute();
  await db.schema.alterTable('fee_use').addColumn('cancelled_at', text).execute();
};
