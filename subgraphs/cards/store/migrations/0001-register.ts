import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** The register itself: holders, cards, their codes, and in which years a card was used. */
export const register: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('holder')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('birth_year', columns.integer, (c) => c.notNull())
    .addColumn('postcode', columns.text, (c) => c.notNull())
    .addColumn('children', columns.integer, (c) => c.notNull().check(sql`children >= 0`))
    .addColumn('grandchildren', columns.integer, (c) => c.notNull().check(sql`grandchildren >= 0`))
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('card')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('kind', columns.text, (c) => c.notNull().check(sql`kind in ('PERSONAL', 'COMMUNITY')`))
    .addColumn('status', columns.text, (c) => c.notNull().check(sql`status in ('ACTIVE', 'SUSPENDED')`))
    .addColumn('issuer_id', columns.text, (c) => c.notNull())
    .addColumn('holder_id', columns.text, (c) => c.references('holder.id'))
    .addColumn('issued_on', columns.text, (c) => c.notNull())
    .addColumn('issued_year', columns.integer, (c) => c.notNull())
    .addColumn('valid_until', columns.text, (c) => c.notNull())
    .addColumn('registered_at', columns.text, (c) => c.notNull())
    .addColumn('status_changed_at', columns.text, (c) => c.notNull())
    .addCheckConstraint('card_holder', sql`(kind = 'PERSONAL') = (holder_id is not null)`)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('card_issued').on('card').columns(['issuer_id', 'issued_year']).execute();

  await db.schema
    .createTable('card_code')
    .addColumn('code', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('card_id', columns.text, (c) => c.notNull().references('card.id'))
    .addColumn('active', columns.integer, (c) => c.notNull().check(sql`active in (0, 1)`))
    .addColumn('given_at', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('card_code_in_use')
    .unique()
    .on('card_code')
    .column('card_id')
    .where(sql.ref('active'), '=', 1)
    .execute();

  await db.schema
    .createTable('card_year')
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('year', columns.integer, (c) => c.notNull())
    .addColumn('uses', columns.integer, (c) => c.notNull().check(sql`uses >= 0`))
    .addPrimaryKeyConstraint('card_year_key', ['card_id', 'year'])
    .modifyEnd(columns.strict)
    .execute();
};
