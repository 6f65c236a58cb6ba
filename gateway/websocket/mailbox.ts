import { GraphQLError } from 'graphql';
import type { Sink } from '../subscriptions/feed.ts';

/** A subscription was refused; carries all its errors through graphql-ws, which takes only one. */
export class SubscriptionRefused extends GraphQLError {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'The subscription was refused.');
    this.errors = errors;
  }
}

/** Sends one text; calls back when it has left this process. */
export type SendFrame = (frame: string, sent: (error?: Error | null) => void) => void;

type Ended = IteratorResult<never, undefined>;
const ended: Ended = { done: true, value: undefined };

/**
 * One client's end of a feed. Results are written to the socket directly, as the text that all clients share, one on its way
 * and the newest waiting: a client that reads slowly gets the newest value, never a queue.
 *
 * To graphql-ws it is an iterator that yields nothing until the subscription is over, so that the library keeps the
 * protocol while the data goes past it.
 */
export class Mailbox implements Sink, AsyncGenerator<never, undefined, undefined> {
  readonly #send: SendFrame;
  readonly #head: string;
  readonly #join: (sink: Sink) => () => void;
  readonly #over: Promise<Ended>;
  #finish: (result: Ended) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #leave: (() => void) | undefined;
  #joined = false;
  #sending = false;
  #waiting: string | undefined;
  #closed = false;

  /** `join` attaches the mailbox to its feed, and is called when graphql-ws begins to read. */
  constructor(id: string, send: SendFrame, join: (sink: Sink) => () => void) {
    this.#send = send;
    this.#head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    this.#join = join;
    this.#over = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    // It may be refused while nobody reads.
    this.#over.catch(() => undefined);
  }

  deliver(payload: string): void {
    if (this.#closed) return;
    if (this.#sending) {
      this.#waiting = payload;
      return;
    }
    this.#sending = true;
    this.#send(`${this.#head}${payload}}`, (error) => {
      this.#sending = false;
      const next = this.#waiting;
      this.#waiting = undefined;
      if (next !== undefined && !error) this.deliver(next);
    });
  }

  end(errors?: readonly GraphQLError[]): void {
    this.#closed = true;
    this.#depart();
    if (errors && errors.length > 0) this.#fail(new SubscriptionRefused(errors));
    else this.#finish(ended);
  }

  next(): Promise<Ended> {
    if (!this.#joined && !this.#closed) {
      this.#joined = true;
      const leave = this.#join(this);
      if (this.#closed) leave();
      else this.#leave = leave;
    }
    return this.#over;
  }

  async return(): Promise<Ended> {
    this.#closed = true;
    this.#waiting = undefined;
    this.#depart();
    this.#finish(ended);
    return ended;
  }

  #depart(): void {
    const leave = this.#leave;
    this.#leave = undefined;
    leave?.();
  }

  async throw(error: unknown): Promise<Ended> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
