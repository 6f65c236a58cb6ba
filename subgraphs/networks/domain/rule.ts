import { badInput } from '../../platform/errors.ts';
import type { LocalDate } from '../../platform/units.ts';

export const ruleStatuses = ['DRAFT', 'IN_FORCE', 'SUPERSEDED', 'DISPUTED'] as const;

/** DISPUTED: the documents contradict each other, so neither text is in force. */
export type RuleStatus = (typeof ruleStatuses)[number];

/** From the widest to the narrowest. */
export const ruleScopes = ['NATION', 'REGION', 'NETWORK', 'VENUE'] as const;

export type RuleScopeKind = (typeof ruleScopes)[number];

export interface Rule {
  readonly id: string;
  readonly key: string;
  readonly scope: RuleScopeKind;
  /** The Region, Network or Venue it is limited to; null for the whole nation. */
  readonly scopeId: string | null;
  /** The network it is limited to: itself, or that of its venue; null when it reaches several. */
  readonly networkId: string | null;
  /** The scope as printed. */
  readonly scopeName: string;
  /** The rule as printed. */
  readonly statement: string;
  /** What a machine reads: '18', '3', 'SAME_DAY'; null when the statement is no single value. */
  readonly value: string | null;
  /** The first and the last day it applies; null: the documents do not say. */
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly status: RuleStatus;
  /** When the document stated it: not the same as since when it applies. */
  readonly statedWhen: string | null;
  readonly source: string;
}

/** What a question about rules is about: a door is in a venue, a network and a region. */
export interface RuleScope {
  readonly regionId?: string | null;
  readonly networkId?: string | null;
  readonly venueId?: string | null;
}

const printedStatuses: readonly (readonly [RegExp, RuleStatus])[] = [
  [/^in force$/, 'IN_FORCE'],
  [/^newer text$/, 'IN_FORCE'],
  [/^older text$/, 'SUPERSEDED'],
  [/^contradiction$/, 'DISPUTED'],
  [/^preliminary change\b/, 'DRAFT'],
];

/** The status behind the words of policy_rules.csv. Throws BAD_INPUT for words nobody has read before. */
export function readRuleStatus(printed: string): RuleStatus {
  const status = printedStatuses.find(([words]) => words.test(printed))?.[1];
  if (status === undefined) {
    throw badInput('A rule is in force, older text, newer text, a contradiction or a preliminary change.', {
      printed,
    });
  }
  return status;
}

/** Throws BAD_INPUT for a scope that no rule may have. */
export function readRuleScope(printed: string): RuleScopeKind {
  const scope = ruleScopes.find((known) => known === printed);
  if (scope === undefined) throw badInput(`A rule's scope is one of ${ruleScopes.join(', ')}.`);
  return scope;
}

/**
 * The rules that decide at a place on a day: IN_FORCE, valid on the day (both ends included, an unknown end is open),
 * and of each key only those of the narrowest scope that says anything: a venue's own rule before its network's, a
 * network's before its region's and the nation's. Several texts of one key and scope all stay. In the given order.
 */
export function rulesInForce(rules: readonly Rule[], at: LocalDate, scope: RuleScope): Rule[] {
  const here = rules.filter(
    (rule) => rule.status === 'IN_FORCE' && isValidOn(rule, at) && covers(rule, scope),
  );
  const narrowest = new Map<string, number>();
  for (const rule of here) {
    narrowest.set(rule.key, Math.max(narrowest.get(rule.key) ?? 0, ruleScopes.indexOf(rule.scope)));
  }
  return here.filter((rule) => ruleScopes.indexOf(rule.scope) === narrowest.get(rule.key));
}

/** The rules, of any status, that reach into a network: the nation's, its regions', its own and its venues'. */
export function rulesOfNetwork(
  rules: readonly Rule[],
  network: { readonly id: string; readonly regionIds: ReadonlySet<string> },
): Rule[] {
  return rules.filter(
    (rule) =>
      rule.scope === 'NATION' ||
      rule.networkId === network.id ||
      (rule.scope === 'REGION' && rule.scopeId !== null && network.regionIds.has(rule.scopeId)),
  );
}

function isValidOn(rule: Rule, at: LocalDate): boolean {
  return (rule.validFrom === null || rule.validFrom <= at) && (rule.validTo === null || at <= rule.validTo);
}

function covers(rule: Rule, scope: RuleScope): boolean {
  if (rule.scope === 'NATION') return true;
  const here = { REGION: scope.regionId, NETWORK: scope.networkId, VENUE: scope.venueId }[rule.scope];
  return rule.scopeId !== null && rule.scopeId === here;
}
