import { sql } from 'kysely';
import type { MigrationStep } from '../../../platform/database/index.ts';

/** Phones that show a card, the codes that add them, where they were shown, and the misses at doors. */
export const phones: MigrationStep = async (db, columns) => {
  await db.schema
    .createTable('phone')
    .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('card_id', columns.text)
    .addColumn('key_id', columns.text, (c) => c.notNull().unique())
    .addColumn('algorithm', columns.text, (c) => c.notNull().check(sql`algorithm in ('ED25519', 'ES256')`))
    .addColumn('public_key', columns.text, (c) => c.notNull())
    .addColumn('enrolled_at', columns.text, (c) => c.notNull())
    .addColumn('revoked_at', columns.text)
    .addColumn('changed_at', columns.text, (c) => c.notNull())
    .addCheckConstraint('phone_has_card', sql`card_id is not null or revoked_at is not null`)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('phone_card').on('phone').column('card_id').execute();
  await db.schema.createIndex('phone_changed').on('phone').column('changed_at').execute();

  await db.schema
    .createTable('phone_code')
    .addColumn('digest', columns.text, (c) => c.primaryKey().notNull())
    .addColumn('card_id', columns.text, (c) => c.notNull())
    .addColumn('created_at', columns.text, (c) => c.notNull())
    .addColumn('expires_at', columns.text, (c) => c.notNull())
    .addColumn('used_at', columns.text)
    .addColumn('phone_id', columns.text)
    .modifyEnd(columns.strict)
    .execute();
  await db.schema
    .createIndex('phone_code_card')
    .on('phone_code')
    .columns(['card_id', 'created_at'])
    .execute();

  await db.schema
    .createTable('phone_shown')
    .addColumn('key_id', columns.text, (c) => c.notNull())
    .addColumn('place', columns.integer, (c) => c.notNull().check(sql`place between 0 and 3`))
    .addColumn('slot', columns.bigint, (c) => c.notNull())
    .addColumn('venue_id', columns.text, (c) => c.notNull())
    .addPrimaryKeyConstraint('phone_shown_key', ['key_id', 'place'])
    .modifyEnd(columns.strict)
    .execute();

  await db.schema
    .createTable('attempt')
    .addColumn('scope', columns.text, (c) => c.notNull().check(sql`scope in ('PERSON', 'VENUE')`))
    .addColumn('key', columns.text, (c) => c.notNull())
    .addColumn('venue_id', columns.text, (c) => c.notNull())
    .addColumn('since', columns.text, (c) => c.notNull())
    .addColumn('misses', columns.integer, (c) => c.notNull().check(sql`misses > 0`))
    .addColumn('locked_until', columns.text)
    .addPrimaryKeyConstraint('attempt_key', ['scope', 'key'])
    .modifyEnd(columns.strict)
    .execute();
  await db.schema.createIndex('attempt_venue').on('attempt').column('venue_id').execute();
};
