/** A process with one database: redemptions at the store, by whichever way it is asked for. */
import {
  migrate,
  openDatabase,
  type DatabaseLocation,
} from '../../../../subgraphs/platform/database/index.ts';
import { sqliteFile } from '../../../../subgraphs/platform/database/sqlite.ts';
import { systemClock } from '../../../../subgraphs/platform/clock.ts';
import { localLive } from '../../../../subgraphs/platform/live/index.ts';
import { environment } from '../../../../subgraphs/venues/service/environment.ts';
import { redeemAlone } from '../../../../subgraphs/venues/service/redeem.ts';
import { verifyLedger } from '../../../../subgraphs/venues/service/verify-ledger.ts';
import type { Wish } from '../../../../subgraphs/venues/service/wish.ts';
import { migrations } from '../../../../subgraphs/venues/store/migrations/index.ts';
import type { VenuesTables } from '../../../../subgraphs/venues/store/tables.ts';
import { answerParent } from '../../support/children.ts';
import { factsOf, openHouse, wishesAt } from '../house.ts';
import { openRaw } from '../raw.ts';

export interface StoreOrder {
  /** raw: better-sqlite3 alone; together: as the product does it; alone: each in a Kysely transaction. */
  readonly way: 'raw' | 'together' | 'alone' | 'verify';
  readonly callers: number;
  readonly ms: number;
}

export interface StoreAnswer {
  readonly perSecond: number;
  /** Of the ledger of everything that was redeemed; only for `verify`. */
  readonly faults: number;
}

const location = JSON.parse(process.env['LOCATION'] ?? '') as DatabaseLocation;
const performances = Number(process.env['PERFORMANCES'] ?? 1);
const live = localLive();
const database = await openDatabase<VenuesTables>(location, 'venues', live);
await migrate(database, migrations);
const env = environment(
  { database, live, clock: systemClock },
  {
    onFailure: (error) => {
      throw error;
    },
  },
);
const house = await openHouse(database, performances);
const facts = await factsOf(database, house.performanceIds);
const raw = location.engine === 'sqlite' ? openRaw(sqliteFile(location.directory, 'venues')) : undefined;
/** Wishes are made before the clock runs, so many at a time. */
const stock = 2_048;

async function oneAtATime(
  store: (wish: Wish) => Promise<unknown>,
  wishes: Wish[],
  callers: number,
): Promise<void> {
  const caller = async (): Promise<void> => {
    for (let wish = wishes.pop(); wish; wish = wishes.pop()) await store(wish);
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

async function together(wish: Wish): Promise<void> {
  if ((await env.together?.(wish)) === 'ALONE') throw new Error('An ordinary wish was sent away.');
}

answerParent(async ({ way, callers, ms }: StoreOrder): Promise<StoreAnswer> => {
  if (way === 'verify') {
    const { faults } = await verifyLedger(database);
    return { perSecond: 0, faults: faults.length };
  }
  let done = 0;
  let busy = 0;
  while (busy < ms) {
    const wishes = wishesAt(facts, stock);
    const begin = performance.now();
    if (way === 'raw') {
      for (let from = 0; from < stock; from += callers) raw?.batch(wishes.slice(from, from + callers));
    } else {
      await oneAtATime(way === 'together' ? together : (wish) => redeemAlone(env, wish), wishes, callers);
    }
    busy += performance.now() - begin;
    done += stock;
  }
  return { perSecond: done / (busy / 1_000), faults: 0 };
});
process.send?.('ready');
