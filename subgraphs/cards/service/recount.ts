import { setTimeout as sleep } from 'node:timers/promises';
import { cellsOf, parseCell, rebook } from '../domain/booking.ts';
import type { CardsDatabase, CardsReader } from '../store/database.ts';
import { standingRows } from '../store/figure-deltas.ts';
import {
  bookedCardsAfter,
  countPeriods,
  storedFigures,
  storedNetworkFigures,
  storedStanding,
  wrongUses,
} from '../store/recount.ts';

/** One number that is not what the rows say. */
export interface Difference {
  readonly table: 'issuer_figure' | 'network_figure' | 'standing' | 'uses';
  /** What tells the row from the others, with spaces between. */
  readonly key: string;
  readonly stored: number;
  readonly recounted: number;
}

export interface Recount {
  readonly cards: number;
  readonly numbers: number;
  readonly differences: readonly Difference[];
}

const pageSize = 500;
const looks = 4;
const pauseMs = 250;

/**
 * Compares every counter with the rows that it counts. May run beside a server: a difference is believed only when it is
 * still the same after looking again, since a consumer may be at work between two reads.
 */
export async function verifyFigures(database: CardsDatabase): Promise<Recount> {
  let recount = await recountOnce(database.reader);
  for (let look = 1; look < looks && recount.differences.length > 0; look += 1) {
    await sleep(pauseMs);
    const again = await recountOnce(database.reader);
    const seen = new Set(recount.differences.map((difference) => JSON.stringify(difference)));
    recount = {
      ...again,
      differences: again.differences.filter((difference) => seen.has(JSON.stringify(difference))),
    };
  }
  return recount;
}

/** One comparison of everything. */
export async function recountOnce(db: CardsReader): Promise<Recount> {
  const figures = new Tally();
  const networks = new Tally();
  const standing = new Tally();
  let cards = 0;
  for (let after = ''; ;) {
    const page = await bookedCardsAfter(db, after, pageSize);
    for (const { card, booked } of page) {
      const counted = rebook(booked, cellsOf(card), card).booked;
      for (const [key, [issuerId, networkId]] of Object.entries(counted)) {
        const cell = parseCell(key);
        if (cell.kind === 'MONTH') figures.expect([issuerId, networkId, cell.month, cell.figure], 1);
        else
          for (const row of standingRows({ ...cell, issuerId, networkId }))
            standing.expect([row.scope, row.scope_id, row.valid_until, row.since, row.used], 1);
      }
    }
    cards += page.length;
    const last = page.at(-1);
    if (!last) break;
    after = last.card.id;
  }
  for (const { issuerId, month, figure, value } of await countPeriods(db)) {
    figures.expect([issuerId, '*', month, figure], value);
  }
  for (const { issuerId, networkId, month, figure, value } of await storedFigures(db)) {
    // The history does not say in which network an issuer was then: its counters of all networks together are compared.
    const network = figure === 'ISSUED' || figure === 'RENEWED' ? '*' : networkId;
    figures.store([issuerId, network, month, figure], value);
    networks.expect([networkId, month, figure], value);
  }
  for (const { networkId, month, figure, value } of await storedNetworkFigures(db)) {
    networks.store([networkId, month, figure], value);
  }
  for (const row of await storedStanding(db)) {
    standing.store([row.scope, row.scope_id, row.valid_until, row.since, row.used], row.cards);
  }
  const uses = (await wrongUses(db)).map(({ cardId, ...numbers }) => ({
    table: 'uses' as const,
    key: cardId,
    ...numbers,
  }));
  return {
    cards,
    numbers: figures.size + networks.size + standing.size,
    differences: [
      ...figures.differences('issuer_figure'),
      ...networks.differences('network_figure'),
      ...standing.differences('standing'),
      ...uses,
    ],
  };
}

/** Two sums for each key: what is stored, and what the rows say. */
class Tally {
  readonly #sums = new Map<string, { stored: number; recounted: number }>();

  get size(): number {
    return this.#sums.size;
  }

  store(key: readonly (string | number)[], value: number): void {
    this.#at(key).stored += value;
  }

  expect(key: readonly (string | number)[], value: number): void {
    this.#at(key).recounted += value;
  }

  differences(table: Difference['table']): Difference[] {
    return [...this.#sums]
      .filter(([, { stored, recounted }]) => stored !== recounted)
      .map(([key, sums]) => ({ table, key, ...sums }));
  }

  #at(parts: readonly (string | number)[]): { stored: number; recounted: number } {
    const key = parts.join(' ');
    const known = this.#sums.get(key) ?? { stored: 0, recounted: 0 };
    this.#sums.set(key, known);
    return known;
  }
}
