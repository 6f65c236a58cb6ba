import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Rules, and the figures that documents print. */
export const rulesAndFigures: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('rule')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('key', columns.text, (c) => c.notNull())
    .addColumn('scope', columns.text, (c) =>
      c.notNull().check(sql`scope in ('NATION', 'REGION', 'NETWORK', 'VENUE')`),
    )
    .addColumn('scope_id', columns.text)
    .addColumn('network_id', columns.text, (c) => c.references('network.id'))
    .addColumn('scope_name', columns.text, (c) => c.notNull())
    .addColumn('statement', columns.text, (c) => c.notNull())
    .addColumn('value', columns.text)
    .addColumn('status', columns.text, (c) =>
      c.notNull().check(sql`status in ('DRAFT', 'IN_FORCE', 'SUPERSEDED', 'DISPUTED')`),
    )
    .addColumn('valid_from', columns.text)
    .addColumn('valid_to', columns.text)
    .addColumn('stated_when', columns.text)
    .addColumn('source', columns.text, (c) => c.notNull())
    .addCheckConstraint('rule_scope_is_whole', sql`(scope = 'NATION') = (scope_id is null)`)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('rule_key').on('rule').columns(['key', 'id']).execute();

  await db.schema
    .createTable('published_figure')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('metric', columns.text, (c) => c.notNull())
    .addColumn('scope', columns.text, (c) => c.notNull())
    .addColumn('partner_id', columns.text, (c) => c.references('partner.id'))
    .addColumn('period', columns.text)
    .addColumn('value', columns.text, (c) => c.notNull())
    .addColumn('unit', columns.text, (c) => c.notNull())
    .addColumn('precision', columns.text)
    .addColumn('as_of', columns.text)
    .addColumn('note', columns.text)
    .addColumn('source', columns.text, (c) => c.notNull())
    .addColumn('position', columns.integer, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('published_figure_order')
    .on('published_figure')
    .columns(['position', 'id'])
    .execute();
};
