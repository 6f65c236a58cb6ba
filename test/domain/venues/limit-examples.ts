import {
  verdictsOf,
  type LimitName,
  type LimitQuestion,
  type Verdict,
} from '../../../subgraphs/venues/domain/limits/index.ts';
import type { CourseUse } from '../../../subgraphs/venues/domain/limits/course-uses.ts';
import type { Rule } from '../../../subgraphs/venues/domain/rules.ts';
import { place, production, sameDayAtTheatre } from './examples.ts';

export const course = { ...production, kind: 'COURSE' as const };
/** A rule of the theatre, in force. */
export const ruleOf = (key: string, value: string, changes: Partial<Rule> = {}): Rule => ({
  ...sameDayAtTheatre,
  id: key,
  key,
  value,
  source: `document of ${key}`,
  ...changes,
});
/** What one limit says. */
export const said = (limit: LimitName, asked: LimitQuestion): Verdict | undefined =>
  verdictsOf(asked).find((verdict) => verdict.limit === limit);
/** A course place of the autumn that goes on. */
export const courseUse = (offeringId: string, changes: Partial<CourseUse> = {}): CourseUse => ({
  kind: 'COURSE',
  offeringId,
  place,
  recordedAt: '2026-09-01T09:00:00.000Z',
  endsAt: '2026-12-10T18:00:00.000Z',
  ...changes,
});
