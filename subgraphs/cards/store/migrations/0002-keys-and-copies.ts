import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** What presentations are signed with, and the copies of networks' rules and issuers that cards decide by. */
export const keysAndCopies: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('signing_key')
    .addColumn('kid', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('private_key', columns.text, (c) => c.notNull())
    .addColumn('public_key', columns.text, (c) => c.notNull())
    .addColumn('created_at', columns.text, (c) => c.notNull())
    .addColumn('signs_from', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('rule')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('key', columns.text, (c) => c.notNull())
    .addColumn('scope', columns.text, (c) => c.notNull())
    .addColumn('scope_id', columns.text)
    .addColumn('value', columns.text)
    .addColumn('status', columns.text, (c) => c.notNull())
    .addColumn('valid_from', columns.text)
    .addColumn('valid_to', columns.text)
    .addColumn('source', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('rule_key').on('rule').column('key').execute();

  await db.schema
    .createTable('issuer')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('municipality_id', columns.text)
    .addColumn('network_id', columns.text)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createTable('issuer_year')
    .addColumn('issuer_id', columns.text, (c) => c.notNull().references('issuer.id'))
    .addColumn('year', columns.integer, (c) => c.notNull())
    .addColumn('assumed', columns.integer, (c) => c.notNull().check(sql`assumed in (0, 1)`))
    .addPrimaryKeyConstraint('issuer_year_key', ['issuer_id', 'year'])
    .modifyEnd(columns.strict)
    .execute();
};
