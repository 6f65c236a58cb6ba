import { describe, expect, it } from 'vitest';
import {
  capFloor,
  capReached,
  judgeCap,
  mostTicketsForCap,
  remainingOf,
} from '../../../subgraphs/venues/domain/cap.ts';
import type { Rule } from '../../../subgraphs/venues/domain/rules.ts';
import { place } from './examples.ts';

const floorRule = (status: string): Rule => ({
  id: 'floor',
  key: 'cap.floor_pct',
  scope: 'NATION',
  scopeId: null,
  value: '3',
  status,
  validFrom: null,
  validTo: null,
  source: 'national feedback-meeting template 2025-09-03',
});
const on = '2026-11-22';
const stringMatching = (form: RegExp): unknown => expect.stringMatching(form);
const stringContaining = (text: string): unknown => expect.stringContaining(text);

describe('the floor of a cap', () => {
  it.each([
    [20, 1],
    [34, 2],
    [67, 3],
    [100, 3],
    [299, 9],
    [300, 9],
    [666, 20],
    [667, 21],
    [0, 0],
    [1, 1],
    [33, 1],
    [1_000_000, 30_000],
  ])('is 3 percent of %i tickets, rounded up: %i', (tickets, floor) => {
    expect(capFloor(tickets)).toBe(floor);
  });

  it('a fixed 20 holds up to 666 tickets and no further', () => {
    expect(mostTicketsForCap(20)).toBe(666);
    expect(capFloor(666)).toBeLessThanOrEqual(20);
    expect(capFloor(667)).toBeGreaterThan(20);
  });
});

describe('setting a cap', () => {
  it('below the floor is accepted with a warning while the rule is a draft', () => {
    const judged = judgeCap(20, 667, [floorRule('DRAFT')], place, on);
    expect(judged).toMatchObject({
      kind: 'accepted',
      warnings: [{ en: stringMatching(/21.*cap\.floor_pct.*DRAFT/) }],
    });
  });

  it('below the floor is refused with the numbers once the rule is in force', () => {
    expect(judgeCap(20, 667, [floorRule('IN_FORCE')], place, on)).toMatchObject({
      code: 'CAP_BELOW_FLOOR',
      facts: { cap: 20, floor: 21, tickets: 667, percent: 3 },
      rule: { key: 'cap.floor_pct' },
    });
  });

  it('at the floor needs no word', () => {
    expect(judgeCap(20, 666, [floorRule('DRAFT')], place, on)).toEqual({ kind: 'accepted', warnings: [] });
  });

  it('where nobody knows the tickets says above how many it breaks the floor', () => {
    expect(judgeCap(20, null, [], place, on)).toMatchObject({
      warnings: [{ en: stringContaining('666') }],
    });
  });

  it('no cap is never below a floor', () => {
    expect(judgeCap(null, 667, [floorRule('IN_FORCE')], place, on)).toEqual({
      kind: 'accepted',
      warnings: [],
    });
  });
});

describe('free places', () => {
  it.each([
    [20, 5, 0, 15],
    [20, 5, 4, 11],
    [20, 20, 0, 0],
    [20, 16, 4, 0],
    [null, 5, 4, null],
  ])('of a cap of %s with %i used and %i held are %s', (cap, used, held, remaining) => {
    expect(remainingOf({ cap, used, held })).toBe(remaining);
  });

  it('a full house is explained by the rule of the venue before that of the nation', () => {
    const national: Rule = { ...floorRule('DRAFT'), id: 'n', key: 'cap.per_performance' };
    const own: Rule = {
      ...floorRule('IN_FORCE'),
      id: 'v',
      key: 'cap.absolute',
      scope: 'VENUE',
      scopeId: 'theatre',
      value: '20',
    };
    const full = { cap: 20, used: 16, held: 3, wanted: 2 };
    expect(capReached(full, [national], place, on).rule?.key).toBe('cap.per_performance');
    expect(capReached(full, [national, own], place, on)).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 20, used: 16, held: 3, remaining: 1, wanted: 2 },
      rule: { key: 'cap.absolute' },
    });
  });
});
