import { stableId } from '../../platform/ids.ts';
import { readRuleScope, readRuleStatus, type Rule, type RuleScopeKind } from '../domain/rule.ts';
import { orNull, readTable } from './table.ts';
import { networkId, regionId, venueId } from './ids.ts';
import { networkOfVenue } from './partners.ts';

/** Every row of policy_rules.csv as a rule of its own, also where rows share a key or contradict each other. */
export function readPolicyRules(): Rule[] {
  const readings = readTable('rule_values', [
    'rule',
    'scope_as_printed',
    'statement',
    'source',
    'scope',
    'scope_of',
    'value',
  ]);
  const rows = readTable('policy_rules', ['rule', 'scope', 'value', 'stated_when', 'status', 'source']);
  if (readings.length !== rows.length)
    throw new Error('rule_values.csv must have one row for each of policy_rules.csv.');
  return rows.map((row) => {
    const reading = readings.find(
      (known) =>
        known.rule === row.rule &&
        known.scope_as_printed === row.scope &&
        known.statement === row.value &&
        known.source === row.source,
    );
    if (reading === undefined)
      throw new Error(`rule_values.csv does not say how to read ${row.rule} (${row.value}).`);
    return {
      id: stableId('rule', row.rule, row.scope, row.value, row.source),
      key: row.rule,
      ...scopeOf(reading.scope, reading.scope_of),
      scopeName: row.scope,
      statement: row.value,
      value: orNull(reading.value),
      // A document says when it was written, not since when its rules apply.
      validFrom: null,
      validTo: null,
      status: readRuleStatus(row.status),
      statedWhen: orNull(row.stated_when),
      source: row.source,
    };
  });
}

type Limits = Pick<Rule, 'scopeId' | 'networkId'>;

const limitsOf: Readonly<Record<RuleScopeKind, (name: string) => Limits>> = {
  NATION: () => ({ scopeId: null, networkId: null }),
  REGION: (name) => ({ scopeId: regionId(name), networkId: null }),
  NETWORK: (name) => ({ scopeId: networkId(name), networkId: networkId(name) }),
  VENUE: (name) => ({ scopeId: venueId(name), networkId: networkOfVenue(name) }),
};

function scopeOf(printed: string, name: string): Pick<Rule, 'scope'> & Limits {
  const scope = readRuleScope(printed);
  return { scope, ...limitsOf[scope](name) };
}
