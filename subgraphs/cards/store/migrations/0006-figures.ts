import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

const names = sql`figure in ('ISSUED', 'RENEWED', 'TAKEN_INTO_USE', 'EVER_USED', 'MERGED')`;

/** Counters that only cards can keep, and the wellbeing answers, which stand apart from every card. */
export const figures: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('issuer_figure')
    .addColumn('issuer_id', columns.text, (c) => c.notNull())
    .addColumn('network_id', columns.text, (c) => c.notNull())
    .addColumn('month', columns.text, (c) => c.notNull())
    .addColumn('figure', columns.text, (c) => c.notNull().check(names))
    .addColumn('value', columns.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('issuer_figure_key', ['issuer_id', 'month', 'figure', 'network_id'])
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('issuer_figure_network')
    .on('issuer_figure')
    .columns(['network_id', 'month'])
    .execute();

  await db.schema
    .createTable('network_figure')
    .addColumn('network_id', columns.text, (c) => c.notNull())
    .addColumn('month', columns.text, (c) => c.notNull())
    .addColumn('figure', columns.text, (c) => c.notNull().check(names))
    .addColumn('value', columns.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('network_figure_key', ['month', 'figure', 'network_id'])
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('standing')
    .addColumn('scope', columns.text, (c) =>
      c.notNull().check(sql`scope in ('ISSUER', 'NETWORK', 'NATION', 'NETWORK_MONTH')`),
    )
    .addColumn('scope_id', columns.text, (c) => c.notNull())
    .addColumn('valid_until', columns.text, (c) => c.notNull())
    .addColumn('since', columns.text, (c) => c.notNull())
    .addColumn('used', columns.integer, (c) => c.notNull().check(sql`used in (0, 1)`))
    .addColumn('cards', columns.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('standing_key', ['scope', 'scope_id', 'valid_until', 'since', 'used'])
    .modifyEnd(columns.strict)
    .execute();

  await db.schema.createIndex('standing_day').on('standing').columns(['scope', 'valid_until']).execute();

  await db.schema
    .createTable('card_month')
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('month', columns.text, (c) => c.notNull())
    .addColumn('uses', columns.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('card_month_key', ['card_id', 'month'])
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createTable('card_booking')
    .addColumn('card_id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('cells', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('wellbeing_first')
    .addColumn('pseudonym', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('satisfaction', columns.integer, (c) => c.notNull().check(sql`satisfaction between 0 and 10`))
    .addColumn('year', columns.integer, (c) => c.notNull())
    // Without a row number the order of the rows says nothing about the order of the answers.
    .modifyEnd(columns.engine === 'sqlite' ? sql`strict, without rowid` : columns.strict)
    .execute();
  await db.schema
    .createTable('wellbeing_pool')
    .addColumn('network_id', columns.text, (c) => c.notNull())
    .addColumn('year', columns.integer, (c) => c.notNull())
    .addColumn('measure', columns.text, (c) =>
      c.notNull().check(sql`measure in ('FIRST', 'RENEWAL', 'CHANGE', 'INCREASED')`),
    )
    .addColumn('value', columns.integer, (c) => c.notNull().check(sql`value between -10 and 10`))
    .addColumn('waiting', columns.integer, (c) => c.notNull().check(sql`waiting >= 0`))
    .addColumn('released', columns.integer, (c) => c.notNull().check(sql`released >= 0`))
    .addPrimaryKeyConstraint('wellbeing_pool_key', ['year', 'network_id', 'measure', 'value'])
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createTable('wellbeing_tally')
    .addColumn('network_id', columns.text, (c) => c.notNull())
    .addColumn('year', columns.integer, (c) => c.notNull())
    .addColumn('occasion', columns.text, (c) => c.notNull().check(sql`occasion in ('ISSUE', 'RENEWAL')`))
    .addColumn('answered', columns.integer, (c) => c.notNull())
    .addColumn('declined', columns.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('wellbeing_tally_key', ['year', 'network_id', 'occasion'])
    .modifyEnd(columns.strict)
    .execute();

  await countWhatIsThere(db);
};

/** Cards of before. Their uses come again from the log of venues, which the consumer reads from its beginning. */
async function countWhatIsThere(db: Parameters<MigrationStep>[0]): Promise<void> {
  await sql`
    insert into issuer_figure (issuer_id, network_id, month, figure, value)
    select card.issuer_id, coalesce(issuer.network_id, ''), substr(card.issued_on, 1, 7), 'ISSUED', count(*)
    from card left join issuer on issuer.id = card.issuer_id
    group by 1, 2, 3`.execute(db);
  await sql`
    insert into network_figure (network_id, month, figure, value)
    select network_id, month, figure, sum(value) from issuer_figure group by 1, 2, 3`.execute(db);
  await sql`delete from card_year`.execute(db);
  await sql`update card set uses = 0`.execute(db);
  await sql`delete from consumer_cursor where consumer = 'cards.venues'`.execute(db);
}
