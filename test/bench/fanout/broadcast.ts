import path from 'node:path';
import { answering, ask, cores, start, type Child } from '../support/children.ts';
import type { Opened } from '../support/opened.ts';
import { median } from '../support/statistics.ts';
import type { DisplayOrder, Latencies } from './displays.ts';
import type { Counts, Figures, Question } from './figures.ts';

export interface Broadcast {
  readonly name: string;
  readonly title: string;
  readonly messagesPerSecond: number;
  /** CPU time of the server per message. */
  readonly cpuMicros: number;
  /** CPU time per message as a multiple of the raw broadcast's: the median of each round's own ratio. */
  readonly timesRaw: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Resident memory that one connected display costs the server, in kB. */
  readonly rssKbPerConnection: number;
  readonly heapKbPerConnection: number;
  /** What our gateway counted; a broadcast without one has none. */
  readonly counted?: Counted;
}

export interface Counted {
  readonly upstreams: number;
  readonly sources: number;
  readonly clients: number;
  readonly executionsPerEvent: number;
  readonly joinsPerEvent: number;
}

interface Round {
  readonly messagesPerSecond: number;
  readonly cpuMicros: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Displays that come and go first, so that code and buffers of the server are there before memory is measured. */
const warmUpDisplays = 500;
const warmUpEvents = 100;
const warmUpSeconds = 2;

const files = [
  { name: 'raw', title: '`ws` broadcast of the same frame', file: 'server-raw.js' },
  { name: 'ours', title: 'our gateway, one federated counter', file: 'server-ours.js' },
] as const;

/** One server and the process with its displays. */
class Arena {
  readonly server: Child;
  readonly #displays: Child;
  readonly #url: string;
  #messages = 0;
  #connected = 0;

  constructor(server: Child, displays: Child) {
    this.server = server;
    this.#displays = displays;
    this.#url = `ws://127.0.0.1:${server.port}/graphql`;
  }

  figures(collect = false): Promise<Figures> {
    return ask<Figures>(this.server, { do: 'figures', collect } satisfies Question);
  }

  async connect(displays: number): Promise<void> {
    await this.#order({ do: 'connect', url: this.#url, displays });
    this.#connected = displays;
    this.#messages += displays;
  }

  async close(): Promise<void> {
    await this.#order({ do: 'close' });
    this.#connected = 0;
  }

  /** One event, until the last display has it. */
  async event(): Promise<void> {
    this.#messages += this.#connected;
    const all = this.#order({ do: 'until', messages: this.#messages });
    await ask(this.server, { do: 'event' } satisfies Question);
    await all;
  }

  async round(seconds: number): Promise<Round & { readonly events: number }> {
    await this.#order({ do: 'forget' });
    const before = await this.figures();
    const begin = performance.now();
    let events = 0;
    for (; performance.now() - begin < seconds * 1_000; events += 1) await this.event();
    const elapsed = (performance.now() - begin) / 1_000;
    const after = await this.figures();
    const messages = events * this.#connected;
    const { p50Ms, p99Ms } = await this.#order<Latencies>({ do: 'latencies' });
    return {
      events,
      messagesPerSecond: messages / elapsed,
      cpuMicros: (after.cpuMicros - before.cpuMicros) / messages,
      p50Ms,
      p99Ms,
    };
  }

  #order<Answer>(order: DisplayOrder): Promise<Answer> {
    return ask<Answer>(this.#displays, order);
  }
}

/** Measures raw and ours in turns, with all displays of both connected. */
export async function broadcast(
  opened: Opened,
  options: { readonly displays: number; readonly seconds: number; readonly rounds: number },
): Promise<Broadcast[]> {
  const measured = [];
  for (const { name, title, file } of files) {
    const server = opened.use(
      await start(path.join(import.meta.dirname, file), {
        core: cores.measured,
        nodeFlags: ['--expose-gc'],
      }),
    );
    const displays = opened.use(
      await start(path.join(import.meta.dirname, 'displays.js'), { core: cores.others }),
    );
    await answering(server, `http://127.0.0.1:${server.port}/graphql`);
    const arena = new Arena(server, displays);
    await arena.connect(Math.min(warmUpDisplays, options.displays));
    for (let event = 0; event < warmUpEvents; event += 1) await arena.event();
    await arena.close();
    const empty = await arena.figures(true);
    await arena.connect(options.displays);
    await arena.round(warmUpSeconds);
    const full = await arena.figures(true);
    measured.push({
      name,
      title,
      arena,
      empty,
      full,
      rounds: [] as Round[],
      counted: undefined as Counted | undefined,
    });
  }
  for (let round = 0; round < options.rounds; round += 1) {
    for (const variant of measured) {
      const before = (await variant.arena.figures()).counts;
      const result = await variant.arena.round(options.seconds);
      const after = (await variant.arena.figures()).counts;
      variant.rounds.push(result);
      if (before && after) variant.counted = countedOf(before, after, result.events);
      console.error(`round ${round + 1}, ${variant.name}: ${result.cpuMicros.toFixed(2)} µs per message`);
    }
  }
  const rawCpu = measured.find(({ name }) => name === 'raw')?.rounds.map((round) => round.cpuMicros) ?? [];
  return measured.map(({ name, title, empty, full, rounds, counted }) => ({
    name,
    title,
    messagesPerSecond: median(rounds.map((round) => round.messagesPerSecond)),
    cpuMicros: median(rounds.map((round) => round.cpuMicros)),
    timesRaw: median(rounds.map((round, index) => round.cpuMicros / (rawCpu[index] ?? Number.NaN))),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    rssKbPerConnection: (full.rssBytes - empty.rssBytes) / 1_024 / options.displays,
    heapKbPerConnection: (full.heapBytes - empty.heapBytes) / 1_024 / options.displays,
    ...(counted && { counted }),
  }));
}

function countedOf(before: Counts, after: Counts, events: number): Counted {
  const { upstreams, sources, clients } = after;
  return {
    upstreams,
    sources,
    clients,
    executionsPerEvent: (after.executions - before.executions) / events,
    joinsPerEvent: (after.joins - before.joins) / events,
  };
}
