import type { GraphQLError } from 'graphql';
import { BoundedCache } from '../execution/bounded-cache.ts';

/** What the last attempts at one upstream came to. */
export interface Failing {
  /** The attempt to go on with, and when: clients that come and go do not begin again from the first. */
  readonly attempt: number;
  readonly waitMs: number;
}

type Memory =
  | { readonly until: number; readonly refusal: readonly GraphQLError[] }
  | { readonly until: number; readonly attempt: number };

/** How long a refusal answers for the subgraph. */
const refusalMs = 1_000;
const maxRemembered = 1_000;

/** Remembers upstreams that refused or failed a moment ago, so that a crowd of new clients does not dial each by itself. */
export class CoolDown {
  readonly #memories = new BoundedCache<Memory>(maxRemembered);

  refused(key: string, refusal: readonly GraphQLError[]): void {
    this.#memories.set(key, { until: performance.now() + refusalMs, refusal });
  }

  failed(key: string, attempt: number, waitMs: number): void {
    this.#memories.set(key, { until: performance.now() + waitMs, attempt });
  }

  works(key: string): void {
    this.#memories.delete(key);
  }

  refusalOf(key: string): readonly GraphQLError[] | undefined {
    const memory = this.#memories.get(key);
    return memory && 'refusal' in memory && memory.until > performance.now() ? memory.refusal : undefined;
  }

  failingOf(key: string): Failing | undefined {
    const memory = this.#memories.get(key);
    if (!memory || !('attempt' in memory)) return undefined;
    const waitMs = memory.until - performance.now();
    return waitMs > 0 ? { attempt: memory.attempt + 1, waitMs } : undefined;
  }
}
