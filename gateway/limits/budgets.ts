import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

export interface BudgetsOptions {
  readonly seconds: number;
  /** Cost that one key may spend in that time. Infinity: nothing is counted. */
  readonly cost: number;
  /** Keys that are remembered; the one whose time began first is forgotten first. */
  readonly maxKeys?: number;
}

/** What one key has spent since its time began. */
interface Spent {
  cost: number;
  /** In milliseconds of the process's own clock. */
  readonly until: number;
}

/**
 * A cost budget for each key, counted from the key's first request on. In this process only: each of several gateways gives
 * its own. It answers at once, because every request passes here.
 */
export class Budgets {
  readonly #seconds: number;
  readonly #cost: number;
  readonly #maxKeys: number;
  /** In the order in which their times began, and so also in which they end. */
  readonly #spent = new Map<string, Spent>();

  constructor({ seconds, cost, maxKeys = 20_000 }: BudgetsOptions) {
    this.#seconds = seconds;
    this.#cost = cost;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#spent.size;
  }

  /** Throws TOO_MANY_REQUESTS, with the seconds after which the budget is whole again. */
  spend(key: string, cost: number): void {
    if (this.#cost === Infinity) return;
    const now = performance.now();
    const spent = this.#spent.get(key);
    if (spent && now < spent.until) {
      spent.cost += cost;
      if (spent.cost > this.#cost) throw this.#overdrawn(Math.ceil((spent.until - now) / 1_000));
      return;
    }
    this.#spent.delete(key);
    this.#spent.set(key, { cost, until: now + this.#seconds * 1_000 });
    this.#forget(now);
    if (cost > this.#cost) throw this.#overdrawn(this.#seconds);
  }

  /** Lets go of what is over, and of the oldest when there are too many. */
  #forget(now: number): void {
    for (const [key, { until }] of this.#spent) {
      if (now < until && this.#spent.size <= this.#maxKeys) return;
      this.#spent.delete(key);
    }
  }

  #overdrawn(retryAfterSeconds: number): GraphQLError {
    const extensions: Record<string, unknown> = {
      code: 'TOO_MANY_REQUESTS',
      facts: { retryAfterSeconds, budget: this.#cost, seconds: this.#seconds },
      http: { status: 429, headers: new HeaderMap([['retry-after', String(retryAfterSeconds)]]) },
    };
    const message = `Too much was asked for in the last ${this.#seconds} s. Ask again in ${retryAfterSeconds} s.`;
    return new GraphQLError(message, { extensions });
  }
}
