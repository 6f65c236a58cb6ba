import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** The read log, holder accounts with their addresses apart, one-time codes, and mail that waits. */
export const privacy: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('read_log')
    .addColumn('seq', columns.sequence, (c) =>
      columns.engine === 'sqlite' ? c.notNull().primaryKey().autoIncrement() : c.primaryKey(),
    )
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('actor_role', columns.text, (c) => c.notNull())
    .addColumn('organisation_id', columns.text)
    .addColumn('purpose', columns.text, (c) => c.notNull())
    .addColumn('fields', columns.text, (c) => c.notNull())
    .addColumn('request_id', columns.text, (c) => c.notNull())
    .addColumn('at', columns.text, (c) => c.notNull())
    .addColumn('position', columns.bigint, (c) => c.unique())
    .addColumn('hash', columns.text)
    .addCheckConstraint('read_log_chained', sql`(position is null) = (hash is null)`)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('read_log_card').on('read_log').columns(['card_id', 'seq']).execute();
  await db.schema
    .createIndex('read_log_unchained')
    .on('read_log')
    .column('seq')
    .where(sql.ref('position'), 'is', null)
    .execute();

  await db.schema
    .createTable('holder_account')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('created_at', columns.text, (c) => c.notNull())
    .addColumn('confirmed_at', columns.text)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('holder_account_card').on('holder_account').column('card_id').execute();
  await db.schema
    .createIndex('holder_account_confirmed')
    .unique()
    .on('holder_account')
    .column('card_id')
    .where(sql.ref('confirmed_at'), 'is not', null)
    .execute();
  // No foreign key to the account: the two stores may one day be two databases.
  await db.schema
    .createTable('holder_contact')
    .addColumn('account_id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('email', columns.text, (c) => c.notNull())
    .addColumn('email_digest', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('holder_contact_digest').on('holder_contact').column('email_digest').execute();

  await db.schema
    .createTable('one_time_code')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('kind', columns.text, (c) =>
      c.notNull().check(sql`kind in ('CONFIRM_ACCOUNT', 'HOLDER_CODE')`),
    )
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('account_id', columns.text)
    .addColumn('digest', columns.text, (c) => c.notNull())
    .addColumn('created_at', columns.text, (c) => c.notNull())
    .addColumn('expires_at', columns.text, (c) => c.notNull())
    .addColumn('used_at', columns.text)
    .addColumn('misses', columns.integer, (c) => c.notNull().defaultTo(0))
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('one_time_code_card')
    .on('one_time_code')
    .columns(['card_id', 'kind'])
    .execute();
  await db.schema.createIndex('one_time_code_digest').on('one_time_code').column('digest').execute();
  await db.schema.createIndex('one_time_code_expiry').on('one_time_code').column('expires_at').execute();

  await db.schema
    .createTable('outgoing_mail')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('account_id', columns.text, (c) => c.notNull())
    .addColumn('kind', columns.text, (c) => c.notNull())
    .addColumn('sealed', columns.text, (c) => c.notNull())
    .addColumn('created_at', columns.text, (c) => c.notNull())
    .addColumn('expires_at', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('outgoing_mail_account')
    .on('outgoing_mail')
    .columns(['account_id', 'created_at'])
    .execute();
  await db.schema
    .createTable('retention_run')
    .addColumn('day', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('started_at', columns.text, (c) => c.notNull())
    .addColumn('finished_at', columns.text)
    .addColumn('report', columns.text, (c) => c.notNull())
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('outgoing_mail_expiry').on('outgoing_mail').column('expires_at').execute();
};
