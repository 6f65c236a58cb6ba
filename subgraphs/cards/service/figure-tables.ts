import { suppressList, suppressTable, type Counts, type SafeTable } from '../domain/suppress.ts';
import type { CardsReader } from '../store/database.ts';
import { networkFigures, validByNetwork } from '../store/figures.ts';
import type { FigureName } from '../store/tables-figures.ts';

/** The counts of a year that a reader sees. `unused` stands with its complement: who knows one knows the other. */
export const countKeys = ['issued', 'renewed', 'takenIntoUse', 'unused'] as const;
export type CountKey = (typeof countKeys)[number];

export type Sums = Readonly<Record<FigureName, number>>;

const nothing: Sums = { ISSUED: 0, RENEWED: 0, TAKEN_INTO_USE: 0, EVER_USED: 0, MERGED: 0 };
const figureNames = Object.keys(nothing) as FigureName[];

export function addUp(rows: Iterable<{ readonly figure: FigureName; readonly value: number }>): Sums {
  const sums = { ...nothing };
  for (const { figure, value } of rows) sums[figure] += value;
  return sums;
}

export function countsOf(sums: Sums, key: CountKey): Counts {
  if (key === 'issued') return [sums.ISSUED];
  if (key === 'renewed') return [sums.RENEWED];
  if (key === 'takenIntoUse') return [sums.TAKEN_INTO_USE];
  return [sums.ISSUED - sums.MERGED - sums.EVER_USED, sums.EVER_USED];
}

/** `2026-01` … `2026-12` */
export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
}

interface MonthRow {
  readonly month: string;
  readonly figure: FigureName;
  readonly value: number;
}

export function byMonth(rows: readonly MonthRow[], year: number): Sums[] {
  const lists = new Map(monthsOf(year).map((month) => [month, [] as MonthRow[]]));
  for (const row of rows) lists.get(row.month)?.push(row);
  return [...lists.values()].map(addUp);
}

/** A year of the nation: each network by months, and which of these cells may be seen. */
export interface NationTable {
  /** Ids; '' gathers the issuers that are in no network. */
  readonly networks: readonly string[];
  /** By network, then by month. */
  readonly sums: readonly (readonly Sums[])[];
  /** Which cells are hidden, for everybody alike: two readers who compare learn no more than one. */
  safe(key: CountKey): SafeTable;
}

export async function nationTable(db: CardsReader, year: number): Promise<NationTable> {
  const rows = await networkFigures(db, year);
  const lists = new Map<string, typeof rows>();
  for (const row of rows) {
    const list = lists.get(row.networkId) ?? [];
    list.push(row);
    lists.set(row.networkId, list);
  }
  const sums = [...lists.values()].map((list) => byMonth(list, year));
  const known = new Map<CountKey, SafeTable>();
  return {
    networks: [...lists.keys()],
    sums,
    safe(key) {
      const table =
        known.get(key) ?? suppressTable(sums.map((months) => months.map((month) => countsOf(month, key))));
      known.set(key, table);
      return table;
    },
  };
}

export function sumOfMonths(months: readonly Sums[]): Sums {
  const sums = { ...nothing };
  for (const month of months) {
    for (const figure of figureNames) sums[figure] += month[figure];
  }
  return sums;
}

export interface ValidNow {
  readonly cards: number;
  readonly hidden: boolean;
}

/** How many cards are valid today, of each network and of all. */
export async function validTable(
  db: CardsReader,
  today: string,
): Promise<{ readonly networks: ReadonlyMap<string, ValidNow>; readonly nation: ValidNow }> {
  const found = await validByNetwork(db, today);
  const { hidden, totalHidden } = suppressList(found.map(({ cards }) => [cards]));
  return {
    networks: new Map(
      found.map(({ scopeId, cards }, at) => [scopeId, { cards, hidden: hidden[at] ?? true }]),
    ),
    nation: { cards: found.reduce((sum, { cards }) => sum + cards, 0), hidden: totalHidden },
  };
}
