import { describe, expect, it } from 'vitest';
import {
  judge,
  limitNames,
  softLimits,
  verdictsOf,
  type LimitQuestion,
  type Verdict,
} from '../../../subgraphs/venues/domain/limits/index.ts';
import { readWindow } from '../../../subgraphs/venues/domain/limits/window.ts';
import { redeem } from '../../../subgraphs/venues/domain/redeem.ts';
import { community, noon, performance, production, question, sameDayAtTheatre } from './examples.ts';
import { course, ruleOf, said } from './limit-examples.ts';

const text = expect.any(String) as unknown;
describe('every limit', () => {
  it('is in the list once, in the order in which a door asks', () => {
    const asked = question({
      offering: { ...course, oncePerProduction: true },
      rules: [
        sameDayAtTheatre,
        ...['courses_at_a_time', 'courses_per_term', 'courses_per_year'].map((key) =>
          ruleOf(`limit.${key}`, '2'),
        ),
      ],
      places: { cap: 20, used: 0, held: 0, shared: { cap: 40, used: 0, held: 0 } },
      course: { feeCents: 0, feeCeilingCents: 2500, enrolFrom: noon, enrolTo: null },
    });
    expect(verdictsOf(asked).map(({ limit }) => limit)).toEqual(limitNames);
  });

  it('that says no tells what to do next, in three languages; one that says yes tells nothing', () => {
    const over = verdictsOf(question({ now: performance.endsAt, places: { cap: 1, used: 1, held: 0 } }));
    const steps = (passes: boolean): unknown[] =>
      over.filter((verdict) => verdict.passes === passes).map(({ nextStep }) => nextStep);
    const inThree = { fi: text, sv: text, en: text };
    expect(steps(false)).toEqual(steps(false).map(() => inThree));
    expect(steps(false).length).toBeGreaterThan(2);
    expect(new Set(steps(true))).toEqual(new Set([null]));
  });
});

describe('setting a limit aside', () => {
  it.each(limitNames)('%s: only a soft limit can be', (limit) => {
    const no: Verdict = {
      limit,
      rule: 'x',
      passes: false,
      code: 'ALREADY_SEEN',
      facts: {},
      since: null,
      source: null,
      soft: softLimits.some((soft) => soft === limit),
      nextStep: null,
    };
    expect(judge([no], new Set([limit])).refusal === null).toBe(no.soft);
    expect(judge([no], new Set()).refusal).not.toBeNull();
  });

  it('one child place at a course is given with an override, and without one it is not', () => {
    const asked = question({
      offering: course,
      lines: [
        { type: 'HOLDER', count: 1 },
        { type: 'CHILD', count: 1 },
      ],
    });
    expect(redeem(asked)).toMatchObject({ code: 'LINE_NOT_ALLOWED' });
    expect(redeem({ ...asked, overrides: new Set(['NO_CHILDREN_AT_COURSES']) })).toMatchObject({
      kind: 'admission',
      counted: 2,
      overridden: ['NO_CHILDREN_AT_COURSES'],
    });
  });

  it('that would have passed is not recorded', () => {
    expect(redeem(question({ overrides: new Set(softLimits) }))).toMatchObject({ overridden: [] });
  });

  it('once per production leaves the card its one redemption of each performance', () => {
    const offering = { ...production, oncePerProduction: true };
    const overrides = new Set(['ONCE_PER_PRODUCTION'] as const);
    const before = { performanceId: 'p0', recordedAt: noon };
    const here = { performanceId: performance.id, recordedAt: noon };
    expect(redeem(question({ offering, seen: [before] }))).toMatchObject({ code: 'ALREADY_SEEN' });
    expect(redeem(question({ offering, seen: [before], overrides }))).toMatchObject({
      seenKey: 'performance:p1:card-1',
      overridden: ['ONCE_PER_PRODUCTION'],
    });
    expect(redeem(question({ offering, seen: [before, here], overrides }))).toMatchObject({
      code: 'ALREADY_SEEN',
      facts: { performanceId: 'p1' },
    });
  });
});

describe('the cap', () => {
  it.each([
    [20, 19, 1, true],
    [20, 19, 2, false],
    [20, 20, 1, false],
    [0, 0, 1, false],
  ])('of %i with %i used and %i wanted passes: %s', (cap, used, wanted, passes) => {
    const lines = [{ type: 'COMMUNITY_WORKER', count: wanted } as const];
    expect(said('CAP', question({ lines, places: { cap, used, held: 0 } }))).toMatchObject({
      passes,
      soft: false,
    });
  });

  it('is not taken by assistants', () => {
    const lines = [{ type: 'HOLDER', count: 1 } as const, { type: 'ASSISTANT', count: 1 } as const];
    const asked = question({ lines, places: { cap: 20, used: 16, held: 3 } });
    expect(said('CAP', asked)?.passes).toBe(true);
    expect(said('ASSISTANT_FREE', asked)).toMatchObject({ facts: { assistants: 1, placesTaken: 0 } });
  });

  it("Kuopio's 20 per concert names its document, and breaks the floor above 666 tickets", () => {
    const rules = [
      ruleOf('cap.absolute', '20', { source: 'Kuopio slides 2025-09-11' }),
      ruleOf('cap.floor_pct', '3', { scope: 'NATION', scopeId: null, status: 'DRAFT' }),
    ];
    const at = (tickets: number): LimitQuestion =>
      question({ rules, performance: { ...performance, tickets }, places: { cap: 20, used: 20, held: 0 } });
    expect(said('CAP', at(666))).toMatchObject({
      passes: false,
      rule: 'cap.absolute',
      since: '2025-01-01',
      source: 'Kuopio slides 2025-09-11',
    });
    const floor = { basis: 'CAPACITY', mostTickets: 666 };
    expect(said('CAP_FLOOR', at(666))).toMatchObject({ passes: true, facts: { floor: 20, ...floor } });
    expect(said('CAP_FLOOR', at(667))).toMatchObject({
      passes: false,
      code: null,
      facts: { floor: 21, ...floor },
    });
  });

  it.each([
    [20, 1],
    [34, 2],
    [67, 3],
    [100, 3],
    [299, 9],
    [300, 9],
    [666, 20],
    [667, 21],
  ])('has for %i tickets the floor %i', (tickets, floor) => {
    const asked = (cap: number): LimitQuestion =>
      question({ performance: { ...performance, tickets }, places: { cap, used: 0, held: 0 } });
    expect(said('CAP_FLOOR', asked(floor))).toMatchObject({ passes: true, facts: { floor } });
    expect(said('CAP_FLOOR', asked(floor - 1))?.passes).toBe(false);
  });
});

describe('the window', () => {
  it.each([
    ['SAME_DAY', { kind: 'SAME_DAY', days: 0 }],
    ['DAYS_BEFORE:7', { kind: 'DAYS_BEFORE', days: 7 }],
    ['DAYS_BEFORE', null],
    ['SAME_DAY:3', null],
    ['whenever', null],
    [null, null],
  ])('%s is read as %s', (value, window) => {
    expect(readWindow(value)).toEqual(window);
  });

  it.each([
    ['the eighth day before, 23:59 in Helsinki', '2026-11-14T21:59:59.999Z', false],
    ['the seventh day before, midnight in Helsinki', '2026-11-14T22:00:00.000Z', true],
    ['the day itself', noon, true],
  ])('of seven days at %s passes: %s → %s', (_, now, passes) => {
    const rules = [{ ...sameDayAtTheatre, value: 'DAYS_BEFORE:7' }];
    expect(said('REDEMPTION_WINDOW', question({ rules, now }))).toMatchObject({
      passes,
      source: 'Kuopio slides 2025-09-11',
    });
    const own = { ...performance, redemptionWindow: 'DAYS_BEFORE' as const, windowDays: 7 };
    expect(said('REDEMPTION_WINDOW', question({ performance: own, now }))).toMatchObject({
      passes,
      source: null,
    });
  });

  it('may be set aside with a reason, the end of the performance may not', () => {
    const overrides = new Set(limitNames);
    const presentation = {
      ...community,
      allowed: { COMMUNITY_WORKER: 1 },
      expiresAt: '2027-01-01T00:00:00.000Z',
    };
    const lines = [{ type: 'COMMUNITY_WORKER', count: 1 } as const];
    const wish = question({ presentation, lines, rules: [sameDayAtTheatre], overrides });
    expect(redeem({ ...wish, now: '2026-11-20T10:00:00.000Z' })).toMatchObject({
      overridden: ['REDEMPTION_WINDOW'],
    });
    expect(redeem({ ...wish, now: performance.endsAt })).toMatchObject({ code: 'OUTSIDE_WINDOW' });
  });
});
