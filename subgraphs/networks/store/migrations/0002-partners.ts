import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Partners with their years and the other printings of their names. */
export const partners: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('partner')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('role', columns.text, (c) => c.notNull().check(sql`role in ('ISSUER', 'VENUE')`))
    .addColumn('name', columns.text, (c) => c.notNull())
    .addColumn('name_key', columns.text, (c) => c.notNull())
    .addColumn('search_key', columns.text, (c) => c.notNull())
    .addColumn('organisation', columns.text)
    .addColumn('unit', columns.text)
    .addColumn('kind', columns.text)
    .addColumn('municipality_id', columns.text, (c) => c.notNull().references('municipality.id'))
    .addColumn('network_id', columns.text, (c) => c.notNull().references('network.id'))
    .addColumn('source', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('partner_name').on('partner').columns(['name_key', 'id']).execute();
  await db.schema
    .createIndex('partner_municipality')
    .on('partner')
    .columns(['municipality_id', 'name_key', 'id'])
    .execute();
  await db.schema
    .createIndex('partner_network')
    .on('partner')
    .columns(['network_id', 'name_key', 'id'])
    .execute();

  await db.schema
    .createTable('partner_year')
    .addColumn('partner_id', columns.text, (c) => c.notNull().references('partner.id'))
    .addColumn('year', columns.integer, (c) => c.notNull())
    .addColumn('source', columns.text, (c) => c.notNull())
    .addPrimaryKeyConstraint('partner_year_key', ['partner_id', 'year'])
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('partner_alias')
    .addColumn('partner_id', columns.text, (c) => c.notNull().references('partner.id'))
    .addColumn('printed_as', columns.text, (c) => c.notNull())
    .addColumn('inferred', columns.integer, (c) => c.notNull().check(sql`inferred in (0, 1)`))
    .addColumn('basis', columns.text, (c) => c.notNull())
    .addColumn('source', columns.text, (c) => c.notNull())
    .addPrimaryKeyConstraint('partner_alias_key', ['partner_id', 'printed_as'])
    .modifyEnd(columns.strict)
    .execute();
};
