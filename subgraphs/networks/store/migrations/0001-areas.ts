import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/**
 * Regions, wellbeing services counties, networks and municipalities. Their ids are made of their printed names, so the primary
 * key is the only unique index: with a second one, `on conflict (id)` fails when two processes load at once.
 */
export const areas: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('region')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('printed_as', columns.text, (c) => c.notNull())
    .addColumn('kind', columns.text, (c) =>
      c.notNull().check(sql`kind in ('REGION', 'WELLBEING_SERVICES_COUNTY', 'ABROAD')`),
    )
    .addColumn('name_fi', columns.text)
    .addColumn('name_sv', columns.text)
    .addColumn('name_en', columns.text)
    .addColumn('name_key', columns.text, (c) => c.notNull())
    .addColumn('official_region_id', columns.text)
    .addColumn('basis', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('wellbeing_services_county')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('name_fi', columns.text)
    .addColumn('name_sv', columns.text)
    .addColumn('name_en', columns.text)
    .addColumn('name_key', columns.text, (c) => c.notNull())
    .addColumn('inferred', columns.integer, (c) => c.notNull().check(sql`inferred in (0, 1)`))
    .addColumn('basis', columns.text, (c) => c.notNull())
    .addColumn('source', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('network')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('key', columns.text, (c) => c.notNull())
    .addColumn('name_fi', columns.text)
    .addColumn('name_sv', columns.text)
    .addColumn('name_en', columns.text)
    .addColumn('name_key', columns.text, (c) => c.notNull())
    .addColumn('search_key', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('municipality')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('name_fi', columns.text)
    .addColumn('name_sv', columns.text)
    .addColumn('name_en', columns.text)
    .addColumn('name_key', columns.text, (c) => c.notNull())
    .addColumn('search_key', columns.text, (c) => c.notNull())
    .addColumn('status', columns.text, (c) =>
      c.notNull().check(sql`status in ('IN_USE', 'PILOT', 'PILOT_OR_COMING', 'INTERESTED')`),
    )
    .addColumn('status_as_of', columns.text, (c) => c.notNull())
    .addColumn('country', columns.text, (c) => c.notNull())
    .addColumn('region_id', columns.text, (c) => c.notNull().references('region.id'))
    .addColumn('wellbeing_services_county_id', columns.text, (c) =>
      c.references('wellbeing_services_county.id'),
    )
    .addColumn('network_id', columns.text, (c) => c.notNull().references('network.id'))
    .addColumn('note', columns.text)
    .addColumn('source', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('municipality_network')
    .on('municipality')
    .columns(['network_id', 'name_key'])
    .execute();
};
