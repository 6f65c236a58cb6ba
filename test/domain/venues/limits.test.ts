import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CourseUse } from '../../../subgraphs/venues/domain/limits/course-uses.ts';
import { limitsLeft } from '../../../subgraphs/venues/domain/limits/left.ts';
import type { Rule } from '../../../subgraphs/venues/domain/rules.ts';

const now = '2026-11-22T10:00:00.000Z';
const rule = (change: Partial<Rule> = {}): Rule => ({
  id: 'r',
  key: 'limit.courses_per_year',
  scope: 'NATION',
  scopeId: null,
  value: '2',
  status: 'IN_FORCE',
  validFrom: null,
  validTo: null,
  source: 'a document',
  ...change,
});
const use = (change: Partial<CourseUse> = {}): CourseUse => ({
  kind: 'COURSE',
  offeringId: 'painting',
  place: { venueId: 'college', networkId: 'network' },
  recordedAt: '2026-02-01T10:00:00.000Z',
  endsAt: '2026-12-01T10:00:00.000Z',
  ...change,
});

describe('what limits leave a card', () => {
  test('without a use all of it is left; each course takes one', () => {
    expect(limitsLeft([rule()], [], now)).toMatchObject([{ allowed: 2, used: 0, left: 2 }]);
    expect(limitsLeft([rule()], [use()], now)).toMatchObject([{ allowed: 2, used: 1, left: 1 }]);
  });

  test('only courses of this Helsinki year count', () => {
    const uses = [
      use({ kind: 'PRODUCTION' }),
      // Still 2025 in Helsinki, and already 2026.
      use({ recordedAt: '2025-12-31T21:59:00.000Z' }),
      use({ offeringId: 'weaving', recordedAt: '2025-12-31T22:00:00.000Z' }),
    ];
    expect(limitsLeft([rule()], uses, now)).toMatchObject([{ used: 1 }]);
  });

  test('at a time: a course counts until it ends', () => {
    const atATime = rule({ key: 'limit.courses_at_a_time', value: '1' });
    const uses = [use({ endsAt: now }), use({ offeringId: 'b', endsAt: '2026-11-22T10:00:00.001Z' })];
    expect(limitsLeft([atATime], uses, now)).toMatchObject([
      { key: 'limit.courses_at_a_time', used: 1, left: 0 },
    ]);
  });

  test('this term: a course counts from August to the end of the year, whenever it ends', () => {
    const perTerm = rule({ key: 'limit.courses_per_term', value: '1' });
    const uses = [use(), use({ offeringId: 'weaving', recordedAt: '2026-07-31T21:00:00.000Z' })];
    expect(limitsLeft([perTerm], uses, now)).toMatchObject([
      { key: 'limit.courses_per_term', used: 1, left: 0 },
    ]);
  });

  test('a second place at the same course takes nothing more, as at the door', () => {
    const uses = [use(), use({ recordedAt: '2026-03-01T10:00:00.000Z' })];
    expect(limitsLeft([rule()], uses, now)).toMatchObject([{ used: 1, left: 1 }]);
  });

  test('a college’s own limit goes before the nation’s, and is told once the card was used there', () => {
    const own = rule({ id: 'own', scope: 'VENUE', scopeId: 'college', value: '1' });
    expect(limitsLeft([rule(), own], [], now)).toMatchObject([{ scope: 'NATION', used: 0 }]);
    expect(limitsLeft([rule(), own], [use()], now)).toMatchObject([
      { scope: 'NATION', used: 0, left: 2 },
      { scope: 'VENUE', scopeId: 'college', used: 1, left: 0 },
    ]);
  });

  test.each([
    { status: 'DRAFT' },
    { status: 'SUPERSEDED' },
    { value: null },
    { value: 'two' },
    { validTo: '2026-11-21' },
    { validFrom: '2026-11-23' },
    { key: 'limit.something_else' },
  ])('a rule that does not bind limits nothing: %j', (change) => {
    expect(limitsLeft([rule(change)], [use()], now)).toEqual([]);
  });

  test('left is never below 0, and with used it is at least what is allowed', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (allowed, count) => {
        const uses = Array.from({ length: count }, (_, n) => use({ offeringId: `course ${n}` }));
        const [limit] = limitsLeft([rule({ value: String(allowed) })], uses, now);
        expect(limit).toMatchObject({ allowed, used: count, left: Math.max(0, allowed - count) });
      }),
    );
  });
});
