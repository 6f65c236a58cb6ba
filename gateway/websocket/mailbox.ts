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

export type Sent = (error?: Error | null) => void;

/** The connection that a mailbox belongs to. */
export interface MailboxLine {
  /** Those that are in a feed. */
  readonly mailboxes: Set<Mailbox>;
  /** Sends one text in UTF-8, `head`, `payload` and a closing brace; calls back when it has left this process. */
  send(head: Buffer, payload: Buffer, sent: Sent): void;
}

export interface MailboxOptions {
  /** Attaches the mailbox to its feed; called when graphql-ws begins to read. Answers how it leaves. */
  readonly join: (mailbox: Mailbox) => { leave(): void };
  /** Every event counts, so they wait in order; otherwise only the newest waits. */
  readonly everyEvent?: boolean;
  /** A result was replaced by a newer one before it could be sent. */
  readonly dropped?: (() => void) | undefined;
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
  readonly #line: MailboxLine;
  readonly #head: Buffer;
  readonly #everyEvent: boolean;
  readonly #dropped: (() => void) | undefined;
  /** Until it has joined. */
  #join: MailboxOptions['join'] | undefined;
  #membership: { leave(): void } | undefined;
  #sending = false;
  /** The newest; a list only where every event counts. */
  #waiting: Buffer | Buffer[] | undefined;
  #over: Promise<Ended> | undefined;
  /** Ends what graphql-ws waits for, once it waits. */
  #finish: ((result: Ended | Promise<Ended>) => void) | undefined;
  #closed = false;
  #refusal: SubscriptionRefused | undefined;

  constructor(id: string, line: MailboxLine, { join, everyEvent = false, dropped }: MailboxOptions) {
    this.#line = line;
    this.#head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    this.#join = join;
    this.#everyEvent = everyEvent;
    this.#dropped = dropped;
  }

  deliver(payload: Buffer): void {
    if (this.#closed) return;
    if (this.#sending) this.#keep(payload);
    else this.#write(payload);
  }

  end(errors?: readonly GraphQLError[]): void {
    if (this.#closed) return;
    if (errors && errors.length > 0) this.#refusal = new SubscriptionRefused(errors);
    this.#close();
  }

  next(): Promise<Ended> {
    const join = this.#join;
    this.#join = undefined;
    if (join && !this.#closed) {
      this.#line.mailboxes.add(this);
      const membership = join(this);
      if (this.#isClosed()) membership.leave();
      else this.#membership = membership;
    }
    return (this.#over ??= this.#isClosed()
      ? this.#ended()
      : new Promise((finish) => {
          this.#finish = finish;
        }));
  }

  async return(): Promise<Ended> {
    this.#close();
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
    if (!this.#everyEvent) {
      if (this.#waiting) this.#dropped?.();
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
    this.#line.send(this.#head, payload, this.#sent);
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

  /** What graphql-ws reads at the end: nothing, or why it was refused. */
  async #ended(): Promise<Ended> {
    if (this.#refusal) throw this.#refusal;
    return ended;
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = undefined;
    this.#line.mailboxes.delete(this);
    const membership = this.#membership;
    this.#membership = undefined;
    membership?.leave();
    const finish = this.#finish;
    this.#finish = undefined;
    finish?.(this.#ended());
  }
}
