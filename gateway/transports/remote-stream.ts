import type { ExecutionResult } from 'graphql';
import type { Sink } from 'graphql-ws';
import type { EventStream } from '../execution/transport.ts';
import { toError, toResult } from './answer.ts';

type Step = IteratorResult<ExecutionResult, ExecutionResult | undefined>;

/** Events that may wait for their reader. With more the stream ends, and its reader begins again with the newest state. */
const maxWaiting = 1_000;

/** The events of one subscription over a connection to a subgraph. */
export class RemoteStream implements EventStream {
  readonly #waiting: ExecutionResult[] = [];
  readonly #leave: () => void;
  #over: { readonly step?: Step; readonly error?: Error } | undefined;
  #wake: () => void = () => undefined;

  constructor(subgraph: string, subscribe: (sink: Sink) => () => void) {
    this.#leave = subscribe({
      next: (json) => {
        const event = toResult(subgraph, json);
        if (!event) this.#break('it sent an event that is no GraphQL result');
        else if (this.#waiting.length >= maxWaiting)
          this.#break('its events came faster than they were read');
        else this.#waiting.push(event);
        this.#wake();
      },
      error: (reason) => {
        if (Array.isArray(reason)) {
          const errors = reason.map((error) => toError(subgraph, error));
          // Said to us and not to the client: a key or a clock is wrong, which may be put right while clients wait.
          if (errors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) {
            this.#end({
              error: new Error('it does not accept our signature: compare SUBGRAPH_KEYS and clocks'),
            });
          } else this.#end({ step: { done: true, value: { errors } } });
        } else {
          this.#end({ error: new Error(`the connection to ${subgraph} failed${codeOf(reason)}`) });
        }
      },
      complete: () => this.#end({ step: { done: true, value: undefined } }),
    });
  }

  async next(): Promise<Step> {
    for (;;) {
      const event = this.#waiting.shift();
      if (event) return { done: false, value: event };
      if (this.#over?.error) throw this.#over.error;
      if (this.#over) return this.#over.step ?? { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async return(): Promise<void> {
    this.#waiting.length = 0;
    this.#end({ step: { done: true, value: undefined } });
    this.#leave();
  }

  #break(why: string): void {
    this.#end({ error: new Error(why) });
    this.#leave();
  }

  #end(over: { readonly step?: Step; readonly error?: Error }): void {
    this.#over ??= over;
    this.#wake();
  }
}

/** The code with which a WebSocket was closed. Its reason may have an address in it. */
function codeOf(reason: unknown): string {
  const code = typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : undefined;
  return typeof code === 'number' ? ` with code ${code}` : '';
}
