import { sql, type Kysely } from 'kysely';
import type { ColumnTypes } from '../../../platform/database/index.ts';

/** Venues, genres, offerings and performances. */
// oxlint-disable-next-line typescript/no-explicit-any
export async function venues(db: Kysely<any>, { text, integer, strict }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('venue')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('slug', text, (c) => c.notNull().unique())
    .addColumn('name_fi', text)
    .addColumn('name_sv', text)
    .addColumn('name_en', text)
    .addColumn('name_key', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('type', text, (c) => c.notNull())
    .addColumn('category', text, (c) => c.notNull())
    .addColumn('municipality_id', text)
    .addColumn('locality', text)
    .addColumn('network_id', text)
    .addColumn('partner_id', text)
    .addColumn('pop_up_period', text)
    .addColumn('aliases', text, (c) => c.notNull())
    .addColumn('source', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('venue_name').on('venue').columns(['name_key', 'id']).execute();
  await db.schema.createIndex('venue_municipality').on('venue').column('municipality_id').execute();
  await db.schema.createIndex('venue_partner').on('venue').column('partner_id').execute();

  await db.schema
    .createTable('genre')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('parent_id', text, (c) => c.references('genre.id'))
    .addColumn('key', text, (c) => c.notNull().unique())
    .addColumn('name_fi', text)
    .addColumn('name_sv', text)
    .addColumn('name_en', text)
    .addColumn('name_key', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('offering')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('title_fi', text)
    .addColumn('title_sv', text)
    .addColumn('title_en', text)
    .addColumn('title_key', text, (c) => c.notNull())
    .addColumn('description_fi', text)
    .addColumn('description_sv', text)
    .addColumn('description_en', text)
    .addColumn('published', integer, (c) => c.notNull().check(sql`published in (0, 1)`))
    .addColumn('demo', integer, (c) => c.notNull().check(sql`demo in (0, 1)`))
    .addColumn('once_per_production', integer, (c) => c.notNull().check(sql`once_per_production in (0, 1)`))
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('offering_title').on('offering').columns(['title_key', 'id']).execute();
  await db.schema
    .createIndex('offering_venue')
    .on('offering')
    .columns(['venue_id', 'title_key', 'id'])
    .execute();

  await db.schema
    .createTable('offering_genre')
    .addColumn('offering_id', text, (c) => c.notNull().references('offering.id'))
    .addColumn('genre_id', text, (c) => c.notNull().references('genre.id'))
    .addPrimaryKeyConstraint('offering_genre_pk', ['offering_id', 'genre_id'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('offering_genre_by_genre')
    .on('offering_genre')
    .columns(['genre_id', 'offering_id'])
    .execute();

  await db.schema
    .createTable('performance')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('offering_id', text, (c) => c.notNull().references('offering.id'))
    .addColumn('venue_id', text, (c) => c.notNull().references('venue.id'))
    .addColumn('starts_at', text, (c) => c.notNull())
    .addColumn('ends_at', text, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('tickets', integer, (c) => c.check(sql`tickets >= 0`))
    .addColumn('ticket_basis', text)
    .addColumn('redemption_window', text)
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('performance_start').on('performance').columns(['starts_at', 'id']).execute();
  await db.schema
    .createIndex('performance_venue')
    .on('performance')
    .columns(['venue_id', 'starts_at', 'id'])
    .execute();
  await db.schema
    .createIndex('performance_offering')
    .on('performance')
    .columns(['offering_id', 'starts_at', 'id'])
    .execute();
}
