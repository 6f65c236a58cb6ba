import type { IsoInstant } from '../../platform/units.ts';
import type { Rule } from '../domain/rules.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** A rule as published, with the words that only people read. */
export interface PublishedRule extends Rule {
  readonly scopeName: string | null;
  readonly statement: string;
}

/** Keeps the newest published form of a rule. */
export async function saveRule(trx: VenuesTransaction, rule: PublishedRule): Promise<void> {
  const row = {
    key: rule.key,
    scope: rule.scope,
    scope_id: rule.scopeId,
    scope_name: rule.scopeName,
    value: rule.value,
    statement: rule.statement,
    status: rule.status,
    valid_from: rule.validFrom,
    valid_to: rule.validTo,
    source: rule.source,
  };
  await trx
    .insertInto('rule_copy')
    .values({ id: rule.id, ...row })
    .onConflict((oc) => oc.column('id').doUpdateSet(row))
    .execute();
}

/** The rules with these keys, of every scope, status and time: which of them counts the domain decides. */
export async function findRules(db: VenuesReader, keys: readonly string[]): Promise<Rule[]> {
  const rows = await db.selectFrom('rule_copy').selectAll().where('key', 'in', keys).execute();
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    scope: row.scope,
    scopeId: row.scope_id,
    value: row.value,
    status: row.status,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    source: row.source,
  }));
}

export interface PresentationKey {
  readonly keyId: string;
  /** base64 of the SPKI DER form of an Ed25519 public key. */
  readonly publicKey: string;
  readonly publishedAt: IsoInstant;
}

/** Keeps a public key. A key id never changes its key: whoever says otherwise is not believed. */
export async function savePresentationKey(trx: VenuesTransaction, key: PresentationKey): Promise<void> {
  await trx
    .insertInto('presentation_key')
    .values({ key_id: key.keyId, public_key: key.publicKey, published_at: key.publishedAt })
    .onConflict((oc) => oc.column('key_id').doNothing())
    .execute();
}

export async function findPresentationKey(db: VenuesReader, keyId: string): Promise<string | null> {
  const row = await db
    .selectFrom('presentation_key')
    .select('public_key')
    .where('key_id', '=', keyId)
    .executeTakeFirst();
  return row?.public_key ?? null;
}
