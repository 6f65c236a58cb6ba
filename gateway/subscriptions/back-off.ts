import { setTimeout as sleep } from 'node:timers/promises';

const firstMs = 50;
const capMs = 1_000;

/** Milliseconds before attempt n (from 0): doubling up to one second, half of it by chance so that not all come at once. */
export function backOffMs(attempt: number, chance: () => number = Math.random): number {
  const full = Math.min(capMs, firstMs * 2 ** Math.min(attempt, 16));
  return full / 2 + (full / 2) * chance();
}

/** Waits, or returns early when the signal is raised. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Raised: whoever waits looks at the signal itself.
  }
}
