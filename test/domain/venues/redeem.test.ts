import { describe, expect, it } from 'vitest';
import type { TicketLine } from '../../../subgraphs/venues/domain/lines.ts';
import { redeem } from '../../../subgraphs/venues/domain/redeem.ts';
import {
  community,
  noon,
  performance,
  personal,
  production,
  question,
  sameDayAtTheatre,
} from './examples.ts';

const course = { ...production, kind: 'COURSE' as const };
const lines = (...pairs: [TicketLine['type'], number][]): TicketLine[] =>
  pairs.map(([type, count]) => ({ type, count }));

describe('a card at the door', () => {
  it('the holder, two children and an assistant take three places', () => {
    const wanted = lines(['HOLDER', 1], ['CHILD', 2], ['ASSISTANT', 1]);
    expect(redeem(question({ lines: wanted }))).toMatchObject({ kind: 'admission', tickets: 4, counted: 3 });
  });

  it('a presentation for another venue is invalid here', () => {
    const presentation = { ...personal, venueId: 'museum' };
    expect(redeem(question({ presentation }))).toMatchObject({ code: 'PRESENTATION_INVALID' });
  });

  it('a presentation is good until its last moment and not at it', () => {
    expect(redeem(question({ now: '2026-11-22T10:09:59.999Z' }))).toMatchObject({ kind: 'admission' });
    expect(redeem(question({ now: personal.expiresAt }))).toMatchObject({ code: 'PRESENTATION_EXPIRED' });
  });

  it('a cancelled performance admits nobody', () => {
    const cancelled = { ...performance, status: 'CANCELLED' as const };
    expect(redeem(question({ performance: cancelled }))).toMatchObject({ code: 'PERFORMANCE_CANCELLED' });
  });

  it('a performance admits until it ends', () => {
    const late = { ...personal, expiresAt: '2026-11-23T00:00:00.000Z' };
    expect(redeem(question({ presentation: late, now: '2026-11-22T18:59:59.999Z' }))).toMatchObject({
      kind: 'admission',
    });
    expect(redeem(question({ presentation: late, now: performance.endsAt }))).toMatchObject({
      code: 'OUTSIDE_WINDOW',
      facts: { closedAt: performance.endsAt },
    });
  });

  it('a personal card is seen once per performance, a community card as often as it comes', () => {
    expect(redeem(question())).toMatchObject({ seenKey: 'performance:p1:card-1' });
    const worker = question({ presentation: community, lines: lines(['COMMUNITY_WORKER', 1]) });
    expect(redeem(worker)).toMatchObject({ seenKey: null });
  });

  it('a production may be seen once, whichever performance', () => {
    const offering = { ...production, oncePerProduction: true };
    expect(redeem(question({ offering }))).toMatchObject({ seenKey: 'offering:o1:card-1' });
  });
});

describe('the redemption window of the Kuopio theatre', () => {
  const rules = [sameDayAtTheatre];

  it.each([
    ['the evening before, 23:59 in Helsinki', '2026-11-21T21:59:00.000Z', 'OUTSIDE_WINDOW'],
    ['midnight in Helsinki', '2026-11-21T22:00:00.000Z', undefined],
    ['noon of the day', noon, undefined],
  ])('%s: %s → %s', (_, now, code) => {
    const presentation = { ...personal, expiresAt: '2026-12-31T00:00:00.000Z' };
    const answer = redeem(question({ presentation, rules, now }));
    expect(answer.kind === 'refusal' ? answer.code : undefined).toBe(code);
  });

  it('tells when it opens, which rule it is, since when and from which document', () => {
    expect(
      redeem(question({ rules, now: '2026-11-21T10:00:00.000Z', presentation: personal })),
    ).toMatchObject({
      facts: { opensAt: '2026-11-21T22:00:00.000Z', window: 'SAME_DAY' },
      rule: { key: 'redeem.window', since: '2025-01-01', source: 'Kuopio slides 2025-09-11' },
    });
  });

  it('a performance that runs past midnight stays open to its end', () => {
    const late = { ...performance, endsAt: '2026-11-23T01:00:00.000Z' };
    const presentation = { ...personal, expiresAt: '2026-11-23T02:00:00.000Z' };
    const answer = redeem(
      question({ rules, performance: late, presentation, now: '2026-11-23T00:30:00.000Z' }),
    );
    expect(answer.kind).toBe('admission');
  });

  it.each([
    ['a draft', { status: 'DRAFT' }],
    ['not yet in force', { validFrom: '2027-01-01' }],
    ['no longer in force', { validTo: '2026-11-20' }],
    ['of another venue', { scopeId: 'museum' }],
  ])('a rule that is %s binds nobody', (_, change) => {
    const now = '2026-11-21T10:00:00.000Z';
    expect(redeem(question({ rules: [{ ...sameDayAtTheatre, ...change }], now })).kind).toBe('admission');
  });

  it("the venue's choice for one performance goes before the rule", () => {
    const now = '2026-11-21T10:00:00.000Z';
    const open = { ...performance, redemptionWindow: 'ANY_TIME' as const };
    expect(redeem(question({ rules, performance: open, now })).kind).toBe('admission');
    const strict = { ...performance, redemptionWindow: 'SAME_DAY' as const };
    expect(redeem(question({ performance: strict, now }))).toMatchObject({
      code: 'OUTSIDE_WINDOW',
      rule: null,
    });
  });
});

describe('ticket lines', () => {
  it.each([
    [
      'more children than the card allows',
      question({ lines: lines(['HOLDER', 1], ['CHILD', 3]) }),
      'CHILD',
      3,
      2,
    ],
    ['a second holder', question({ lines: lines(['HOLDER', 2]) }), 'HOLDER', 2, 1],
    [
      'a community worker on a personal card',
      question({ lines: lines(['COMMUNITY_WORKER', 1]) }),
      'COMMUNITY_WORKER',
      1,
      0,
    ],
    [
      'a holder on a community card',
      question({ presentation: community, lines: lines(['HOLDER', 1]) }),
      'HOLDER',
      1,
      0,
    ],
    ['a child without the holder', question({ lines: lines(['CHILD', 1]) }), 'HOLDER', 0, 1],
    ['an assistant alone', question({ lines: lines(['ASSISTANT', 1]) }), 'HOLDER', 0, 1],
    [
      'a child at a course',
      question({ offering: course, lines: lines(['HOLDER', 1], ['CHILD', 1]) }),
      'CHILD',
      1,
      0,
    ],
    [
      'a community card at a course',
      question({ offering: course, presentation: community, lines: lines(['COMMUNITY_WORKER', 1]) }),
      'COMMUNITY_WORKER',
      1,
      0,
    ],
  ])('%s is refused with the line and how many are allowed', (_, asked, line, wanted, allowed) => {
    expect(redeem(asked)).toMatchObject({ code: 'LINE_NOT_ALLOWED', facts: { line, wanted, allowed } });
  });

  it('a course place for the holder alone is given', () => {
    expect(redeem(question({ offering: course }))).toMatchObject({ kind: 'admission', counted: 1 });
  });

  it('a refusal at a course names the rule and its document', () => {
    const asked = question({
      offering: course,
      presentation: community,
      lines: lines(['COMMUNITY_WORKER', 1]),
    });
    expect(redeem(asked)).toMatchObject({
      rule: { key: 'community_card.courses', source: 'Pirkanmaa slides 2024' },
    });
  });
});
