import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mostOvertakes,
  offerExpiresAt,
  seatsOf,
  soonestOffered,
  turns,
  waitingClosesAt,
  type Waiting,
} from '../../../subgraphs/venues/domain/waiting-list.ts';

const family = (id: string, places: number, overtaken = 0): Waiting => ({ id, places, overtaken });
const served = (...asked: Parameters<typeof turns>): string[] => turns(...asked).map(({ next }) => next.id);

describe('whose turn it is', () => {
  it('the first in line is served first when its group fits', () => {
    expect(served([family('a', 2), family('b', 1), family('c', 1)], 3, 20)).toEqual(['a', 'b']);
  });

  it('a group is offered all of its places or none', () => {
    expect(served([family('a', 4)], 3, 20)).toEqual([]);
  });

  it('a smaller group goes before one that does not fit, and that one is overtaken once', () => {
    expect(turns([family('a', 4), family('b', 1)], 1, 20)).toEqual([
      { next: family('b', 1), overtaken: ['a'] },
    ]);
  });

  it('nobody goes before a group that was overtaken three times, whatever is free', () => {
    expect(served([family('a', 4, mostOvertakes), family('b', 1)], 3, 20)).toEqual([]);
    expect(served([family('a', 4, mostOvertakes), family('b', 1)], 5, 20)).toEqual(['a', 'b']);
  });

  it('many places that come back at once overtake a group three times and no more', () => {
    const line = [family('a', 9), ...['b', 'c', 'd', 'e', 'f'].map((id) => family(id, 1))];
    expect(served(line, 8, 20)).toEqual(['b', 'c', 'd']);
  });

  it('a group that the house cannot seat any more blocks nobody, and is not overtaken', () => {
    expect(turns([family('a', 9, mostOvertakes), family('b', 1)], 1, 8)).toEqual([
      { next: family('b', 1), overtaken: [] },
    ]);
  });

  it('without a cap everybody is served', () => {
    expect(served([family('a', 50), family('b', 50)], null, null)).toEqual(['a', 'b']);
  });

  const lines = fc.array(
    fc.record({ places: fc.integer({ min: 1, max: 6 }), overtaken: fc.integer({ min: 0, max: 3 }) }),
    { maxLength: 12 },
  );
  const asLine = (found: readonly Omit<Waiting, 'id'>[]): Waiting[] =>
    found.map((each, index) => ({ id: String(index), ...each }));

  it('no more places are offered than are free, to nobody twice, and only whole groups', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 20 }), (found, free) => {
        const line = asLine(found);
        const offered = turns(line, free, 20).map(({ next }) => next);
        expect(offered.reduce((sum, { places }) => sum + places, 0)).toBeLessThanOrEqual(free);
        expect(new Set(offered.map(({ id }) => id)).size).toBe(offered.length);
        for (const { id, places } of offered) expect(places).toBe(line[Number(id)]?.places);
      }),
    );
  });

  it('whoever is passed by was too large for what was free then, and was never passed by too often', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 20 }), (found, free) => {
        const line = asLine(found);
        const gone = new Set<string>();
        const passed = new Map(line.map(({ id, overtaken }) => [id, overtaken]));
        let left = free;
        for (const { next, overtaken } of turns(line, free, 20)) {
          const before = line.filter(({ id }) => !gone.has(id) && Number(id) < Number(next.id));
          expect(overtaken).toEqual(before.map(({ id }) => id));
          for (const { id, places } of before) {
            expect(places).toBeGreaterThan(left);
            expect(passed.get(id)).toBeLessThan(mostOvertakes);
            passed.set(id, (passed.get(id) ?? 0) + 1);
          }
          gone.add(next.id);
          left -= next.places;
        }
      }),
    );
  });

  it('nobody starves: places that come back one by one serve every family, and at most three from behind it before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        let line = sizes.map((places, index) => family(String(index), places));
        const order: number[] = [];
        let free = 0;
        const enough = sizes.reduce((sum, places) => sum + places, 0);
        for (let step = 0; step < enough; step++) {
          free += 1;
          for (const { next, overtaken } of turns(line, free, 6)) {
            free -= next.places;
            order.push(Number(next.id));
            line = line
              .filter(({ id }) => id !== next.id)
              .map((each) =>
                overtaken.includes(each.id) ? { ...each, overtaken: each.overtaken + 1 } : each,
              );
          }
        }
        expect(order.toSorted((a, b) => a - b)).toEqual(sizes.map((_, index) => index));
        for (const [at, id] of order.entries()) {
          expect(order.slice(0, at).filter((other) => other > id).length).toBeLessThanOrEqual(mostOvertakes);
        }
      }),
    );
  });
});

describe('how long an offer stands', () => {
  const starts = '2026-11-22T16:00:00.000Z';

  it('two hours', () => {
    expect(offerExpiresAt('2026-11-22T10:00:00.000Z', starts)).toBe('2026-11-22T12:00:00.000Z');
  });

  it('never after half an hour before the start', () => {
    expect(offerExpiresAt('2026-11-22T15:00:00.000Z', starts)).toBe('2026-11-22T15:30:00.000Z');
  });

  it('none is made when less than a quarter of an hour would be left', () => {
    expect(waitingClosesAt(starts)).toBe('2026-11-22T15:15:00.000Z');
    expect(offerExpiresAt('2026-11-22T15:15:00.000Z', starts)).toBe('2026-11-22T15:30:00.000Z');
    expect(offerExpiresAt('2026-11-22T15:15:00.001Z', starts)).toBeNull();
    expect(soonestOffered('2026-11-22T15:15:00.000Z')).toBe(starts);
  });
});

describe('the seats of a house', () => {
  it('are its own cap or the one that it shares, whichever is lower', () => {
    const shared = { cap: 5, used: 0, held: 0 };
    expect(seatsOf({ cap: 8 })).toBe(8);
    expect(seatsOf({ cap: 8, shared })).toBe(5);
    expect(seatsOf({ cap: null, shared })).toBe(5);
    expect(seatsOf({ cap: null })).toBeNull();
  });
});
