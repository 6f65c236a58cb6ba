import { localDate } from '../../platform/clock.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { ruleInForce, wholeNumber, type Place, type Rule } from './rules.ts';
import type { OfferingKind } from './words.ts';

/**
 * How many courses one card may have: in a calendar year, or at a time. A rule without a value in force is an option that
 * nobody has taken, and limits nothing. Source: domain.md "Venues and offerings"; policy_rules.csv limit.courses_at_a_time.
 */
export const limitKeys = ['limit.courses_per_year', 'limit.courses_at_a_time'] as const;
export type LimitKey = (typeof limitKeys)[number];

/** One valid redemption, as far as limits look at it. */
export interface LimitedUse {
  readonly kind: OfferingKind;
  readonly place: Place;
  readonly recordedAt: IsoInstant;
  /** When the course or performance ends. */
  readonly endsAt: IsoInstant;
}

/** "2 of 2 courses this year": what one rule leaves a card. */
export interface LimitLeft {
  readonly key: LimitKey;
  readonly scope: 'NATION' | 'NETWORK' | 'VENUE';
  /** The venue or network whose rule it is; null for the nation's. */
  readonly scopeId: string | null;
  readonly allowed: number;
  readonly used: number;
  /** Never below 0, also when the limit was lowered after the uses. */
  readonly left: number;
}

/**
 * What the limits in force leave a card with these valid uses. A limit of a single venue or network is told once the card
 * has been used under it; the nation's always.
 */
export function limitsLeft(
  rules: readonly Rule[],
  uses: readonly LimitedUse[],
  now: IsoInstant,
): LimitLeft[] {
  const today = localDate(now);
  const nowhere: Place = { venueId: '', networkId: null };
  return limitKeys.flatMap((key) => {
    const used = new Map<Rule, number>();
    const national = ruleInForce(rules, key, nowhere, today);
    if (national) used.set(national, 0);
    for (const use of uses) {
      const rule = ruleInForce(rules, key, use.place, today);
      if (rule && counts[key](use, now)) used.set(rule, (used.get(rule) ?? 0) + 1);
    }
    return [...used].flatMap(([rule, count]) => toLimit(key, rule, count));
  });
}

const counts: Readonly<Record<LimitKey, (use: LimitedUse, now: IsoInstant) => boolean>> = {
  'limit.courses_per_year': ({ kind, recordedAt }, now) =>
    kind === 'COURSE' && yearOf(recordedAt) === yearOf(now),
  'limit.courses_at_a_time': ({ kind, endsAt }, now) => kind === 'COURSE' && endsAt > now,
};

function yearOf(at: IsoInstant): string {
  return localDate(at).slice(0, 4);
}

function toLimit(key: LimitKey, { scope, scopeId, value }: Rule, used: number): LimitLeft[] {
  const allowed = wholeNumber(value);
  if (allowed === null || (scope !== 'NATION' && scope !== 'NETWORK' && scope !== 'VENUE')) return [];
  return [{ key, scope, scopeId, allowed, used, left: Math.max(0, allowed - used) }];
}
