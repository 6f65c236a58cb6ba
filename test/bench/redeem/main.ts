/** `npm run bench:redeem`: redemptions per second, at the store and through the gateway, against what the database can. See ../README.md */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../support/postgres-server.ts';
import type { LoadOrder, LoadResult } from '../gateway/load.ts';
import { answering, ask, cores, start, type Child } from '../support/children.ts';
import { Opened } from '../support/opened.ts';
import { readOptions } from '../support/options.ts';
import { missingTools } from '../support/proc.ts';
import { figure, table } from '../support/report.ts';
import { median } from '../support/statistics.ts';
import type { ProductAnswer, ProductOrder } from './servers/product.ts';
import type { StoreAnswer, StoreOrder } from './servers/store.ts';

const parts = ['sqlite', 'gateway', 'postgres'];
const options = readOptions(parts, { seconds: 3, rounds: 5 }, { callers: 64, performances: 1 });
const { callers, performances } = options.counts;
const ms = options.seconds * 1_000;
const reason = missingTools();
if (reason !== undefined) {
  console.error(reason);
  process.exit(1);
}
const wanted = (part: string): boolean => options.only.length === 0 || options.only.includes(part);
const folder = path.join(import.meta.dirname, 'servers');
const env = { PERFORMANCES: String(performances) };
const enough = 12_000;
/** So many times the callers ask PostgreSQL in the second run: a batch takes what waits, so it gains by a crowd. */
const rush = 4;

interface Row {
  readonly what: string;
  readonly against: string;
  readonly perSecond: number;
  readonly limit: number;
  readonly ratio: number;
  readonly target: number;
}

await using opened = new Opened();
const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-redeem-'));
opened.defer(() => rmSync(directory, { recursive: true, force: true }));

const redeemAt = async (child: Child, way: StoreOrder['way'], by = callers): Promise<number> => {
  const order: StoreOrder = { way, callers: by, ms };
  const { perSecond, faults } = await ask<StoreAnswer>(child, order);
  if (faults > 0) throw new Error(`The ledger has ${faults} faults after the bench.`);
  return perSecond;
};

async function startStore(location: object, name: string, core: number | string): Promise<Child> {
  const store = await start(path.join(folder, 'store.js'), {
    core,
    env: { ...env, LOCATION: JSON.stringify(location) },
  });
  opened.use(store);
  await new Promise<void>((ready, failed) => {
    store.process.once('message', () => ready());
    store.process.once('exit', () => failed(new Error(`${name} did not start.`)));
  });
  return store;
}

/** One way after the other, round by round; the ratio is the median of the rounds' own. */
async function compare(
  ways: readonly (() => Promise<number>)[],
): Promise<readonly { readonly perSecond: number; readonly ratio: number }[]> {
  const rounds: number[][] = [];
  for (const way of ways) await way();
  for (let round = 0; round < options.rounds; round += 1) {
    const values: number[] = [];
    for (const way of ways) values.push(await way());
    rounds.push(values);
  }
  return ways.map((_, place) => ({
    perSecond: median(rounds.map((values) => values[place] ?? 0)),
    ratio: median(rounds.map((values) => (values[place] ?? 0) / (values[0] ?? 1))),
  }));
}

const rows: Row[] = [];

async function onSqlite(): Promise<void> {
  const store = await startStore({ engine: 'sqlite', directory }, 'The store', cores.measured);
  const ways = [() => redeemAt(store, 'raw'), () => redeemAt(store, 'together')];
  if (wanted('gateway')) ways.push(await throughGateway());
  const [raw, together, gateway] = await compare(ways);
  await redeemAt(store, 'verify');
  const limit = raw?.perSecond ?? 0;
  const against = 'raw better-sqlite3';
  if (together) rows.push({ what: 'store, SQLite', against, ...together, limit, target: 0.8 });
  if (gateway) rows.push({ what: 'gateway, SQLite', against, ...gateway, limit, target: 0.3 });
}

async function throughGateway(): Promise<() => Promise<number>> {
  const product = await start(path.join(folder, 'product.js'), {
    // Signatures are checked on threads of their own.
    core: cores.both,
    env: { ...env, DIRECTORY: path.join(directory, 'product') },
  });
  opened.use(product);
  const load = await start(path.join(folder, '..', '..', 'gateway', 'load.js'), { core: cores.others });
  opened.use(load);
  const url = `http://127.0.0.1:${product.port}/graphql`;
  await answering(product, url);
  let redeemed = 0;
  const query = (order: ProductOrder): Promise<ProductAnswer> => ask<ProductAnswer>(product, order);
  return async () => {
    const { bodies } = await query({ bodies: Math.ceil(options.seconds * enough), callers });
    const order: LoadOrder = { url, bodies, connections: callers, ms };
    const { requests, failures, seconds } = await ask<LoadResult>(load, order);
    if (requests >= bodies.length) throw new Error('The gateway was faster than there were cards.');
    redeemed += requests;
    const { used } = await query({ used: true });
    const { faults } = await query({ verify: true });
    // An answer may be lost with the connections that the load ends, its redemption not.
    if (failures > 0 || used < redeemed || used > redeemed + callers || faults > 0) {
      throw new Error(`${failures} failures, ${used} tickets of ${redeemed} answers, ${faults} faults.`);
    }
    redeemed = used;
    return requests / seconds;
  };
}

async function onPostgres(): Promise<void> {
  const server = await startPostgres({ durable: true });
  opened.use({ [Symbol.asyncDispose]: () => server.stop() });
  const store = await startStore(
    { engine: 'postgres', url: server.url },
    'The store on PostgreSQL',
    cores.both,
  );
  for (const by of [callers, callers * rush]) {
    const [alone, together] = await compare([
      () => redeemAt(store, 'alone', by),
      () => redeemAt(store, 'together', by),
    ]);
    if (!alone || !together) return;
    const what = `store, PostgreSQL, ${by} callers`;
    rows.push({ what, against: 'Kysely transactions', ...together, limit: alone.perSecond, target: 15 });
  }
  await redeemAt(store, 'verify');
}

if (wanted('sqlite') || wanted('gateway')) await onSqlite();
if (wanted('postgres')) await onPostgres();

console.log(`${os.cpus()[0]?.model ?? 'unknown'} × ${os.cpus().length}, Node ${process.version}`);
console.log(
  `\n${callers} callers, ${performances === 1 ? 'one hot performance' : `${performances} performances`}, ${options.rounds} × ${options.seconds} s, medians\n`,
);
console.log(
  table(
    ['redeem', 'against', 'redemptions/s', 'the other/s', 'ratio', 'target'],
    rows.map(({ what, against, perSecond, limit, ratio, target }) => [
      what,
      against,
      figure(perSecond),
      figure(limit),
      figure(ratio),
      `≥ ${target}`,
    ]),
  ),
);
const missed = rows.filter(({ ratio, target }) => ratio < target);
for (const { what, ratio, target } of missed)
  console.log(`MISSED ${what}: ${figure(ratio)}, target ${target}`);
if (missed.length > 0) process.exitCode = 1;
if (options.json) {
  const { seconds, rounds } = options;
  console.log(JSON.stringify({ bench: 'redeem', callers, performances, seconds, rounds, rows }));
}
