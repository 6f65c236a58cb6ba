/** `npm run bench:fanout`: what one event costs for thousands of displays, and what clients leave behind. ../README.md */
import os from 'node:os';
import { Opened } from '../support/opened.ts';
import { readOptions } from '../support/options.ts';
import { missingTools } from '../support/proc.ts';
import { figure, table } from '../support/report.ts';
import { broadcast, type Broadcast } from './broadcast.ts';
import { soak, type Soak } from './soak.ts';
import { missed } from './targets.ts';
import { unique, type Unique } from './unique.ts';

const parts = ['broadcast', 'soak', 'unique'];
const options = readOptions(parts, { seconds: 5, rounds: 3 }, { displays: 5_000, operations: 100_000 });
const { displays, operations } = options.counts;
const reason = missingTools();
if (reason !== undefined) {
  console.error(reason);
  process.exit(1);
}
const wanted = (part: string): boolean => options.only.length === 0 || options.only.includes(part);

let broadcasts: Broadcast[] | undefined;
if (wanted('broadcast')) {
  await using opened = new Opened();
  broadcasts = await broadcast(opened, { displays, seconds: options.seconds, rounds: options.rounds });
}
let soaked: Soak | undefined;
if (wanted('soak')) {
  await using opened = new Opened();
  soaked = await soak(opened, operations);
}
let uniques: Unique | undefined;
if (wanted('unique')) {
  await using opened = new Opened();
  uniques = await unique(opened, operations);
}

const machine = `${os.cpus()[0]?.model ?? 'unknown'} × ${os.cpus().length}, Node ${process.version}`;
console.log(machine);
if (broadcasts) {
  console.log(
    `\n**broadcast**: one event to ${displays} displays, ${options.rounds} × ${options.seconds} s, medians\n`,
  );
  console.log(
    table(
      [
        'server',
        'CPU µs/message',
        '× raw',
        'messages/s',
        'p50 ms',
        'p99 ms',
        'RSS kB/conn.',
        'heap kB/conn.',
      ],
      broadcasts.map((row) => [
        row.title,
        figure(row.cpuMicros),
        figure(row.timesRaw),
        figure(row.messagesPerSecond),
        figure(row.p50Ms),
        figure(row.p99Ms),
        figure(row.rssKbPerConnection),
        figure(row.heapKbPerConnection),
      ]),
    ),
  );
  const counted = broadcasts.find((row) => row.counted)?.counted;
  if (counted) {
    const { clients, upstreams, sources, executionsPerEvent, joinsPerEvent } = counted;
    console.log(
      `\n${clients} clients: ${upstreams} upstream, ${sources} source in the subgraph, ` +
        `${figure(executionsPerEvent)} execution and ${figure(joinsPerEvent)} join per event`,
    );
  }
}
if (soaked) {
  const { left, heapMb } = soaked;
  console.log(
    `\n**soak**: ${soaked.operations} subscriptions, ${soaked.kills} killed sockets: ` +
      `${soaked.bytesPerOperation.toFixed(2)} bytes of heap per operation ` +
      `(${heapMb.map((megabytes) => megabytes.toFixed(1)).join(' ')} MB)`,
  );
  if (left) {
    const { sockets, clients, upstreams, sources } = left;
    console.log(
      `left behind: ${sockets} sockets, ${clients} clients, ${upstreams} upstreams, ${sources} sources`,
    );
  }
}
if (uniques) {
  const { operations: sent, bytesPerOperation, rssMb } = uniques;
  console.log(
    `\n**unique**: ${sent} operations over HTTP, no text twice: ${bytesPerOperation.toFixed(2)} bytes of heap per operation, ` +
      `RSS at most ${rssMb.toFixed(0)} MB`,
  );
}
const failures = missed({ broadcasts, soak: soaked, unique: uniques });
for (const failure of failures) console.log(`\nMISSED: ${failure}.`);
if (failures.length > 0) process.exitCode = 1;
if (options.json) {
  const { seconds, rounds } = options;
  console.log(
    JSON.stringify({
      bench: 'fanout',
      machine,
      displays,
      seconds,
      rounds,
      broadcasts,
      soak: soaked,
      unique: uniques,
      missed: failures,
    }),
  );
}
