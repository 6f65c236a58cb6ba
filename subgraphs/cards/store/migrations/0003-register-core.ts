import { sql, type Kysely } from 'kysely';
import type { ColumnTypes, MigrationStep } from '../../../platform/database/index.ts';

/** What an issuing unit works with all day: history, changes, printed batches, idempotency keys, merged registrations. */
export const registerCore: MigrationStep = async (db, columns) => {
  await rebuildCards(db, columns);
  await db.schema
    .alterTable('holder')
    .addColumn('background', columns.text, (c) => c.notNull().defaultTo(''))
    .execute();
  await addHistory(db, columns);
  await addBatches(db, columns);
  await db.schema
    .createTable('card_request')
    .addColumn('scope', columns.text, (c) => c.notNull())
    .addColumn('request_id', columns.text, (c) => c.notNull())
    .addColumn('fingerprint', columns.text, (c) => c.notNull())
    .addColumn('answer', columns.text, (c) => c.notNull())
    .addColumn('at', columns.text, (c) => c.notNull())
    .addPrimaryKeyConstraint('card_request_key', ['scope', 'request_id'])
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('card_request_at').on('card_request').column('at').execute();
  await db.schema
    .createTable('community_use')
    .addColumn('card_id', columns.text, (c) => c.notNull().references('card.id'))
    .addColumn('month', columns.text, (c) => c.notNull())
    .addColumn('used_by', columns.text, (c) =>
      c.notNull().check(sql`used_by in ('WORKER', 'VOLUNTEER', 'STUDENT')`),
    )
    .addColumn('uses', columns.integer, (c) => c.notNull().check(sql`uses > 0`))
    .addPrimaryKeyConstraint('community_use_key', ['card_id', 'month', 'used_by'])
    .modifyEnd(columns.strict)
    .execute();
};

/** SQLite cannot change a check: the table and the one that points at it are made anew and filled from the old ones. */
// oxlint-disable-next-line typescript/no-explicit-any -- as in MigrationStep
async function rebuildCards(db: Kysely<any>, { text, integer, strict }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('card_next')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('kind', text, (c) => c.notNull().check(sql`kind in ('PERSONAL', 'COMMUNITY')`))
    .addColumn('status', text, (c) => c.notNull().check(sql`status in ('ACTIVE', 'SUSPENDED', 'MERGED')`))
    .addColumn('status_reason', text)
    .addColumn('issuer_id', text, (c) => c.notNull())
    .addColumn('holder_id', text, (c) => c.references('holder.id'))
    .addColumn('issued_on', text, (c) => c.notNull())
    .addColumn('issued_year', integer, (c) => c.notNull())
    .addColumn('valid_until', text, (c) => c.notNull())
    .addColumn('registered_at', text, (c) => c.notNull())
    .addColumn('status_changed_at', text, (c) => c.notNull())
    .addColumn('merged_into', text)
    .addColumn('uses', integer, (c) => c.notNull().check(sql`uses >= 0`))
    // A personal card without a holder: merged into another, or unlinked after its time.
    .addCheckConstraint('card_next_holder', sql`kind = 'PERSONAL' or holder_id is null`)
    .addCheckConstraint('card_next_merged', sql`(status = 'MERGED') = (merged_into is not null)`)
    .modifyEnd(strict)
    .execute();
  await sql`
    insert into card_next (id, kind, status, status_reason, issuer_id, holder_id, issued_on, issued_year, valid_until,
      registered_at, status_changed_at, merged_into, uses)
    select id, kind, status, null, issuer_id, holder_id, issued_on, issued_year, valid_until, registered_at,
      status_changed_at, null, coalesce((select sum(uses) from card_year where card_year.card_id = card.id), 0)
    from card`.execute(db);
  await db.schema
    .createTable('card_code_next')
    .addColumn('code', text, (c) => c.primaryKey().notNull())
    .addColumn('card_id', text, (c) => c.notNull().references('card_next.id'))
    .addColumn('active', integer, (c) => c.notNull().check(sql`active in (0, 1)`))
    .addColumn('given_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await sql`insert into card_code_next (code, card_id, active, given_at)
    select code, card_id, active, given_at from card_code`.execute(db);

  await db.schema.dropTable('card_code').execute();
  await db.schema.dropTable('card').execute();
  await db.schema.alterTable('card_next').renameTo('card').execute();
  await db.schema.alterTable('card_code_next').renameTo('card_code').execute();

  const index = (name: string, of: string[]): Promise<void> =>
    db.schema.createIndex(name).on('card').columns(of).execute();
  await index('card_issued', ['issuer_id', 'issued_year']);
  // An issuer's lists: all by the last day, and those that nobody has used or that are out of use.
  await index('card_of_issuer', ['issuer_id', 'status', 'valid_until', 'id']);
  await index('card_of_issuer_by_end', ['issuer_id', 'valid_until', 'id']);
  await index('card_unused', ['issuer_id', 'uses', 'status', 'valid_until', 'id']);
  await index('card_merged_into', ['merged_into']);
  await index('card_holder', ['holder_id']);
  await db.schema.createIndex('card_code_of_card').on('card_code').column('card_id').execute();
  await db.schema
    .createIndex('card_code_in_use')
    .unique()
    .on('card_code')
    .column('card_id')
    .where(sql.ref('active'), '=', 1)
    .execute();
}

// oxlint-disable-next-line typescript/no-explicit-any -- as in MigrationStep
async function addHistory(db: Kysely<any>, { text, integer, strict }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('card_period')
    .addColumn('card_id', text, (c) => c.notNull().references('card.id'))
    .addColumn('seq', integer, (c) => c.notNull())
    .addColumn('event', text, (c) => c.notNull().check(sql`event in ('ISSUED', 'RENEWED')`))
    .addColumn('issuer_id', text, (c) => c.notNull())
    .addColumn('handed_on', text, (c) => c.notNull())
    .addColumn('entered_at', text, (c) => c.notNull())
    .addColumn('valid_from', text, (c) => c.notNull())
    .addColumn('valid_until', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('card_period_key', ['card_id', 'seq'])
    .modifyEnd(strict)
    .execute();
  await sql`
    insert into card_period (card_id, seq, event, issuer_id, handed_on, entered_at, valid_from, valid_until)
    select id, 1, 'ISSUED', issuer_id, issued_on, registered_at, issued_on, valid_until from card`.execute(
    db,
  );
  await db.schema
    .createTable('card_change')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('card_id', text, (c) => c.notNull().references('card.id'))
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('fields', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('card_change_card')
    .on('card_change')
    .columns(['card_id', 'at', 'id'])
    .execute();
}

// oxlint-disable-next-line typescript/no-explicit-any -- as in MigrationStep
async function addBatches(db: Kysely<any>, { text, integer, strict }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('card_batch')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('issuer_id', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('count', integer, (c) => c.notNull().check(sql`count > 0`))
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('card_batch_issuer')
    .on('card_batch')
    .columns(['issuer_id', 'created_at', 'id'])
    .execute();
  await db.schema
    .createTable('card_batch_code')
    .addColumn('code', text, (c) => c.primaryKey().notNull())
    .addColumn('batch_id', text, (c) => c.notNull().references('card_batch.id'))
    .addColumn('place', integer, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('card_batch_code_place')
    .unique()
    .on('card_batch_code')
    .columns(['batch_id', 'place'])
    .execute();
}
