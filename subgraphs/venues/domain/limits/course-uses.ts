import { localDate } from '../../../platform/clock.ts';
import type { IsoInstant, LocalDate } from '../../../platform/units.ts';
import { ruleInForce, type Place, type Rule } from '../rules.ts';
import type { OfferingKind } from '../words.ts';

/** One valid course place of a card, as far as limits look at it. */
export interface CourseUse {
  readonly kind: OfferingKind;
  readonly offeringId: string;
  readonly place: Place;
  readonly recordedAt: IsoInstant;
  /** When the course ends: its last session. */
  readonly endsAt: IsoInstant;
}

/**
 * How many courses one card may have. A rule without a value in force is an option that nobody has taken, and limits
 * nothing. Source: domain.md "Venues and offerings"; policy_rules.csv limit.courses_at_a_time.
 */
export const courseLimits = {
  /** Courses whose last session has not ended. */
  'limit.courses_at_a_time': {
    limit: 'COURSES_AT_A_TIME',
    counts: ({ endsAt }, now) => endsAt > now,
  },
  /** Courses booked in this term: 1 January to 31 July, 1 August to 31 December. */
  'limit.courses_per_term': {
    limit: 'COURSES_PER_TERM',
    counts: ({ recordedAt }, now) => termOf(localDate(recordedAt)) === termOf(localDate(now)),
  },
  /** Courses booked in this calendar year: Pedersöre's two. */
  'limit.courses_per_year': {
    limit: 'COURSES_PER_YEAR',
    counts: ({ recordedAt }, now) => localDate(recordedAt).slice(0, 4) === localDate(now).slice(0, 4),
  },
} as const satisfies Record<
  string,
  { readonly limit: string; readonly counts: (use: CourseUse, now: IsoInstant) => boolean }
>;
export type CourseLimitKey = keyof typeof courseLimits;
export const courseLimitKeys = Object.keys(courseLimits) as readonly CourseLimitKey[];

/** How many courses a rule counts of these uses: those under the same rule, every course once. */
export function coursesUnder(
  key: CourseLimitKey,
  rule: Rule,
  uses: readonly CourseUse[],
  rules: readonly Rule[],
  now: IsoInstant,
): number {
  const { counts } = courseLimits[key];
  const today = localDate(now);
  const counted = uses.filter(
    (use) =>
      use.kind === 'COURSE' && counts(use, now) && ruleInForce(rules, key, use.place, today)?.id === rule.id,
  );
  return new Set(counted.map(({ offeringId }) => offeringId)).size;
}

/** '2026 spring': the two terms of adult education centres, by Helsinki days. */
export function termOf(day: LocalDate): string {
  return `${day.slice(0, 4)} ${day.slice(5, 7) <= '07' ? 'spring' : 'autumn'}`;
}
