import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Few cards are ever merged: the others need no place in this index, and no work when they are first used. */
export const mergedCardsOnly: MigrationStep = async (db) => {
  await db.schema.dropIndex('card_identity_merged').execute();
  await db.schema
    .createIndex('card_identity_merged')
    .on('card_identity')
    .column('merged_into')
    .where(sql`merged_into`, 'is not', null)
    .execute();
};
