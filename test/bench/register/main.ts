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
import { readOptions } from '../support/options.ts';
import { median, percentile } from '../support/statistics.ts';
import { fill, issuers, networks, today } from './fill.ts';
import { queriesFor } from './queries.ts';

const targetMs = 20;
const times = 100;
const usesPerCard = 3;
const warmUps = 20;

const options = readOptions([], { seconds: 1, rounds: 1 }, { cards: 100_000 });

interface Result {
  readonly name: string;
  readonly constant: boolean;
  readonly medianMs: number;
  readonly p99Ms: number;
}

async function measure(cards: number): Promise<{ results: Result[]; differences: number; fillMs: number }> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-register-'));
  const location = { engine: 'sqlite', directory } as const;
  const live = localLive();
  try {
    const started = performance.now();
    const database = await openDatabase<CardsTables>(location, 'cards', live);
    await migrate(database, migrations);
    const shown = await fill(database, { cards, redemptions: cards * usesPerCard });
    const fillMs = performance.now() - started;
    const { differences } = await verifyFigures(database);
    for (const difference of differences.slice(0, 10)) console.error(JSON.stringify(difference));
    await database.close();

    const clock = fixedClock(`${today}T10:00:00.000Z`);
    const subgraph = await openCards({ location, live, clock, logger: createLogger('silent'), demo: false });
    const results: Result[] = [];
    for (const query of queriesFor(shown)) {
      const document = parse(query.source);
      const [wrong] = validate(subgraph.schema, document);
      if (wrong) throw wrong;
      const run = async (): Promise<void> => {
        const contextValue = subgraph.context(query.viewer, 'bench');
        const answer = await execute({ schema: subgraph.schema, document, contextValue });
        if (answer.errors) throw new Error(`${query.name}: ${answer.errors[0]?.message}`);
      };
      for (let time = 0; time < warmUps; time += 1) await run();
      const samples: number[] = [];
      const end = performance.now() + options.seconds * 1_000 * options.rounds;
      while (performance.now() < end || samples.length < 20) {
        const begin = performance.now();
        await run();
        samples.push(performance.now() - begin);
      }
      const { name, constant } = query;
      results.push({ name, constant, medianMs: median(samples), p99Ms: percentile(samples, 99) });
    }
    await subgraph.close();
    return { results, differences: differences.length, fillMs };
  } finally {
    await live.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const few = Math.max(1, Math.round(options.counts.cards / times));
const small = await measure(few);
const large = await measure(options.counts.cards);
const rows = large.results.map((at, place) => {
  const once = small.results[place] ?? at;
  const ratio = at.medianMs / once.medianMs;
  return {
    ...at,
    onceMedianMs: once.medianMs,
    onceP99Ms: once.p99Ms,
    ratio,
    reached: at.medianMs < targetMs,
  };
});

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
// A number that is wrong is a failure; a slow machine is not.
if (wrong > 0) process.exitCode = 1;
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
