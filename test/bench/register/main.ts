/** `npm run bench:register`: what an issuer's screen costs at today's register and at a hundredth of it. See ../README.md. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execute, parse, validate } from 'graphql';
import { openCards } from '../../../subgraphs/cards/index.ts';
import { verifyFigures } from '../../../subgraphs/cards/service/recount.ts';
import { migrations } from '../../../subgraphs/cards/store/migrations/index.ts';
import type { CardsTables } from '../../../subgraphs/cards/store/tables.ts';
import { fixedClock } from '../../../subgraphs/platform/clock.ts';
import { migrate, openDatabase } from '../../../subgraphs/platform/database/index.ts';
import { localLive } from '../../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import { Opened } from '../support/opened.ts';
import { readOptions } from '../support/options.ts';
import { median, percentile } from '../support/statistics.ts';
import { fill, issuers, networks, today } from './fill.ts';
import { queriesFor } from './queries.ts';

const targetMs = 20;
const times = 100;
const usesPerCard = 3;
const warmUps = 20;

const options = readOptions([], { seconds: 1, rounds: 1 }, { cards: 100_000 });

interface Register extends AsyncDisposable {
  readonly differences: number;
  /** What each query costs once, in ms, by its place. */
  readonly run: (place: number) => Promise<number>;
}

/** A register with so many cards, its figures recounted from its rows, ready to be asked. */
async function open(cards: number): Promise<Register> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-register-'));
  const location = { engine: 'sqlite', directory } as const;
  const live = localLive();
  const database = await openDatabase<CardsTables>(location, 'cards', live);
  await migrate(database, migrations);
  const shown = await fill(database, { cards, redemptions: cards * usesPerCard });
  const { differences } = await verifyFigures(database);
  for (const difference of differences.slice(0, 10)) console.error(JSON.stringify(difference));
  await database.close();

  const clock = fixedClock(`${today}T10:00:00.000Z`);
  const subgraph = await openCards({ location, live, clock, logger: createLogger('silent'), demo: false });
  const queries = queriesFor(shown).map(({ name, viewer, source }) => {
    const document = parse(source);
    const [wrong] = validate(subgraph.schema, document);
    if (wrong) throw wrong;
    return { name, viewer, document };
  });
  return {
    differences: differences.length,
    async run(place) {
      const query = queries[place];
      if (!query) throw new Error(`There is no query ${place}.`);
      const { name, viewer, document } = query;
      const begin = performance.now();
      const contextValue = subgraph.context(viewer, 'bench');
      const answer = await execute({ schema: subgraph.schema, document, contextValue });
      if (answer.errors) throw new Error(`${name}: ${answer.errors[0]?.message}`);
      return performance.now() - begin;
    },
    async [Symbol.asyncDispose]() {
      await subgraph.close();
      await live.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const few = Math.max(1, Math.round(options.counts.cards / times));
await using opened = new Opened();
// Both are there before either is asked, and they are asked in turn: what slows down one slows down the other.
const small = opened.use(await open(few));
const large = opened.use(await open(options.counts.cards));

const rows = [];
for (const [place, { name }] of queriesFor({ code: '', cardId: '' }).entries()) {
  for (let time = 0; time < warmUps; time += 1) {
    await small.run(place);
    await large.run(place);
  }
  const samples = { small: [] as number[], large: [] as number[] };
  const end = performance.now() + 2 * options.seconds * 1_000 * options.rounds;
  while (performance.now() < end || samples.large.length < 20) {
    samples.small.push(await small.run(place));
    samples.large.push(await large.run(place));
  }
  const medianMs = median(samples.large);
  const onceMedianMs = median(samples.small);
  rows.push({
    name,
    medianMs,
    p99Ms: percentile(samples.large, 99),
    onceMedianMs,
    onceP99Ms: percentile(samples.small, 99),
    ratio: medianMs / onceMedianMs,
    reached: medianMs < targetMs,
  });
}

const machine = `${os.cpus()[0]?.model ?? 'unknown'} × ${os.cpus().length}, Node ${process.version}, SQLite`;
console.log(
  `${machine}; ${issuers} issuers in ${networks} networks, ${usesPerCard} uses per card; ms at the subgraph`,
);
console.log(`\n| query | ${few} cards: median, p99 | ${options.counts.cards} cards: median, p99 | ratio |`);
console.log('| --- | --- | --- | --- |');
const ms = (value: number): string => value.toFixed(2);
for (const { name, medianMs, p99Ms, onceMedianMs, onceP99Ms, ratio } of rows) {
  console.log(
    `| ${name} | ${ms(onceMedianMs)}, ${ms(onceP99Ms)} | ${ms(medianMs)}, ${ms(p99Ms)} | ${ratio.toFixed(1)} |`,
  );
}
const wrong = small.differences + large.differences;
console.log(`\nFigures recounted from the rows: ${wrong} differ. Target: each median below ${targetMs} ms.`);
const slow = rows.filter(({ reached }) => !reached);
for (const { name, medianMs } of slow) console.log(`MISSED ${name}: ${ms(medianMs)} ms`);
if (wrong > 0 || slow.length > 0) process.exitCode = 1;
if (options.json) {
  const { seconds, rounds, counts } = options;
  console.log(
    JSON.stringify({
      bench: 'register',
      machine,
      seconds,
      rounds,
      cards: counts.cards,
      targetMs,
      differences: wrong,
      rows,
    }),
  );
}
