import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/**
 * Issuers' standing cards by the month of their last day, as networks have them: what is valid now is then a few rows, however
 * many cards there are. The table is made anew, because SQLite cannot change a check.
 */
export const standingMonths: MigrationStep = async (db, columns) => {
  await db.schema.alterTable('standing').renameTo('standing_before').execute();
  await db.schema.dropIndex('standing_day').execute();
  await db.schema
    .createTable('standing')
    .addColumn('scope', columns.text, (c) =>
      c.notNull().check(sql`scope in ('ISSUER', 'NETWORK', 'NATION', 'NETWORK_MONTH', 'ISSUER_MONTH')`),
    )
    .addColumn('scope_id', columns.text, (c) => c.notNull())
    .addColumn('valid_until', columns.text, (c) => c.notNull())
    .addColumn('since', columns.text, (c) => c.notNull())
    .addColumn('used', columns.integer, (c) => c.notNull().check(sql`used in (0, 1)`))
    .addColumn('cards', columns.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('standing_rows_key', ['scope', 'scope_id', 'valid_until', 'since', 'used'])
    // The rows of one issuer lie side by side, so that its figures are one look, whatever else is in the file.
    .modifyEnd(columns.engine === 'sqlite' ? sql`strict, without rowid` : columns.strict)
    .execute();
  const names = sql`scope, scope_id, valid_until, since, used, cards`;
  await sql`insert into standing (${names}) select ${names} from standing_before`.execute(db);
  await sql`
    insert into standing (${names})
    select 'ISSUER_MONTH', scope_id, substr(valid_until, 1, 7), '', used, sum(cards) from standing_before
    where scope = 'ISSUER' group by scope_id, substr(valid_until, 1, 7), used having sum(cards) <> 0`.execute(
    db,
  );
  await db.schema.dropTable('standing_before').execute();
  await db.schema.createIndex('standing_day').on('standing').columns(['scope', 'valid_until']).execute();
};
