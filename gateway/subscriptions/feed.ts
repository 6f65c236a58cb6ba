import type { ExecutionResult, GraphQLError } from 'graphql';
import { Upstream, type UpstreamEvents } from './upstream.ts';

/** Where a client's results go. Neither method may throw. */
export interface Sink {
  /** One result, as JSON. A sink that is still busy keeps only the newest. */
  deliver(payload: string): void;
  /** The subscription is over: with errors when it was refused. */
  end(errors?: readonly GraphQLError[]): void;
}

export interface FeedOptions extends Pick<UpstreamEvents, 'open' | 'isRefusal' | 'lost'> {
  /** Joins one event and writes the result as the JSON that every client gets. Never rejects. */
  readonly answer: (event: ExecutionResult) => Promise<string>;
  /** Called once, when the last client has left or the subgraph refused. */
  readonly closed: () => void;
}

interface Arrived {
  readonly event: ExecutionResult;
  readonly fresh: boolean;
}

/**
 * What identical subscriptions share: one upstream, one execution per event, one text for all. Events that come while
 * one is being joined are conflated, and a result that equals the last is not sent again, except after a (re)connect.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #sinks = new Set<Sink>();
  readonly #upstream: Upstream;
  #last: string | undefined;
  #waiting: Arrived | undefined;
  #busy = false;
  #closed = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#upstream = new Upstream({
      open: options.open,
      isRefusal: options.isRefusal,
      lost: options.lost,
      event: (event, fresh) => this.#arrived(event, fresh),
      refused: (errors) => this.end(errors),
    });
    this.#upstream.start();
  }

  get clients(): number {
    return this.#sinks.size;
  }

  /** A late joiner gets the newest result at once. */
  attach(sink: Sink): void {
    this.#sinks.add(sink);
    if (this.#last !== undefined) sink.deliver(this.#last);
  }

  /** When the last client leaves, the upstream stops. */
  detach(sink: Sink): void {
    if (this.#sinks.delete(sink) && this.#sinks.size === 0) this.#close();
  }

  end(errors?: readonly GraphQLError[]): void {
    const sinks = [...this.#sinks];
    this.#sinks.clear();
    this.#close();
    for (const sink of sinks) sink.end(errors);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = undefined;
    this.#upstream.stop();
    this.#options.closed();
  }

  #arrived(event: ExecutionResult, fresh: boolean): void {
    this.#waiting = { event, fresh: fresh || (this.#waiting?.fresh ?? false) };
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#take(); next && !this.#closed; next = this.#take()) {
      const payload = await this.#options.answer(next.event);
      if (this.#closed || (payload === this.#last && !next.fresh)) continue;
      this.#last = payload;
      for (const sink of this.#sinks) sink.deliver(payload);
    }
    this.#busy = false;
  }

  #take(): Arrived | undefined {
    const next = this.#waiting;
    this.#waiting = undefined;
    return next;
  }
}
