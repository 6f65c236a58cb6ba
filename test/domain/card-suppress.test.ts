import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSmall,
  sumOf,
  suppressList,
  suppressTable,
  type Counts,
} from '../../subgraphs/cards/domain/suppress.ts';

const single = fc.nat({ max: 12 }).map((count): Counts => [count]);
const withComplement = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).map((pair): Counts => pair);

/** Whether somebody who subtracts what is shown from the total learns of one cell, or of few persons. */
function givesAway(parts: readonly Counts[], hidden: readonly boolean[], totalHidden: boolean): boolean {
  const kept = parts.filter((_, at) => hidden[at]);
  if (totalHidden) return kept.length === 0 && parts.some((part) => part.some((count) => count > 0));
  return kept.length === 1 || (kept.length > 0 && isSmall(sumOf(kept)));
}

describe('small numbers', () => {
  it('of 1 to 4 persons are hidden, 0 and 5 are not', () => {
    expect(suppressList([[0], [1], [4], [5], [9]]).hidden).toEqual([false, true, true, false, false]);
  });

  it('a single hidden one takes the next smallest with it, else the total less the others would tell it', () => {
    expect(suppressList([[20], [3], [8], [0]])).toEqual({
      hidden: [false, true, true, false],
      totalHidden: false,
    });
  });

  it('two hidden ones that are four persons together take a third', () => {
    expect(suppressList([[1], [3], [30]]).hidden).toEqual([true, true, true]);
  });

  it('a total of three is hidden with its only part', () => {
    expect(suppressList([[3], [0]])).toEqual({ hidden: [true, false], totalHidden: true });
  });

  it('when the sum above is hidden, one part is too, so that they cannot be added up', () => {
    expect(suppressList([[7], [9]], true).hidden).toEqual([true, false]);
  });

  it('no unused cards of 6 are shown when that tells that 2 of 8 were used', () => {
    expect(
      suppressList([
        [6, 2],
        [10, 10],
      ]).hidden,
    ).toEqual([true, true]);
  });

  it('a network with a small month shows its year and no month, and the next one no month either', () => {
    const rows = [
      [[2], [20]],
      [[9], [10]],
      [[50], [60]],
    ];
    expect(suppressTable(rows)).toEqual({
      rows: [false, false, false],
      total: false,
      closed: [true, true, false],
      columnsClosed: false,
    });
  });

  it.each([
    ['numbers', single],
    ['numbers with their complement', withComplement],
  ])('no list of %s gives away a small one', (_, cell) => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), fc.boolean(), (parts, above) => {
        const { hidden, totalHidden } = suppressList(parts, above);
        expect(parts.some((part, at) => isSmall(part) && !hidden[at])).toBe(false);
        expect(givesAway(parts, hidden, totalHidden)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('no sum of a row, no row and no column of a table gives away a small one', () => {
    const table = fc
      .integer({ min: 1, max: 6 })
      .chain((width) =>
        fc.array(fc.array(single, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        const { rows: hidden, total, closed, columnsClosed } = suppressTable(rows);
        expect(givesAway(rows.map(sumOf), hidden, total)).toBe(false);
        rows.forEach((row, at) => expect((row.some(isSmall) || hidden[at]) && !closed[at]).toBe(false));
        expect(total && !columnsClosed).toBe(false);
        (rows[0] ?? []).forEach((__, at) => {
          const column = rows.map((row) => row[at] ?? [0]);
          expect(isSmall(sumOf(column)) && !columnsClosed).toBe(false);
          expect(!columnsClosed && givesAway(column, closed, false)).toBe(false);
        });
      }),
      { numRuns: 500 },
    );
  });
});
