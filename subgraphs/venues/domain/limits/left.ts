import { localDate } from '../../../platform/clock.ts';
import type { IsoInstant } from '../../../platform/units.ts';
import { ruleInForce, wholeNumber, type Place, type Rule } from '../rules.ts';
import { courseLimitKeys, coursesUnder, type CourseLimitKey, type CourseUse } from './course-uses.ts';

/** "2 of 2 courses this year": what one rule leaves a card. */
export interface LimitLeft {
  readonly key: CourseLimitKey;
  readonly scope: 'NATION' | 'NETWORK' | 'VENUE';
  /** The venue or network whose rule it is; null for the nation's. */
  readonly scopeId: string | null;
  readonly allowed: number;
  readonly used: number;
  /** Never below 0, also when the limit was lowered after the uses. */
  readonly left: number;
}

/**
 * What the limits in force leave a card with these valid uses, counted as the door counts them. A limit of a single venue or
 * network is told once it counts one of the card's courses; the nation's always.
 */
export function limitsLeft(rules: readonly Rule[], uses: readonly CourseUse[], now: IsoInstant): LimitLeft[] {
  const today = localDate(now);
  const nowhere: Place = { venueId: '', networkId: null };
  return courseLimitKeys.flatMap((key) => {
    const national = ruleInForce(rules, key, nowhere, today);
    const met = uses.flatMap(({ place }) => ruleInForce(rules, key, place, today) ?? []);
    return [...new Set(national ? [national, ...met] : met)].flatMap((rule) => {
      const used = coursesUnder(key, rule, uses, rules, now);
      return used > 0 || rule === national ? toLimit(key, rule, used) : [];
    });
  });
}

function toLimit(key: CourseLimitKey, { scope, scopeId, value }: Rule, used: number): LimitLeft[] {
  const allowed = wholeNumber(value);
  if (allowed === null || (scope !== 'NATION' && scope !== 'NETWORK' && scope !== 'VENUE')) return [];
  return [{ key, scope, scopeId, allowed, used, left: Math.max(0, allowed - used) }];
}
