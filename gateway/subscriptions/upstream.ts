import type { ExecutionResult, GraphQLError } from 'graphql';
import { isStream, type EventStream } from '../execution/transport.ts';
import { backOffMs, pause } from './back-off.ts';
import type { Failing } from './cool-down.ts';

/** Why a connection is over. */
export interface Loss {
  readonly cause: unknown;
  /** How many were lost before this one, in a row. */
  readonly attempt: number;
  /** When it is made again. */
  readonly waitMs: number;
  /** Whether it had given events: some may have been missed. */
  readonly hadEvents: boolean;
}

export interface UpstreamEvents {
  /** Begins the subscription at the subgraph. */
  open(): Promise<EventStream | ExecutionResult>;
  /** `fresh` marks the first event after a connection was made, also one that was made again. */
  event(event: ExecutionResult, fresh: boolean): void;
  /** Whether these errors are the subgraph's last word, such as a missing right, or a failure that may pass. */
  isRefusal(errors: readonly GraphQLError[]): boolean;
  refused(errors: readonly GraphQLError[]): void;
  /** The connection ended or failed and is made again. */
  lost(loss: Loss): void;
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

  /** `failing` says what others before have seen of it. */
  start(failing?: Failing): void {
    void this.#run(failing);
  }

  stop(): void {
    this.#stop.abort();
    this.#release();
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(failing: Failing | undefined): Promise<void> {
    if (failing) await pause(failing.waitMs, this.#stop.signal);
    for (let attempt = failing?.attempt ?? 0; !this.#stopped; attempt += 1) {
      const begun = performance.now();
      const seen = { events: false };
      let cause: unknown;
      try {
        cause = await this.#readOneConnection(seen);
      } catch (error) {
        cause = error;
      }
      this.#release();
      if (this.#stopped) return;
      if (performance.now() - begun >= healthyMs) attempt = 0;
      const waitMs = backOffMs(attempt);
      this.#events.lost({ cause, attempt, waitMs, hadEvents: seen.events });
      await pause(waitMs, this.#stop.signal);
    }
  }

  /** Reads one connection to its end. Answers why it ended. */
  async #readOneConnection(seen: { events: boolean }): Promise<unknown> {
    const answer = await this.#events.open();
    if (!isStream(answer)) return this.#ended(answer);
    this.#stream = answer;
    for (let fresh = true; !this.#stopped; fresh = false) {
      const step = await answer.next();
      if (step.done) return this.#ended(step.value);
      if (this.#stopped) break;
      seen.events = true;
      this.#events.event(step.value, fresh);
    }
    return undefined;
  }

  /** The subgraph ended it, with errors or without: a refusal is final, anything else may pass. */
  #ended({ errors = [] }: ExecutionResult = {}): unknown {
    if (!this.#stopped && errors.length > 0 && this.#events.isRefusal(errors)) {
      this.#stop.abort();
      this.#events.refused(errors);
    }
    return errors[0];
  }

  #release(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.return().catch(() => undefined);
  }
}
