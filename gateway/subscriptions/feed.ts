import type { ExecutionResult, GraphQLError } from 'graphql';
import { interrupted, overflow } from './ends.ts';
import type { SharedSource, SourceReader } from './shared-source.ts';
import type { Loss } from './upstream.ts';

/** Where a client's results go. Neither method may throw. */
export interface Sink {
  /** One result, as JSON in UTF-8: one buffer for all clients, not to be changed. */
  deliver(payload: Buffer): void;
  /** The subscription is over: with errors when it was refused. */
  end(errors?: readonly GraphQLError[]): void;
}

export interface FeedOptions {
  readonly source: SharedSource;
  /** Every event counts: none is left out, and whoever comes later sees only what happens then. */
  readonly everyEvent: boolean;
  /** Joins one event and writes the result as the JSON that every client gets. Never rejects. */
  readonly answer: (event: ExecutionResult) => Promise<Buffer>;
  /** Called once, when the last client has left or the subgraph refused. */
  readonly closed: () => void;
}

interface Arrived {
  readonly event: ExecutionResult;
  readonly fresh: boolean;
}

/** So many attempts to reach the source have failed, in some 0.3 s, when clients are told: a restart need not be seen. */
const staleAfter = 3;
const staleMark = Buffer.from(',"extensions":{"stale":true}}');

/** Events that may wait to be joined, where every event counts. */
const maxWaiting = 100;

/**
 * What identical subscriptions share: one execution per event, one text for all. Where only the newest counts, events
 * that come while one is being joined are conflated, and a result that equals the last is not sent again, except after
 * a (re)connect. While the source is away, the last result is sent once more with `extensions: { stale: true }`. Where every event counts, they wait in order, and the feed ends with a code rather than lose one.
 */
export class Feed<S extends Sink = Sink> implements SourceReader {
  readonly #options: FeedOptions;
  readonly #sinks = new Set<S>();
  #last: Buffer | undefined;
  /** The source is away: the last result may no longer be true. */
  #stale = false;
  #waiting: Arrived[] = [];
  #busy = false;
  #closed = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    options.source.attach(this);
  }

  get clients(): ReadonlySet<S> {
    return this.#sinks;
  }

  /** A late joiner gets the newest result at once. */
  attach(sink: S): void {
    this.#sinks.add(sink);
    if (this.#last !== undefined) sink.deliver(this.#marked(this.#last));
  }

  /** When the last client leaves, the feed lets go of its source. */
  detach(sink: S): void {
    if (this.#sinks.delete(sink) && this.#sinks.size === 0) this.#close();
  }

  end(errors?: readonly GraphQLError[]): void {
    const sinks = [...this.#sinks];
    this.#sinks.clear();
    this.#close();
    for (const sink of sinks) sink.end(errors);
  }

  event(event: ExecutionResult, fresh: boolean): void {
    if (this.#options.everyEvent) {
      if (this.#waiting.length >= maxWaiting) {
        this.end([overflow()]);
        return;
      }
      this.#waiting.push({ event, fresh });
    } else {
      this.#waiting = [{ event, fresh: fresh || this.#stale || (this.#waiting[0]?.fresh ?? false) }];
      this.#stale = false;
    }
    if (!this.#busy) void this.#work();
  }

  refused(errors: readonly GraphQLError[]): void {
    this.end(errors);
  }

  lost({ hadEvents, attempt }: Loss): void {
    if (this.#options.everyEvent) {
      // What happened in the gap cannot be had again: the client is told, instead of a stream that looks whole.
      if (hadEvents) this.end([interrupted()]);
    } else if (attempt >= staleAfter && !this.#stale) {
      this.#stale = true;
      // A result that is just being joined is marked when it is sent.
      if (this.#last !== undefined && !this.#busy) this.#deliver(this.#last);
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = [];
    this.#options.source.detach(this);
    this.#options.closed();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    const { answer, everyEvent } = this.#options;
    for (let next = this.#waiting.shift(); next && !this.#closed; next = this.#waiting.shift()) {
      const payload = await answer(next.event);
      if (this.#closed) break;
      if (!everyEvent) {
        if (!next.fresh && !this.#stale && this.#last?.equals(payload) === true) continue;
        this.#last = payload;
      }
      this.#deliver(payload);
    }
    this.#busy = false;
  }

  #deliver(payload: Buffer): void {
    const marked = this.#marked(payload);
    for (const sink of this.#sinks) sink.deliver(marked);
  }

  /** A result is one JSON object: the mark takes the place of its last brace. */
  #marked(payload: Buffer): Buffer {
    return this.#stale ? Buffer.concat([payload.subarray(0, -1), staleMark]) : payload;
  }
}
