import type { Millis } from '../../subgraphs/platform/units.ts';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Failures in a row after which nothing is sent any more. */
const maxFailures = 5;
/**
 * How long nothing is sent before one request may try. With the 2 s that a request may take, a subgraph that has recovered
 * is asked again within 2.5 s.
 */
const openMs: Millis = 500;

/** Keeps requests from a subgraph that does not answer, so that nobody waits for it and it can recover. */
export class Breaker {
  readonly #now: () => Millis;
  #failures = 0;
  #openedAt: Millis = 0;
  #probing = false;

  /** `now` is a clock that only goes forward. */
  constructor(now: () => Millis = () => performance.now()) {
    this.#now = now;
  }

  get state(): BreakerState {
    if (this.#failures < maxFailures) return 'CLOSED';
    return this.#probing || this.#now() - this.#openedAt >= openMs ? 'HALF_OPEN' : 'OPEN';
  }

  /** Whether a request may be sent. While half open only one may, and the caller must say how it ended. */
  admit(): boolean {
    if (this.state === 'CLOSED') return true;
    if (this.state === 'OPEN' || this.#probing) return false;
    this.#probing = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#probing = false;
  }

  failed(): void {
    this.#failures += 1;
    this.#probing = false;
    this.#openedAt = this.#now();
  }
}
