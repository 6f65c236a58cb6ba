import type { MigrationStep } from '../../../platform/database/index.ts';

/** A pass that was given by mistake can be taken back. */
export const passesUndone: MigrationStep = async (db, { text }) => {
  await db.schema
    .alterTable('card_pass')
    .addColumn('status', text, (c) => c.notNull().defaultTo('VALID'))
    .execute();
  await db.schema.alterTable('card_pass').addColumn('cancelled_at', text).execute();
};
