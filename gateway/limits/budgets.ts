import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface BudgetsOptions {
  readonly seconds: number;
  /** Cost that one key may spend in that time. Infinity: nothing is counted. */
  readonly cost: number;
  /** Keys that are remembered; the one that has not spent for longest is forgotten first. */
  readonly maxKeys?: number;
}

/** A cost budget for each key. In this process only: each of several gateways gives its own. */
export class Budgets {
  readonly #seconds: number;
  readonly #cost: number;
  readonly #maxKeys: number;
  readonly #spent: RateLimiterMemory;
  readonly #keys = new Set<string>();

  constructor({ seconds, cost, maxKeys = 20_000 }: BudgetsOptions) {
    this.#seconds = seconds;
    this.#cost = cost;
    this.#maxKeys = maxKeys;
    this.#spent = new RateLimiterMemory({ points: cost, duration: seconds });
  }

  get size(): number {
    return this.#keys.size;
  }

  /** Refuses TOO_MANY_REQUESTS, with the seconds after which the budget is whole again. */
  async spend(key: string, cost: number): Promise<void> {
    if (this.#cost === Infinity) return;
    await this.#remember(key);
    try {
      await this.#spent.consume(key, cost);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw this.#overdrawn(Math.ceil(error.msBeforeNext / 1_000));
      throw error;
    }
  }

  async #remember(key: string): Promise<void> {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size <= this.#maxKeys) return;
    const [oldest] = this.#keys;
    if (oldest === undefined) return;
    this.#keys.delete(oldest);
    await this.#spent.delete(oldest);
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
