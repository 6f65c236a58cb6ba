import type { RuleReference } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';

/** A rule as networks published it; cards keep a copy. `value` is what a machine can use, or null. */
export interface PublishedRule {
  readonly id: string;
  readonly key: string;
  readonly scope: string;
  readonly scopeId: string | null;
  readonly value: string | null;
  readonly status: string;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly source: string;
}

/** A value and the rule that gives it. A null rule: no rule in force has a usable value, so the built-in one stands. */
export interface Ruled<Value> {
  readonly value: Value;
  readonly rule: RuleReference | null;
}

/** What cards decide by. Built once per decision from the rules in force on its day. */
export interface CardRules {
  /** Youngest age, in years, reached during the year of issue. Source: policy_rules.csv eligibility.min_age. */
  readonly minAge: Ruled<number>;
  /** Most people of a community visit, its worker included. Source: policy_rules.csv community_card.group (2 to 5). */
  readonly communityGroup: Ruled<number>;
  /** Last day of a pilot, on which its cards end at the latest; null: no pilot, twelve months. */
  readonly pilotEnd: Ruled<LocalDate | null>;
}

export const ruleKeys = {
  minAge: 'eligibility.min_age',
  communityGroup: 'community_card.group',
  pilotEnd: 'card.pilot_end',
} as const;

/**
 * The rules in force on a day: a network's own before the nation's, then the newest. A draft, a disputed or a superseded
 * rule decides nothing. At a door `networkId` is null: what a venue is told must not depend on who issued the card.
 */
export function rulesInForce(
  published: readonly PublishedRule[],
  day: LocalDate,
  networkId: string | null,
): CardRules {
  const candidates = published
    .filter((rule) => rule.status === 'IN_FORCE' && covers(rule, day))
    .filter(
      (rule) =>
        rule.scope === 'NATION' ||
        (rule.scope === 'NETWORK' && networkId !== null && rule.scopeId === networkId),
    )
    .sort((a, b) => nearestFirst(a, b));
  const pick = <Value>(key: string, read: (text: string) => Value | null, builtIn: Value): Ruled<Value> => {
    for (const rule of candidates) {
      const value = rule.key === key && rule.value !== null ? read(rule.value) : null;
      if (value !== null) return { value, rule: { key, since: rule.validFrom, source: rule.source } };
    }
    return { value: builtIn, rule: null };
  };
  return {
    minAge: pick(ruleKeys.minAge, wholeNumber, 16),
    communityGroup: pick(ruleKeys.communityGroup, wholeNumber, 5),
    pilotEnd: pick<LocalDate | null>(ruleKeys.pilotEnd, date, null),
  };
}

function covers(rule: PublishedRule, day: LocalDate): boolean {
  return (rule.validFrom === null || rule.validFrom <= day) && (rule.validTo === null || day <= rule.validTo);
}

function nearestFirst(a: PublishedRule, b: PublishedRule): number {
  if (a.scope !== b.scope) return a.scope === 'NETWORK' ? -1 : 1;
  const [from, otherFrom] = [a.validFrom ?? '', b.validFrom ?? ''];
  if (from !== otherFrom) return from > otherFrom ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}

function date(text: string): LocalDate | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}
