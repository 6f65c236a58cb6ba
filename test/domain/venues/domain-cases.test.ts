import { describe, expect, it } from 'vitest';
import { capFloor, judgeCap } from '../../../subgraphs/venues/domain/cap.ts';
import { limitsLeft } from '../../../subgraphs/venues/domain/limits/left.ts';
import { holderPays } from '../../../subgraphs/venues/domain/terms.ts';
import { redeem, type RedeemQuestion } from '../../../subgraphs/venues/domain/redeem.ts';
import { community, noon, performance, place, production, question } from './examples.ts';
import { course, courseUse, ruleOf } from './limit-examples.ts';

/** The cases of ../shared/domain.md as the documents have them, each under the name that it has there. */

const answer = (wish: RedeemQuestion): string => {
  const said = redeem(wish);
  return said.kind === 'refusal' ? said.code : 'admission';
};

describe('the floor under a cap, ceil(3·T/100)', () => {
  it.each([
    [20, 1],
    [34, 2],
    [67, 3],
    [100, 3],
    [299, 9],
    [300, 9],
    [666, 20],
    [667, 21],
  ])('of %i tickets is %i', (tickets, floor) => {
    expect(capFloor(tickets)).toBe(floor);
  });
});

describe('the Kuopio city orchestra: at most 20 card holders per concert', () => {
  const rules = [ruleOf('cap.absolute', '20')];
  const concert = (used: number, places = 1): RedeemQuestion =>
    question({
      rules,
      places: { cap: 20, used, held: 0 },
      lines: [
        { type: 'HOLDER', count: 1 },
        { type: 'CHILD', count: places - 1 },
      ],
    });

  it('the 20th card holder at one concert comes in, the 21st is refused with CAP_REACHED', () => {
    expect(answer(concert(19))).toBe('admission');
    expect(answer(concert(20))).toBe('CAP_REACHED');
    expect(redeem(concert(20))).toMatchObject({
      facts: { cap: 20, used: 20, remaining: 0, wanted: 1 },
      rule: { key: 'cap.absolute' },
    });
  });

  it('a family of three is not split over the last two places', () => {
    expect(answer(concert(17, 3))).toBe('admission');
    expect(answer(concert(18, 3))).toBe('CAP_REACHED');
  });

  it('an assistant comes in free also when all 20 places are taken but one', () => {
    const lines = [
      { type: 'HOLDER', count: 1 },
      { type: 'ASSISTANT', count: 1 },
    ] as const;
    expect(redeem({ ...concert(19), lines })).toMatchObject({ kind: 'admission', tickets: 2, counted: 1 });
  });

  it.each([
    [666, 0],
    [667, 1],
    [1_000, 1],
  ])(
    'said of a concert with %i tickets, a fixed 20 brings %i warnings while the floor is a draft',
    (tickets, count) => {
      const judged = judgeCap(
        20,
        tickets,
        [ruleOf('cap.floor_pct', '3', { status: 'DRAFT' })],
        place,
        '2026-11-22',
      );
      expect(judged).toMatchObject({ kind: 'accepted', warnings: { length: count } });
    },
  );
});

describe('the Kuopio city theatre: only on the day of the performance', () => {
  const rules = [ruleOf('redeem.window', 'SAME_DAY')];
  const late = { ...performance, endsAt: '2026-11-22T22:30:00.000Z' };
  it.each([
    ['the evening before', '2026-11-21T18:00:00.000Z', 'OUTSIDE_WINDOW'],
    ['one second before midnight', '2026-11-21T21:59:59.000Z', 'OUTSIDE_WINDOW'],
    ['at midnight', '2026-11-21T22:00:00.000Z', 'admission'],
    ['at noon', noon, 'admission'],
    ['past the next midnight, while it still runs', '2026-11-22T22:15:00.000Z', 'admission'],
    ['when it is over', '2026-11-22T22:30:00.000Z', 'OUTSIDE_WINDOW'],
  ])('%s: %s gives %s', (_, now, expected) => {
    const presentation = { ...question().presentation, expiresAt: '2026-12-31T00:00:00.000Z' };
    expect(answer(question({ rules, now, performance: late, presentation }))).toBe(expected);
  });
});

describe('the adult education centre of Pedersöre: two courses a year, up to 25 €', () => {
  const rules = [ruleOf('limit.courses_per_year', '2')];
  const booked = ['painting', 'weaving'].map((id) => courseUse(id));
  const asked = (count: number, now = noon): RedeemQuestion =>
    question({
      offering: course,
      performance: {
        ...performance,
        startsAt: '2027-02-01T15:00:00.000Z',
        endsAt: '2027-04-30T18:00:00.000Z',
      },
      presentation: { ...question().presentation, expiresAt: '2027-12-31T00:00:00.000Z' },
      rules,
      courses: booked.slice(0, count),
      now,
    });

  it.each([
    [0, 'admission', 2],
    [1, 'admission', 1],
    [2, 'COURSE_LIMIT_REACHED', 0],
  ])('with %i courses of the year one more is: %s, and the holder sees %i left', (count, expected, left) => {
    expect(answer(asked(count))).toBe(expected);
    const seen = limitsLeft(rules, booked.slice(0, count), noon);
    expect(seen[0]?.left ?? 2).toBe(left);
  });

  it('the third is given in January', () => {
    expect(answer(asked(2, '2026-12-31T21:59:59.000Z'))).toBe('COURSE_LIMIT_REACHED');
    expect(answer(asked(2, '2026-12-31T22:00:00.000Z'))).toBe('admission');
  });

  it.each([
    [0, 0],
    [2_499, 0],
    [2_500, 0],
    [2_501, 1],
    [6_000, 3_500],
  ])('of a fee of %i cents the holder pays %i', (feeCents, rest) => {
    expect(holderPays({ feeCents, feeCeilingCents: 2_500 })).toBe(rest);
  });
});

describe('children at adult education courses: never, though a real table shows one such use', () => {
  const withChild = question({
    offering: course,
    lines: [
      { type: 'HOLDER', count: 1 },
      { type: 'CHILD', count: 1 },
    ],
  });

  it('a child is refused with LINE_NOT_ALLOWED', () => {
    expect(answer(withChild)).toBe('LINE_NOT_ALLOWED');
  });

  it('the venue may set that aside, and only that is recorded as set aside', () => {
    const overrides = new Set(['NO_CHILDREN_AT_COURSES', 'ONCE_PER_PRODUCTION'] as const);
    expect(redeem({ ...withChild, overrides })).toMatchObject({
      kind: 'admission',
      counted: 2,
      overridden: ['NO_CHILDREN_AT_COURSES'],
    });
  });

  it('a community card gets no course place, whatever is set aside', () => {
    const lines = [{ type: 'COMMUNITY_WORKER', count: 1 }] as const;
    const overrides = new Set(['NO_CHILDREN_AT_COURSES'] as const);
    expect(answer({ ...withChild, presentation: community, lines, overrides })).toBe('LINE_NOT_ALLOWED');
  });
});

describe('once per production, where the venue says so', () => {
  const seen = [{ performanceId: 'p0', recordedAt: '2026-11-20T16:00:00.000Z' }];
  it.each([
    ['the same show on another day', true, 'ALREADY_SEEN'],
    ['where the venue does not say so', false, 'admission'],
  ])('%s', (_, oncePerProduction, expected) => {
    expect(answer(question({ offering: { ...production, oncePerProduction }, seen }))).toBe(expected);
  });
});
