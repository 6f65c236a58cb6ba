import { describe, expect, it } from 'vitest';
import {
  loadOf,
  spansOf,
  type LoadCounts,
  type LoadPerformance,
  type LoadUse,
} from '../../../subgraphs/venues/domain/load.ts';

const span = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };
const now = '2026-11-22T10:00:00.000Z';
const counts: LoadCounts = { uses: 30, tickets: 42, usesBefore: 20, turnAways: 3, turnedAway: 7, noShows: 2 };
/** A Wednesday evening in Helsinki. */
const startsAt = '2026-01-14T16:00:00.000Z';
const performance = (changes: Partial<LoadPerformance> = {}): LoadPerformance => ({
  startsAt,
  tickets: 100,
  cap: 10,
  used: 4,
  held: 0,
  ...changes,
});
const use = (changes: Partial<LoadUse> = {}): LoadUse => ({
  cardId: 'c',
  cardKind: 'PERSONAL',
  offeringId: 'o',
  recordedAt: '2026-01-14T15:00:00.000Z',
  startsAt,
  ...changes,
});
const helped = (uses: readonly LoadUse[], performances: readonly LoadPerformance[] = []) => {
  const crowded = [1, 2].map(() => performance({ tickets: 10, cap: null, used: 6 }));
  const { suggestions } = loadOf(span, counts, [...crowded, ...performances], uses, 3).goodwill;
  return Object.fromEntries(suggestions.map(({ limit, spared }) => [limit, spared]));
};

describe("a venue's load", () => {
  it('is its counts, the trend against the span before and two minutes at the desk for each guest', () => {
    const load = loadOf(span, counts, [], [], 3);
    expect(load).toMatchObject({ ...span, ...counts, trendPercent: 50, deskMinutes: 66 });
    expect(loadOf(span, { ...counts, usesBefore: 0 }, [], [], 3).trendPercent).toBeNull();
    expect(loadOf(span, { ...counts, usesBefore: 40 }, [], [], 3).trendPercent).toBe(-25);
  });

  it('counts the performances whose cap was reached, held places too and shared caps, among those with a cap', () => {
    const load = loadOf(
      span,
      counts,
      [
        performance({ used: 10 }),
        performance({ used: 6, held: 4 }),
        performance(),
        performance({ cap: null, used: 80 }),
        performance({ cap: null, used: 8, shared: { cap: 20, used: 15, held: 5 } }),
        performance({ cap: null, used: 7, shared: { cap: 20, used: 15, held: 0 } }),
      ],
      [],
      3,
    );
    expect(load).toMatchObject({ performances: 6, capped: 5, capReached: 3 });
  });

  it('tells the share of the audience where the tickets are known, and null where they never are', () => {
    const load = loadOf(span, counts, [performance(), performance({ tickets: null, used: 50 })], [], 3);
    expect(load).toMatchObject({ audiencePercent: 4, ticketsKnown: 1 });
    expect(loadOf(span, counts, [performance({ tickets: null })], [], 3).audiencePercent).toBeNull();
  });

  it.each<[string, readonly LoadUse[], Record<string, number>]>([
    [
      'a use on the day of the performance is not early',
      [use({ recordedAt: '2026-01-13T22:00:00.000Z' })],
      {},
    ],
    [
      'a minute before its Helsinki midnight is',
      [use({ recordedAt: '2026-01-13T21:59:00.000Z' })],
      { SAME_DAY: 1 },
    ],
    [
      'more than seven days before is early for both windows',
      [use({ recordedAt: '2026-01-06T21:59:00.000Z' })],
      { SAME_DAY: 1, DAYS_BEFORE: 1 },
    ],
    [
      'a card that comes again for the same production',
      [use(), use(), use({ cardId: 'd' })],
      { ONCE_PER_PRODUCTION: 1 },
    ],
    ['a community card may come again', [use({ cardKind: 'COMMUNITY' }), use({ cardKind: 'COMMUNITY' })], {}],
    [
      'a Friday is busy',
      [use({ startsAt: '2026-01-16T16:00:00.000Z', recordedAt: '2026-01-16T15:00:00.000Z' })],
      { QUIET_DAYS: 1 },
    ],
    [
      'Thursday 23.30 is not, whatever the day in UTC',
      [use({ startsAt: '2026-01-15T21:30:00.000Z', recordedAt: '2026-01-15T15:00:00.000Z' })],
      {},
    ],
  ])('%s', (_title, uses, limits) => {
    // The two crowded performances of 10 give 6 each: their floor is 1.
    expect(helped(uses)).toEqual({ CAP_AT_FLOOR: 10, ...limits });
  });

  it('a cap at the floor would have spared what is over 3 % of the tickets', () => {
    expect(
      helped([], [performance({ tickets: 300, used: 14 }), performance({ tickets: 300, used: 9 })]),
    ).toEqual({
      CAP_AT_FLOOR: 15,
    });
  });

  it('a span ends now at the latest, and is compared with one as long', () => {
    expect(spansOf({ from: '2026-11-12T10:00:00.000Z', to: '2026-12-31T00:00:00.000Z' }, now)).toEqual({
      span: { from: '2026-11-12T10:00:00.000Z', to: now },
      before: { from: '2026-11-02T10:00:00.000Z', to: '2026-11-12T10:00:00.000Z' },
    });
  });

  it.each([
    ['empty', span.from, span.from],
    ['backwards', span.to, span.from],
    ['all to come', '2026-12-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z'],
    ['longer than 366 days', '2025-01-01T00:00:00.000Z', '2026-01-02T00:00:00.001Z'],
  ])('a span that is %s is BAD_INPUT', (_title, from, to) => {
    expect(() => spansOf({ from, to }, now)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});
