import { sql, type Kysely } from 'kysely';
import type { ColumnTypes } from '../../../platform/database/index.ts';

/** Caps and their ledger, redemptions, turn-aways, idempotency keys, and the copies of other subgraphs' facts. */
// oxlint-disable-next-line typescript/no-explicit-any
export async function redemptions(db: Kysely<any>, { text, integer, strict }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('cap_counter')
    .addColumn('performance_id', text, (c) => c.primaryKey().references('performance.id'))
    .addColumn('cap', integer, (c) => c.check(sql`cap >= 0`))
    .addColumn('used', integer, (c) => c.notNull().check(sql`used >= 0`))
    .addColumn('sequence', integer, (c) => c.notNull())
    .addColumn('head_hash', text, (c) => c.notNull())
    .addColumn('changed_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('ledger')
    .addColumn('performance_id', text, (c) => c.notNull().references('performance.id'))
    .addColumn('sequence', integer, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('delta', integer, (c) => c.notNull())
    .addColumn('used', integer, (c) => c.notNull())
    .addColumn('cap', integer)
    .addColumn('redemption_id', text)
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('previous_hash', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('ledger_pk', ['performance_id', 'sequence'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('redemption')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('card_id', text, (c) => c.notNull())
    .addColumn('card_kind', text, (c) => c.notNull())
    .addColumn('performance_id', text, (c) => c.notNull().references('performance.id'))
    .addColumn('offering_id', text, (c) => c.notNull())
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('seen_key', text, (c) => c.unique())
    .addColumn('tickets', integer, (c) => c.notNull().check(sql`tickets > 0`))
    .addColumn('counted', integer, (c) => c.notNull().check(sql`counted >= 0`))
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('recorded_at', text, (c) => c.notNull())
    .addColumn('cancelled_at', text)
    .addColumn('cancelled_by', text)
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('redemption_performance').on('redemption').column('performance_id').execute();
  await db.schema
    .createIndex('redemption_card')
    .on('redemption')
    .columns(['card_id', 'recorded_at', 'id'])
    .execute();

  await db.schema
    .createTable('redemption_line')
    .addColumn('redemption_id', text, (c) => c.notNull().references('redemption.id'))
    .addColumn('type', text, (c) => c.notNull())
    .addColumn('count', integer, (c) => c.notNull().check(sql`count > 0`))
    .addPrimaryKeyConstraint('redemption_line_pk', ['redemption_id', 'type'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('turn_away')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('performance_id', text, (c) => c.notNull().references('performance.id'))
    .addColumn('venue_id', text, (c) => c.notNull())
    .addColumn('wanted', integer, (c) => c.notNull())
    .addColumn('cap', integer, (c) => c.notNull())
    .addColumn('used', integer, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('turn_away_performance').on('turn_away').column('performance_id').execute();

  await db.schema
    .createTable('request')
    .addColumn('scope', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .addColumn('fingerprint', text, (c) => c.notNull())
    .addColumn('redemption_id', text)
    .addColumn('turn_away_id', text)
    .addColumn('at', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('request_pk', ['scope', 'request_id'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('rule_copy')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('key', text, (c) => c.notNull())
    .addColumn('scope', text, (c) => c.notNull())
    .addColumn('scope_id', text)
    .addColumn('scope_name', text)
    .addColumn('value', text)
    .addColumn('statement', text, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('valid_from', text)
    .addColumn('valid_to', text)
    .addColumn('source', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('rule_copy_key').on('rule_copy').columns(['key', 'scope_id']).execute();

  await db.schema
    .createTable('presentation_key')
    .addColumn('key_id', text, (c) => c.primaryKey())
    .addColumn('public_key', text, (c) => c.notNull())
    .addColumn('published_at', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
}
