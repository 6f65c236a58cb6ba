import type { MigrationStep } from '../../../platform/database/index.ts';

/** Which registration of a card now stands for which: two were one holder's, and cards has merged them. */
export const mergedCards: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('card_identity')
    .addColumn('card_id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('merged_into', columns.text)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('card_identity_merged').on('card_identity').column('merged_into').execute();
};
