import { describe, expect, it } from 'vitest';
import type { NewPerformance } from '../../../subgraphs/venues/domain/catalogue.ts';
import {
  checkDefaults,
  defaultCapWarning,
  noDefaults,
  withDefaults,
  type VenueDefaults,
} from '../../../subgraphs/venues/domain/defaults.ts';
import { suggestCap, type Demand } from '../../../subgraphs/venues/domain/suggest-cap.ts';

const defaults: VenueDefaults = {
  cap: 20,
  redemptionWindow: 'DAYS_BEFORE',
  windowDays: 7,
  oncePerProduction: true,
  ticketBasis: 'ON_SALE',
  cancelUntilMinutes: 120,
};
const bare: NewPerformance = {
  id: 'p',
  startsAt: '2026-12-01T16:00:00.000Z',
  endsAt: '2026-12-01T18:00:00.000Z',
  tickets: 667,
  ticketBasis: null,
};
const containing = (text: string): unknown => expect.stringContaining(text);

describe("a venue's defaults", () => {
  it('are what a new performance begins with where it says nothing', () => {
    expect(withDefaults(bare, defaults, null)).toMatchObject({
      cap: 20,
      redemptionWindow: 'DAYS_BEFORE',
      windowDays: 7,
      ticketBasis: 'ON_SALE',
      cancelUntilMinutes: 120,
    });
  });

  it('change nothing that it says itself: no cap and no window are wishes too', () => {
    const own = {
      ...bare,
      cap: null,
      redemptionWindow: null,
      ticketBasis: 'CAPACITY',
      cancelUntilMinutes: null,
    } as const;
    expect(withDefaults(own, defaults, 3)).toEqual(own);
  });

  it.each([
    [666, 20],
    [667, 21],
    [null, 20],
  ])(
    'with %s tickets a default of 20 becomes %i where the floor binds, and stays 20 where it is a draft',
    (tickets, cap) => {
      expect(withDefaults({ ...bare, tickets }, defaults, 3).cap).toBe(cap);
      expect(withDefaults({ ...bare, tickets }, defaults, null).cap).toBe(20);
    },
  );

  it('say above how many tickets the cap breaks the floor: 20 above 666', () => {
    for (const text of Object.values(defaultCapWarning(20, 3))) expect(text).toEqual(containing('666'));
  });

  it.each([
    [{ cap: -1 }],
    [{ cap: 1.5 }],
    [{ redemptionWindow: 'DAYS_BEFORE' as const }],
    [{ windowDays: 3 }],
    [{ redemptionWindow: 'SAME_DAY' as const, windowDays: 3 }],
    [{ redemptionWindow: 'DAYS_BEFORE' as const, windowDays: 367 }],
  ])('%o cannot be', (wrong) => {
    expect(() => checkDefaults({ ...noDefaults, ...wrong })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
    expect(() => checkDefaults(defaults)).not.toThrow();
  });
});

describe('a suggested cap', () => {
  const past = (...wishes: number[]): Demand[] => wishes.map((used) => ({ used, turnedAway: 0 }));

  it('has room for everybody at nine performances of ten', () => {
    expect(suggestCap(past(1, 2, 3, 4, 5, 6, 7, 8, 9, 100), null, 3)).toMatchObject({
      cap: 9,
      performances: 10,
    });
  });

  it('counts guests who were turned away as wishes', () => {
    const history = Array.from({ length: 5 }, () => ({ used: 20, turnedAway: 6 }));
    expect(suggestCap(history, null, 3)).toMatchObject({ cap: 26, explanation: { en: containing('26') } });
  });

  it.each([
    [300, 9],
    [667, 21],
    [100, 4],
  ])('is never below the floor: of four wishes and %i tickets it is %i', (tickets, cap) => {
    expect(suggestCap(past(4, 4, 4, 4, 4), tickets, 3).cap).toBe(cap);
  });

  it('of a house that nobody asked is one place, never none', () => {
    expect(suggestCap(past(0, 0, 0, 0, 0), null, 3).cap).toBe(1);
  });

  it('from four performances draws no pattern: the floor, or nothing', () => {
    expect(suggestCap(past(50, 50, 50, 50), 300, 3)).toMatchObject({ cap: 9, floor: 9, performances: 4 });
    expect(suggestCap(past(50, 50, 50, 50), null, 3)).toMatchObject({ cap: null, floor: null });
  });
});
