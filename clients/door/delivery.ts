import type { Answer } from '../shared/graphql/ask.ts';
import { backOffMs } from '../shared/retry.ts';

const firstWaitMs = 1_000;
const longestWaitMs = 10_000;

/** A server's last word, or that a person stopped waiting for it. */
export type Delivered<Result> =
  Exclude<Answer<Result>, { kind: 'unreachable' }> | { readonly kind: 'abandoned' };

export interface Delivery<Result> {
  readonly outcome: Promise<Delivered<Result>>;
  /** Tries now instead of waiting. */
  hurry(): void;
  abandon(): void;
}

/**
 * Sends the same thing again and again until the server has answered it. Safe because every attempt carries the same request id.
 * `onTrouble` hears how many attempts have failed.
 */
export function deliver<Result>(
  attempt: () => Promise<Answer<Result>>,
  onTrouble: (failed: number) => void,
): Delivery<Result> {
  let abandoned = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<Delivered<Result>> => {
    for (let failed = 0; ;) {
      const answer = await attempt();
      // An answer that arrives after somebody gave up is still the truth.
      if (answer.kind !== 'unreachable') return answer;
      failed += 1;
      if (!abandoned) onTrouble(failed);
      if (!abandoned) await pause(backOffMs(failed - 1, Math.random(), firstWaitMs, longestWaitMs));
      if (abandoned) return { kind: 'abandoned' };
    }
  };
  return {
    outcome: run(),
    hurry: () => wake(),
    abandon: () => {
      abandoned = true;
      wake();
    },
  };
}
