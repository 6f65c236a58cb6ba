/** Operations that nobody has sent before: what they leave behind in the gateway. */
import path from 'node:path';
import { answering, ask, cores, start } from '../support/children.ts';
import type { Opened } from '../support/opened.ts';
import { slope } from '../support/statistics.ts';
import type { Figures, Question } from './figures.ts';
import type { UniqueOrder } from './unique-load.ts';

export interface Unique {
  readonly operations: number;
  /** The most that the server's process held at any reading, in MB. */
  readonly rssMb: number;
  readonly heapMb: readonly number[];
  /** How much the heap grows with each operation, over the last half: earlier, caches fill. */
  readonly bytesPerOperation: number;
}

const steps = 20;

/** Sends so many different texts over HTTP, with valid aliases, and looks at the memory all the while. */
export async function unique(opened: Opened, operations: number): Promise<Unique> {
  const server = opened.use(
    await start(path.join(import.meta.dirname, 'server-open.js'), {
      core: cores.measured,
      nodeFlags: ['--expose-gc'],
    }),
  );
  const load = opened.use(
    await start(path.join(import.meta.dirname, 'unique-load.js'), { core: cores.others }),
  );
  const url = `http://127.0.0.1:${server.port}/graphql`;
  await answering(server, url);
  const order: UniqueOrder = { url, operations: Math.ceil(operations / steps) };
  const points: { x: number; y: number }[] = [];
  let rss = 0;
  for (let step = 1; step <= steps; step += 1) {
    await ask(load, order);
    // What is resident under load, before the garbage goes.
    const before = await ask<Figures>(server, { do: 'figures', collect: false } satisfies Question);
    const after = await ask<Figures>(server, { do: 'figures', collect: true } satisfies Question);
    rss = Math.max(rss, before.rssBytes, after.rssBytes);
    points.push({ x: step * order.operations, y: after.heapBytes });
    console.error(
      `unique: ${step * order.operations} operations, heap ${(after.heapBytes / 2 ** 20).toFixed(2)} MB, ` +
        `RSS ${(before.rssBytes / 2 ** 20).toFixed(0)} MB`,
    );
  }
  return {
    operations: steps * order.operations,
    rssMb: rss / 2 ** 20,
    heapMb: points.map(({ y }) => y / 2 ** 20),
    bytesPerOperation: slope(points.slice(steps / 2)),
  };
}
