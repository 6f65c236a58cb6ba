import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/**
 * Everything that a venue says of itself and of what it gives. In tables beside `venue` and `offering`: what has no row
 * there says nothing more than before.
 */
export const offerings: MigrationStep = async (db, { text, integer, strict }) => {
  await db.schema
    .createTable('venue_facts')
    .addColumn('venue_id', text, (c) => c.primaryKey().notNull().references('venue.id'))
    .addColumn('pop_up_from', text)
    .addColumn('pop_up_to', text)
    .addColumn('more_categories', text, (c) => c.notNull())
    .addColumn('street_address', text)
    .addColumn('postcode', text)
    .addColumn('latitude_e6', integer, (c) => c.check(sql`latitude_e6 between -90000000 and 90000000`))
    .addColumn('longitude_e6', integer, (c) => c.check(sql`longitude_e6 between -180000000 and 180000000`))
    .addColumn('organisation_email', text)
    .addColumn('organisation_phone', text)
    .addColumn('website', text)
    .addColumn('description_fi', text)
    .addColumn('description_sv', text)
    .addColumn('description_en', text)
    .addColumn('accessibility', text, (c) => c.notNull())
    .addColumn('changed_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('partner_year_copy')
    .addColumn('partner_id', text, (c) => c.notNull())
    .addColumn('year', integer, (c) => c.notNull())
    .addColumn('network_id', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('partner_year_copy_pk', ['partner_id', 'year'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('offering_facts')
    .addColumn('offering_id', text, (c) => c.primaryKey().notNull().references('offering.id'))
    .addColumn('age_from', integer, (c) => c.check(sql`age_from >= 0`))
    .addColumn('age_to', integer, (c) => c.check(sql`age_to >= age_from`))
    .addColumn('languages', text, (c) => c.notNull())
    .addColumn('images', text, (c) => c.notNull())
    .addColumn('terms', text, (c) => c.notNull())
    .addColumn('first_published_at', text)
    .addColumn('created_from', text)
    .addColumn('changed_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('imported')
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('external_key', text, (c) => c.notNull())
    .addColumn('target_id', text, (c) => c.notNull())
    .addColumn('facts', text, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('imported_pk', ['venue_id', 'kind', 'external_key'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('import_part')
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('upload_id', text, (c) => c.notNull())
    .addColumn('part', integer, (c) => c.notNull())
    .addColumn('parts', integer, (c) => c.notNull())
    .addColumn('text', text, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('import_part_pk', ['venue_id', 'upload_id', 'part'])
    .modifyEnd(strict)
    .execute();
};
