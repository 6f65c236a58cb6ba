/** `npm run bench:gateway`: what one request costs in our gateway and in its peers. ../README.md says how to read it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answering, cores, start } from '../support/children.ts';
import { Opened } from '../support/opened.ts';
import { readOptions } from '../support/options.ts';
import { missingTools } from '../support/proc.ts';
import { singleSchema, supergraphSdl } from './federation.ts';
import { answerOf, connections, firstDifference, measure, type Running, type Sample } from './measure.ts';
import { queries } from './queries.ts';
import { executor } from './servers/execute.ts';
import { summarise, summaryTable } from './summary.ts';
import { reached, targetTable } from './targets.ts';
import { variants, type Surroundings } from './variants.ts';

const warmUpMs = 3_000;
/** Before every later measurement: caches of the core are another variant's. */
const settleMs = 500;

const options = readOptions(
  variants.map(({ name }) => name),
  { seconds: 5, rounds: 3 },
);
const reason = missingTools();
if (reason !== undefined) {
  console.error(reason);
  process.exit(1);
}

await using children = new Opened();
const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-gateway-'));
children.defer(() => rmSync(folder, { recursive: true }));

const beside = (file: string): string => path.join(import.meta.dirname, file);
const subgraphs = children.use(await start(beside('servers/subgraphs.js'), { core: cores.others }));
const load = children.use(await start(beside('load.js'), { core: cores.others }));
const base = `http://127.0.0.1:${subgraphs.port}`;
await answering(subgraphs, `${base}/venues`);
const surroundings: Surroundings = {
  subgraphs: base,
  supergraphFile: path.join(folder, 'supergraph.graphql'),
};
writeFileSync(surroundings.supergraphFile, supergraphSdl(base));

const run = executor(singleSchema);
const expected = new Map<string, unknown[]>();
for (const { name, bodies } of queries) {
  const answers = await Promise.all(bodies.map(async (body) => answerOf(JSON.stringify(await run(body)))));
  expected.set(name, answers);
}

const running: Running[] = [];
const leftOut: { name: string; why: string }[] = [];
for (const variant of variants) {
  if (options.only.length > 0 && !options.only.includes(variant.name)) continue;
  const why = variant.missing?.() ?? (await tryToStart(variant));
  if (why === undefined) continue;
  leftOut.push({ name: variant.name, why });
  console.error(`Left out: ${variant.name}. ${why}`);
}

async function tryToStart(variant: (typeof variants)[number]): Promise<string | undefined> {
  try {
    const child = children.use(await variant.start(surroundings));
    const url = `http://127.0.0.1:${child.port}${variant.path}`;
    await answering(child, url);
    const candidate: Running = { name: variant.name, url, child };
    for (const query of queries) {
      const difference = await firstDifference(candidate, query, expected.get(query.name) ?? []);
      if (difference !== undefined) return `It answers otherwise than the others: ${difference}`;
    }
    running.push(candidate);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const samples = new Map<string, Sample[]>();
for (let round = 0; round < options.rounds; round += 1) {
  for (const query of queries) {
    for (const variant of running) {
      await measure(variant, query, round === 0 ? warmUpMs : settleMs, load, subgraphs);
      const sample = await measure(variant, query, options.seconds * 1_000, load, subgraphs);
      const key = `${query.name} ${variant.name}`;
      samples.set(key, [...(samples.get(key) ?? []), sample]);
      console.error(
        `round ${round + 1}, ${key}: ${Math.round(sample.cpuMicros)} µs, ${Math.round(sample.requestsPerSecond)} req/s`,
      );
    }
  }
}

const results = queries.map(({ name, what }) => ({
  query: name,
  what,
  variants: summarise(
    running.map((variant) => ({ name: variant.name, samples: samples.get(`${name} ${variant.name}`) ?? [] })),
  ),
}));
const machine = `${os.cpus()[0]?.model ?? 'unknown'} × ${os.cpus().length}, Node ${process.version}`;
console.log(`${machine}; ${connections} connections, ${options.rounds} × ${options.seconds} s, medians`);
for (const { query, what, variants: rows } of results) {
  console.log(`\n**${query}**: ${what}\n\n${summaryTable(rows)}`);
}
const targets = reached((query, variant) => samples.get(`${query} ${variant}`) ?? []);
if (targets.length > 0) console.log(`\n${targetTable(targets)}`);
for (const { name, why } of leftOut) console.log(`\nLeft out: ${name}. ${why}`);
// A peer may be missing; that we ourselves do not answer as we should is a failure.
if (leftOut.some(({ name }) => name.startsWith('ours'))) process.exitCode = 1;
if (options.json) {
  const { seconds, rounds } = options;
  console.log(
    JSON.stringify({ bench: 'gateway', machine, connections, seconds, rounds, results, targets, leftOut }),
  );
}
