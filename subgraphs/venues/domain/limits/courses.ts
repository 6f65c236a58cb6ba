import { localDate } from '../../../platform/clock.ts';
import type { IsoInstant, LocalDate } from '../../../platform/units.ts';
import { referenceTo, ruleInForce, wholeNumber } from '../rules.ts';
import { holderPays } from '../terms.ts';
import { cardKindOf, type CourseUse, type Limit } from './question.ts';
import { verdict, type LimitName } from './verdict.ts';

/** Courses whose last session has not ended. Source: policy_rules.csv limit.courses_at_a_time. */
export const coursesAtATime = courseLimit(
  'COURSES_AT_A_TIME',
  'limit.courses_at_a_time',
  ({ endsAt }, now) => endsAt > now,
);

/** Courses booked in this term: 1 January to 31 July, 1 August to 31 December. */
export const coursesPerTerm = courseLimit(
  'COURSES_PER_TERM',
  'limit.courses_per_term',
  ({ recordedAt }, now) => termOf(localDate(recordedAt)) === termOf(localDate(now)),
);

/** Courses booked in this calendar year: Pedersöre's two. Source: domain.md "Venues and offerings". */
export const coursesPerYear = courseLimit(
  'COURSES_PER_YEAR',
  'limit.courses_per_year',
  ({ recordedAt }, now) => localDate(recordedAt).slice(0, 4) === localDate(now).slice(0, 4),
);

/** '2026 spring': the two terms of adult education centres, by Helsinki days. */
export function termOf(day: LocalDate): string {
  return `${day.slice(0, 4)} ${day.slice(5, 7) <= '07' ? 'spring' : 'autumn'}`;
}

/** A limit without a value in force is an option that nobody has taken. A second session of one course is no new course. */
function courseLimit(
  limit: LimitName,
  key: string,
  counts: (use: CourseUse, now: IsoInstant) => boolean,
): Limit {
  return (question) => {
    const { offering, rules, place, now, courses, isHolder = false } = question;
    if (offering.kind !== 'COURSE' || cardKindOf(question) === 'COMMUNITY') return null;
    const today = localDate(now);
    const rule = ruleInForce(rules, key, place, today);
    const allowed = wholeNumber(rule?.value ?? null);
    if (!rule || allowed === null) return null;
    const others = courses?.filter(
      (use) =>
        use.offeringId !== offering.id &&
        counts(use, now) &&
        ruleInForce(rules, key, use.place, today)?.id === rule.id,
    );
    const used = others ? new Set(others.map(({ offeringId }) => offeringId)).size : null;
    // How often a card was used elsewhere is for its holder alone: a venue learns only whether this course fits.
    const maySee = isHolder || rule.scope === 'VENUE';
    return verdict(limit, key, {
      passes: used === null ? null : used < allowed,
      code: 'COURSE_LIMIT_REACHED',
      facts: {
        limit,
        allowed,
        ...(used === null || !maySee ? {} : { used, left: Math.max(0, allowed - used) }),
      },
      reference: referenceTo(rule),
    });
  };
}

/**
 * Up to this much of the fee is free (Pedersöre: 25 €); the holder pays the rest, and nobody is refused for it. The
 * course's own ceiling goes before the rule.
 */
export const feeCeiling: Limit = ({ offering, rules, place, now, course = null }) => {
  if (offering.kind !== 'COURSE') return null;
  const own = course?.feeCeilingCents ?? null;
  const rule = own === null ? ruleInForce(rules, 'course.fee_ceiling_cents', place, localDate(now)) : null;
  const ceiling = own ?? wholeNumber(rule?.value ?? null);
  if (ceiling === null) return null;
  const rest = course && holderPays({ feeCents: course.feeCents, feeCeilingCents: ceiling });
  return verdict('FEE_CEILING', 'course.fee_ceiling_cents', {
    passes: rest === null ? null : rest === 0,
    code: null,
    facts: {
      ceilingCents: ceiling,
      ...(course && rest !== null ? { feeCents: course.feeCents, holderPaysCents: rest } : {}),
    },
    reference: rule && referenceTo(rule),
  });
};

/** When the places of a course are given, as its venue says. */
export const enrolmentWindow: Limit = ({ performance, now, course = null }) => {
  if (!course || (course.enrolFrom === null && course.enrolTo === null)) return null;
  const { enrolFrom, enrolTo } = course;
  return verdict('ENROLMENT_WINDOW', 'course.enrolment', {
    passes: (enrolFrom === null || now >= enrolFrom) && (enrolTo === null || now < enrolTo),
    code: 'OUTSIDE_WINDOW',
    facts: { opensAt: enrolFrom, closedAt: enrolTo, startsAt: performance.startsAt, window: 'ENROLMENT' },
  });
};
