import { localDate } from '../../../platform/clock.ts';
import { referenceTo, ruleInForce, wholeNumber } from '../rules.ts';
import { holderPays } from '../terms.ts';
import { courseLimits, coursesUnder, type CourseLimitKey } from './course-uses.ts';
import { cardKindOf, type Limit } from './question.ts';
import { verdict } from './verdict.ts';

export const coursesAtATime = courseLimit('limit.courses_at_a_time');
export const coursesPerTerm = courseLimit('limit.courses_per_term');
export const coursesPerYear = courseLimit('limit.courses_per_year');

/** A limit without a value in force is an option that nobody has taken. A second session of one course is no new course. */
function courseLimit(key: CourseLimitKey): Limit {
  const { limit } = courseLimits[key];
  return (question) => {
    const { offering, rules, place, now, courses, isHolder = false } = question;
    if (offering.kind !== 'COURSE' || cardKindOf(question) === 'COMMUNITY') return null;
    const rule = ruleInForce(rules, key, place, localDate(now));
    const allowed = wholeNumber(rule?.value ?? null);
    if (!rule || allowed === null) return null;
    const others = courses?.filter(({ offeringId }) => offeringId !== offering.id);
    const used = others ? coursesUnder(key, rule, others, rules, now) : null;
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
