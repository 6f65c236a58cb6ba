import path from 'node:path';
import { answering, ask, cores, start } from '../support/children.ts';
import type { Opened } from '../support/opened.ts';
import { slope } from '../support/statistics.ts';
import type { ChurnOrder } from './churn.ts';
import type { Counts, Figures, Question } from './figures.ts';

export interface Soak {
  readonly operations: number;
  readonly kills: number;
  /** Heap in MB after each tenth, after the garbage is gone. */
  readonly heapMb: readonly number[];
  /** How much the heap grows with each operation, over the last three quarters: earlier, caches fill. */
  readonly bytesPerOperation: number;
  /** What is left when the last client has gone. */
  readonly left: Counts | undefined;
}

const steps = 20;
const sockets = 50;
/** Longer than the gateway takes to notice that a socket is gone. */
const restMs = 500;

/** Subscribes and unsubscribes with killed sockets, and looks at the heap all the while. */
export async function soak(opened: Opened, operations: number): Promise<Soak> {
  const server = opened.use(
    await start(path.join(import.meta.dirname, 'server-ours.js'), {
      core: cores.measured,
      nodeFlags: ['--expose-gc'],
    }),
  );
  const churn = opened.use(await start(path.join(import.meta.dirname, 'churn.js'), { core: cores.others }));
  await answering(server, `http://127.0.0.1:${server.port}/graphql`);
  const figures = async (): Promise<Figures> => {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    return ask<Figures>(server, { do: 'figures', collect: true } satisfies Question);
  };
  const order: ChurnOrder = {
    url: `ws://127.0.0.1:${server.port}/graphql`,
    sockets,
    operations: Math.ceil(operations / steps),
  };
  const points: { x: number; y: number }[] = [];
  let kills = 0;
  let counts: Counts | undefined;
  for (let step = 1; step <= steps; step += 1) {
    ({ kills } = await ask<{ kills: number }>(churn, order));
    const now = await figures();
    counts = now.counts;
    points.push({ x: step * order.operations, y: now.heapBytes });
    console.error(
      `soak: ${step * order.operations} operations, heap ${(now.heapBytes / 2 ** 20).toFixed(2)} MB`,
    );
  }
  return {
    operations: steps * order.operations,
    kills,
    heapMb: points.map(({ y }) => y / 2 ** 20),
    bytesPerOperation: slope(points.slice(steps / 4)),
    left: counts,
  };
}
