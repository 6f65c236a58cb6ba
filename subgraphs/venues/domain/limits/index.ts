import { assistantFree, linesOfCard, noChildrenAtCourses, noCommunityCardsAtCourses } from './lines.ts';
import { cap, capFloorKept, sharedCap } from './cap.ts';
import { cardCheckExpiry, cardCheckSignature, cardCheckVenue } from './card-check.ts';
import { coursesAtATime, coursesPerTerm, coursesPerYear, enrolmentWindow, feeCeiling } from './courses.ts';
import type { Limit, LimitQuestion } from './question.ts';
import { oncePerPerformance, oncePerProduction } from './seen.ts';
import { refusalOf, type DoorRefusalCode, type LimitName, type SoftLimit, type Verdict } from './verdict.ts';
import type { Refusal } from '../../../platform/refusals.ts';
import { performanceCancelled, performanceOver, redemptionWindow } from './window.ts';

export type { CourseUse } from './course-uses.ts';
export type { LimitQuestion, Places, Seen } from './question.ts';
export {
  isSoft,
  limitNames,
  softLimits,
  type LimitName,
  type SoftLimit,
  type Traced,
  type Verdict,
} from './verdict.ts';

/** One limit per name: who adds a name adds its rule. */
const limits: Readonly<Record<LimitName, Limit>> = {
  CARD_CHECK_SIGNATURE: cardCheckSignature,
  CARD_CHECK_VENUE: cardCheckVenue,
  CARD_CHECK_EXPIRY: cardCheckExpiry,
  PERFORMANCE_CANCELLED: performanceCancelled,
  PERFORMANCE_OVER: performanceOver,
  REDEMPTION_WINDOW: redemptionWindow,
  ENROLMENT_WINDOW: enrolmentWindow,
  NO_CHILDREN_AT_COURSES: noChildrenAtCourses,
  NO_COMMUNITY_CARDS_AT_COURSES: noCommunityCardsAtCourses,
  LINES_OF_CARD: linesOfCard,
  ONCE_PER_PERFORMANCE: oncePerPerformance,
  ONCE_PER_PRODUCTION: oncePerProduction,
  COURSES_AT_A_TIME: coursesAtATime,
  COURSES_PER_TERM: coursesPerTerm,
  COURSES_PER_YEAR: coursesPerYear,
  FEE_CEILING: feeCeiling,
  ASSISTANT_FREE: assistantFree,
  CAP: cap,
  SHARED_CAP: sharedCap,
  CAP_FLOOR: capFloorKept,
};

/** What every limit that concerns this wish says, in the order in which a door asks. The one list of `redeem` and `explain`. */
export function verdictsOf(question: LimitQuestion): readonly Verdict[] {
  return Object.values(limits).flatMap((limit) => limit(question) ?? []);
}

/** The rules, by key, that the limits ask for. */
export const limitRuleKeys = [
  'redeem.window',
  'companion.child_max_age',
  'community_card.courses',
  'limit.once_per_performance',
  'limit.courses_at_a_time',
  'limit.courses_per_term',
  'limit.courses_per_year',
  'course.fee_ceiling_cents',
  'cap.absolute',
  'cap.per_performance',
  'cap.floor_pct',
] as const;

export interface Judgement {
  /** The first no that nothing sets aside; null: the card may have its tickets as far as these verdicts go. */
  readonly refusal: Refusal<DoorRefusalCode> | null;
  /** The soft limits that said no and were set aside. */
  readonly overridden: readonly SoftLimit[];
}

/** Sets aside the soft limits that were overridden; a hard one says no whatever is asked. */
export function judge(verdicts: readonly Verdict[], overrides: ReadonlySet<LimitName>): Judgement {
  const overridden: SoftLimit[] = [];
  for (const verdict of verdicts) {
    const refusal = refusalOf(verdict);
    if (!refusal) continue;
    if (!verdict.soft || !overrides.has(verdict.limit)) return { refusal, overridden: [] };
    overridden.push(verdict.limit as SoftLimit);
  }
  return { refusal: null, overridden };
}
