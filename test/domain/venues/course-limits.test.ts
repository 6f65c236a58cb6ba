import { describe, expect, it } from 'vitest';
import { limitNames, type LimitQuestion } from '../../../subgraphs/venues/domain/limits/index.ts';
import { termOf } from '../../../subgraphs/venues/domain/limits/course-uses.ts';
import type { CourseUse } from '../../../subgraphs/venues/domain/limits/course-uses.ts';
import { redeem } from '../../../subgraphs/venues/domain/redeem.ts';
import type { Rule } from '../../../subgraphs/venues/domain/rules.ts';
import { community, noon, question } from './examples.ts';
import { course, courseUse, ruleOf, said } from './limit-examples.ts';

describe('courses', () => {
  const two = [ruleOf('limit.courses_per_year', '2')];
  const asked = (courses: readonly CourseUse[], rules: readonly Rule[] = two): LimitQuestion =>
    question({ offering: course, rules, courses });

  it("Pedersöre's two per year: the third is one too many", () => {
    expect(said('COURSES_PER_YEAR', asked([courseUse('a')]))).toMatchObject({
      passes: true,
      facts: { allowed: 2, used: 1, left: 1 },
    });
    expect(said('COURSES_PER_YEAR', asked([courseUse('a'), courseUse('b')]))).toMatchObject({
      passes: false,
      code: 'COURSE_LIMIT_REACHED',
      soft: true,
      facts: { used: 2, left: 0 },
    });
  });

  it.each([
    ['of last year', [courseUse('a'), courseUse('b', { recordedAt: '2025-12-31T21:59:59.999Z' })]],
    ['at another venue', [courseUse('a'), courseUse('b', { place: { venueId: 'x', networkId: null } })]],
    ['sessions of one course', [courseUse('a'), courseUse('a')]],
    ['sessions of this course', [courseUse('a'), courseUse('o1')]],
  ])('courses %s are no second', (_, courses) => {
    expect(said('COURSES_PER_YEAR', asked(courses))?.passes).toBe(true);
  });

  it('the year changes at midnight in Helsinki', () => {
    const courses = [courseUse('a'), courseUse('b', { recordedAt: '2025-12-31T22:00:00.000Z' })];
    expect(said('COURSES_PER_YEAR', asked(courses))?.passes).toBe(false);
  });

  it('at a time counts what has not ended, per term what was booked since August', () => {
    const rules = [ruleOf('limit.courses_at_a_time', '1'), ruleOf('limit.courses_per_term', '1')];
    const ended = courseUse('a', { endsAt: '2026-10-01T18:00:00.000Z' });
    const spring = courseUse('b', { recordedAt: '2026-07-31T20:59:59.999Z' });
    expect(said('COURSES_AT_A_TIME', asked([ended], rules))?.passes).toBe(true);
    expect(said('COURSES_PER_TERM', asked([ended], rules))?.passes).toBe(false);
    expect(said('COURSES_AT_A_TIME', asked([spring], rules))?.passes).toBe(false);
    expect(said('COURSES_PER_TERM', asked([spring], rules))?.passes).toBe(true);
    expect([termOf('2026-07-31'), termOf('2026-08-01')]).toEqual(['2026 spring', '2026 autumn']);
  });

  it('a venue learns no number of uses elsewhere, the holder does', () => {
    const rules = [ruleOf('limit.courses_per_year', '2', { scope: 'NATION', scopeId: null })];
    const elsewhere = [courseUse('a', { place: { venueId: 'x', networkId: null } })];
    const atDoor = said('COURSES_PER_YEAR', asked(elsewhere, rules));
    expect(atDoor).toMatchObject({ passes: true });
    expect(atDoor?.facts).not.toHaveProperty('used');
    expect(said('COURSES_PER_YEAR', { ...asked(elsewhere, rules), isHolder: true })?.facts).toMatchObject({
      used: 1,
    });
  });

  it('a limit without a value is an option that nobody has taken, and binds no production', () => {
    const nobody = ruleOf('limit.courses_per_year', '2', { value: null });
    expect(said('COURSES_PER_YEAR', asked([], [nobody]))).toBeUndefined();
    expect(said('COURSES_PER_YEAR', question({ rules: two, courses: [] }))).toBeUndefined();
  });

  const terms = (feeCents: number, changes: Partial<LimitQuestion['course']> = {}) => ({
    feeCents,
    feeCeilingCents: null,
    enrolFrom: null,
    enrolTo: null,
    ...changes,
  });

  it.each([
    [2000, 0],
    [2500, 0],
    [2501, 1],
    [4000, 1500],
    [0, 0],
  ])("of a fee of %i cents Pedersöre's 25 € leave the holder %i", (fee, holder) => {
    const rules = [ruleOf('course.fee_ceiling_cents', '2500')];
    const expected = {
      code: null,
      passes: holder === 0,
      facts: { ceilingCents: 2500, holderPaysCents: holder },
    };
    expect(said('FEE_CEILING', question({ offering: course, rules, course: terms(fee) }))).toMatchObject(
      expected,
    );
    const own = terms(fee, { feeCeilingCents: 2500 });
    expect(said('FEE_CEILING', question({ offering: course, course: own }))).toMatchObject(expected);
  });

  it('a fee never refuses anybody', () => {
    expect(redeem(question({ offering: course, course: terms(9_900, { feeCeilingCents: 0 }) })).kind).toBe(
      'admission',
    );
  });

  it.each([
    ['before it opens', '2026-11-22T10:00:00.001Z', null, 'OUTSIDE_WINDOW'],
    ['as it opens', noon, null, undefined],
    ['as it closes', null, noon, 'OUTSIDE_WINDOW'],
    ['before it closes', null, '2026-11-22T10:00:00.001Z', undefined],
  ])('enrolment %s', (_, enrolFrom, enrolTo, code) => {
    const wish = question({ offering: course, course: terms(0, { enrolFrom, enrolTo }) });
    const answer = redeem(wish);
    expect(answer.kind === 'refusal' ? answer.code : undefined).toBe(code);
    expect(redeem({ ...wish, overrides: new Set(['ENROLMENT_WINDOW']) }).kind).toBe('admission');
  });

  it('a community card gives no course place, and no reason opens it', () => {
    const presentation = community;
    const lines = [{ type: 'COMMUNITY_WORKER', count: 1 } as const];
    const wish = question({ offering: course, presentation, lines, overrides: new Set(limitNames) });
    expect(redeem(wish)).toMatchObject({ code: 'LINE_NOT_ALLOWED' });
  });
});
