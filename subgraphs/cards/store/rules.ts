import type { PublishedRule } from '../domain/rules.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** The copies of all rules with one of these keys, whatever their status and dates. */
export async function findRules(db: CardsReader, keys: readonly string[]): Promise<PublishedRule[]> {
  const rows = await db.selectFrom('rule').selectAll().where('key', 'in', keys).execute();
  return rows.map(({ scope_id, valid_from, valid_to, ...same }) => ({
    ...same,
    scopeId: scope_id,
    validFrom: valid_from,
    validTo: valid_to,
  }));
}

/** Takes over a rule as it stands now: a new one, or a new state of one that is known. */
export async function saveRule(trx: CardsTransaction, rule: PublishedRule): Promise<void> {
  const { id, scopeId, validFrom, validTo, key, scope, value, status, source } = rule;
  const row = {
    key,
    scope,
    scope_id: scopeId,
    value,
    status,
    valid_from: validFrom,
    valid_to: validTo,
    source,
  };
  await trx
    .insertInto('rule')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
