import type { GraphQLError } from 'graphql';
import type { Feed, Sink } from './feed.ts';
import type { Variables } from './join.ts';
import type { PlannedSubscription } from './plan.ts';

/** One client's subscription, as it was asked for. */
export interface Opened<V> {
  readonly planned: PlannedSubscription;
  /** As coerced by `coerce`. */
  readonly variables: Variables;
  readonly viewer: V;
  /** The W3C trace that the client's request belongs to. */
  readonly traceparent?: string | undefined;
}

/** One client in the feed that it shares; after a change of schema, in another. */
export class Client<V> implements Sink {
  readonly #sink: Sink;
  #opened: Opened<V>;
  #feed: Feed<Client<V>> | undefined;

  constructor(opened: Opened<V>, sink: Sink) {
    this.#opened = opened;
    this.#sink = sink;
  }

  get opened(): Opened<V> {
    return this.#opened;
  }

  /** Moves to this feed, and lets go of the one before only then: what both read stays open. */
  join(feed: Feed<Client<V>>, opened: Opened<V>): void {
    const before = this.#feed;
    this.#opened = opened;
    this.#feed = feed;
    feed.attach(this);
    before?.detach(this);
  }

  leave(): void {
    const feed = this.#feed;
    this.#feed = undefined;
    feed?.detach(this);
  }

  deliver(payload: Buffer): void {
    this.#sink.deliver(payload);
  }

  end(errors?: readonly GraphQLError[]): void {
    this.leave();
    this.#sink.end(errors);
  }
}
