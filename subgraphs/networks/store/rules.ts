import type { Rule } from '../domain/rule.ts';
import { inChunks } from './chunks.ts';
import type { NetworksReader, NetworksTransaction } from './database.ts';
import type { RuleTable } from './tables.ts';

/** Inserts the rules that are not there yet. Returns their ids. */
export async function insertRules(trx: NetworksTransaction, rules: readonly Rule[]): Promise<Set<string>> {
  const inserted = new Set<string>();
  for (const chunk of inChunks(rules.map(ruleRow))) {
    const rows = await trx
      .insertInto('rule')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .execute();
    for (const { id } of rows) inserted.add(id);
  }
  return inserted;
}

/** Every rule, in order of key. */
export async function readRules(db: NetworksReader): Promise<Rule[]> {
  return (await db.selectFrom('rule').selectAll().orderBy('key').orderBy('id').execute()).map(readRule);
}

function ruleRow(rule: Rule): RuleTable {
  return {
    id: rule.id,
    key: rule.key,
    scope: rule.scope,
    scope_id: rule.scopeId,
    network_id: rule.networkId,
    scope_name: rule.scopeName,
    statement: rule.statement,
    value: rule.value,
    status: rule.status,
    valid_from: rule.validFrom,
    valid_to: rule.validTo,
    stated_when: rule.statedWhen,
    source: rule.source,
  };
}

function readRule(row: RuleTable): Rule {
  return {
    id: row.id,
    key: row.key,
    scope: row.scope,
    scopeId: row.scope_id,
    networkId: row.network_id,
    scopeName: row.scope_name,
    statement: row.statement,
    value: row.value,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    status: row.status,
    statedWhen: row.stated_when,
    source: row.source,
  };
}
