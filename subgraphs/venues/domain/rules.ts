import type { RuleReference } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';

/** A dated rule of the operating model, as the networks subgraph published it. */
export interface Rule {
  readonly id: string;
  readonly key: string;
  /** NATION, NETWORK or VENUE. */
  readonly scope: string;
  /** The network's or the venue's id; null for the nation. */
  readonly scopeId: string | null;
  /** What a machine may act on; null: only a statement. */
  readonly value: string | null;
  /** Only IN_FORCE binds; DRAFT, DISPUTED and SUPERSEDED are known and shown. */
  readonly status: string;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly source: string;
}

/** Where a rule is asked for. */
export interface Place {
  readonly venueId: string;
  readonly networkId: string | null;
}

/** A venue's own rule goes before its network's, and that before the nation's; of equals the newest counts. */
const nearness: Readonly<Record<string, number>> = { VENUE: 3, NETWORK: 2, NATION: 1 };

function reaches(rule: Rule, place: Place): boolean {
  if (rule.scope === 'VENUE') return rule.scopeId === place.venueId;
  if (rule.scope === 'NETWORK') return rule.scopeId !== null && rule.scopeId === place.networkId;
  return rule.scope === 'NATION';
}

function validOn(rule: Rule, on: LocalDate): boolean {
  return (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);
}

function nearest(rules: readonly Rule[]): Rule | null {
  const order = (a: Rule, b: Rule): number =>
    (nearness[b.scope] ?? 0) - (nearness[a.scope] ?? 0) ||
    (b.validFrom ?? '').localeCompare(a.validFrom ?? '') ||
    a.id.localeCompare(b.id);
  return [...rules].sort(order)[0] ?? null;
}

/** The rule that binds at a place on a day, or null. */
export function ruleInForce(rules: readonly Rule[], key: string, place: Place, on: LocalDate): Rule | null {
  return nearest(
    rules.filter(
      (rule) => rule.key === key && rule.status === 'IN_FORCE' && reaches(rule, place) && validOn(rule, on),
    ),
  );
}

/** The rule that is written down for a place on a day, whatever its status but superseded: for warnings. */
export function ruleStated(rules: readonly Rule[], key: string, place: Place, on: LocalDate): Rule | null {
  return nearest(
    rules.filter(
      (rule) => rule.key === key && rule.status !== 'SUPERSEDED' && reaches(rule, place) && validOn(rule, on),
    ),
  );
}

export function referenceTo(rule: Rule): RuleReference {
  return { key: rule.key, since: rule.validFrom, source: rule.source };
}

/** A rule's value as a whole number, or null when it is none. */
export function wholeNumber(value: string | null): number | null {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
