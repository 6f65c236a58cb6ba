import type { ExecutionResult, GraphQLError } from 'graphql';
import { isStream, type EventStream } from '../execution/transport.ts';
import { backOffMs, pause } from './back-off.ts';

export interface UpstreamEvents {
  /** Begins the subscription at the subgraph. */
  open(): Promise<EventStream | ExecutionResult>;
  /** `fresh` marks the first event after a connection was made, also one that was made again. */
  event(event: ExecutionResult, fresh: boolean): void;
  /** Whether these errors are the subgraph's last word, such as a missing right, or a failure that may pass. */
  isRefusal(errors: readonly GraphQLError[]): boolean;
  refused(errors: readonly GraphQLError[]): void;
  /** The connection ended or failed and is made again. */
  lost(cause: unknown, attempt: number): void;
}

/** An upstream that stayed up this long is taken as healthy: the next attempt comes quickly again. */
const healthyMs = 1_000;

/** Keeps one subscription to a subgraph alive until it is stopped or refused. */
export class Upstream {
  readonly #events: UpstreamEvents;
  readonly #stop = new AbortController();
  #stream: EventStream | undefined;

  constructor(events: UpstreamEvents) {
    this.#events = events;
  }

  start(): void {
    void this.#run();
  }

  stop(): void {
    this.#stop.abort();
    this.#release();
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      const begun = performance.now();
      let cause: unknown;
      try {
        cause = await this.#readOneConnection();
      } catch (error) {
        cause = error;
      }
      this.#release();
      if (this.#stopped) return;
      if (performance.now() - begun >= healthyMs) attempt = 0;
      this.#events.lost(cause, attempt);
      await pause(backOffMs(attempt), this.#stop.signal);
    }
  }

  /** Reads one connection to its end. Answers why it ended. */
  async #readOneConnection(): Promise<unknown> {
    const answer = await this.#events.open();
    if (!isStream(answer)) {
      const errors = answer.errors ?? [];
      if (!this.#stopped && errors.length > 0 && this.#events.isRefusal(errors)) {
        this.#stop.abort();
        this.#events.refused(errors);
      }
      return errors[0];
    }
    this.#stream = answer;
    for (let fresh = true; !this.#stopped; fresh = false) {
      const step = await answer.next();
      if (step.done || this.#stopped) break;
      this.#events.event(step.value, fresh);
    }
    return undefined;
  }

  #release(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.return().catch(() => undefined);
  }
}
