import { request } from 'undici';
import type { Millis } from '../../subgraphs/platform/units.ts';

/** Shorter than who asks for readiness is willing to wait. */
const timeoutMs: Millis = 800;

/** Whether the subgraph that is served at this address says that it is ready. Rejects when it does not. */
export async function askRemote(graphqlUrl: string): Promise<void> {
  const { statusCode, body } = await request(new URL('/ready', graphqlUrl), {
    signal: AbortSignal.timeout(timeoutMs),
    // A connection of its own, not kept: a check must not hold a process open.
    reset: true,
  });
  await body.dump();
  if (statusCode !== 200) throw new Error(`It answered with status ${statusCode}.`);
}
