import type { Dispatcher } from 'undici';
import type { Timed } from './deadlines.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

export interface HttpRequest {
  readonly body: Buffer;
  /** Names and values in turn, made anew for every try. */
  readonly headers: () => string[];
  /** How often it may be sent: again only when its connection broke before anything was answered. */
  readonly tries: number;
}

/** What an exchange needs of whoever began it. */
export interface ExchangeOwner {
  send(exchange: Exchange): void;
  /** Called once, with an answer or with what went wrong. */
  ended(exchange: Exchange, outcome: HttpAnswer | Error): void;
  /** What is told of an exchange that took too long. */
  readonly late: string;
}

/** One request from its first try to the last byte of its answer. It ends with a plain Error when it fails or is late. */
export class Exchange implements Dispatcher.DispatchHandler, Timed {
  readonly request: HttpRequest;
  readonly #owner: ExchangeOwner;
  #triesLeft: number;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #first: Buffer | undefined;
  #more: Buffer[] | undefined;
  #isOver = false;

  constructor(request: HttpRequest, owner: ExchangeOwner) {
    this.request = request;
    this.#owner = owner;
    this.#triesLeft = request.tries;
  }

  begin(): void {
    this.#triesLeft -= 1;
    this.#owner.send(this);
  }

  late(): void {
    const error = new Error(this.#owner.late);
    this.#end(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It was late before a connection was free for it: it must not be sent any more.
    if (this.#isOver) controller.abort(new Error(this.#owner.late));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#first) this.#first = chunk;
    else (this.#more ??= [this.#first]).push(chunk);
  }

  onResponseEnd(): void {
    const text = (this.#more ? Buffer.concat(this.#more) : this.#first)?.toString() ?? '';
    this.#end({ status: this.#status, text });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isOver) return;
    if (this.#status === 0 && this.#triesLeft > 0) this.begin();
    else this.#end(new Error(words(error), { cause: error }));
  }

  #end(outcome: HttpAnswer | Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#owner.ended(this, outcome);
  }
}

function words(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return `the connection failed${code && `: ${code}`}`;
}
