import { GraphQLError } from 'graphql';
import { overflow } from '../subscriptions/ends.ts';
import type { Sink } from '../subscriptions/feed.ts';

/** A subscription was refused; carries all its errors through graphql-ws, which takes only one. */
export class SubscriptionRefused extends GraphQLError {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'The subscription was refused.');
    this.errors = errors;
  }
}

/** Sends one text in UTF-8, `head`, `payload` and a closing brace; calls back when it has left this process. */
export type SendResult = (head: Buffer, payload: Buffer, sent: (error?: Error | null) => void) => void;

/** What a mailbox stands between. */
export interface MailboxOptions {
  readonly send: SendResult;
  /** Attaches the mailbox to its feed; called when graphql-ws begins to read. Answers how it leaves. */
  readonly join: (mailbox: Mailbox) => { leave(): void };
  /** Every event counts, so they wait in order; otherwise only the newest waits. */
  readonly everyEvent?: boolean;
  /** A result was replaced by a newer one before it could be sent. */
  readonly dropped?: () => void;
}

type Ended = IteratorResult<never, undefined>;
const ended: Ended = { done: true, value: undefined };
/** Results that may wait for one client, where every event counts. */
const maxWaiting = 100;

/**
 * One client's end of a feed. Results are written to the socket directly, as the bytes that all clients share, one on its way
 * and the newest waiting: a client that reads slowly gets the newest value, never a queue. Where every event counts there is
 * a queue, with an end: SUBSCRIPTION_OVERFLOW.
 *
 * To graphql-ws it is an iterator that yields nothing until the subscription is over, so that the library keeps the
 * protocol while the data goes past it.
 */
export class Mailbox implements Sink, AsyncGenerator<never, undefined, undefined> {
  readonly #options: MailboxOptions;
  readonly #head: Buffer;
  readonly #over: Promise<Ended>;
  #finish: (result: Ended) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #membership: { leave(): void } | undefined;
  #joined = false;
  #sending = false;
  /** The newest; a list only where every event counts. */
  #waiting: Buffer | Buffer[] | undefined;
  #closed = false;

  constructor(id: string, options: MailboxOptions) {
    this.#options = options;
    this.#head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    this.#over = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    // It may be refused while nobody reads.
    this.#over.catch(() => undefined);
  }

  deliver(payload: Buffer): void {
    if (this.#closed) return;
    if (this.#sending) this.#keep(payload);
    else this.#write(payload);
  }

  end(errors?: readonly GraphQLError[]): void {
    if (this.#closed) return;
    this.#close();
    if (errors && errors.length > 0) this.#fail(new SubscriptionRefused(errors));
    else this.#finish(ended);
  }

  next(): Promise<Ended> {
    if (!this.#joined && !this.#closed) {
      this.#joined = true;
      const membership = this.#options.join(this);
      if (this.#isClosed()) membership.leave();
      else this.#membership = membership;
    }
    return this.#over;
  }

  async return(): Promise<Ended> {
    this.#close();
    this.#finish(ended);
    return ended;
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

  #keep(payload: Buffer): void {
    if (this.#options.everyEvent !== true) {
      if (this.#waiting) this.#options.dropped?.();
      this.#waiting = payload;
      return;
    }
    const queue = Array.isArray(this.#waiting) ? this.#waiting : [];
    this.#waiting = queue;
    if (queue.length >= maxWaiting) this.end([overflow()]);
    else queue.push(payload);
  }

  #write(payload: Buffer): void {
    this.#sending = true;
    this.#options.send(this.#head, payload, this.#sent);
  }

  /** Made once per mailbox, not once per frame. */
  readonly #sent = (error?: Error | null): void => {
    this.#sending = false;
    const next = Array.isArray(this.#waiting) ? this.#waiting.shift() : this.#waiting;
    if (!Array.isArray(this.#waiting)) this.#waiting = undefined;
    if (next && !error && !this.#closed) this.#write(next);
  };

  /** Joining may close it: a method, because the compiler takes a field as unchanged. */
  #isClosed(): boolean {
    return this.#closed;
  }

  #close(): void {
    this.#closed = true;
    this.#waiting = undefined;
    const membership = this.#membership;
    this.#membership = undefined;
    membership?.leave();
  }
}
