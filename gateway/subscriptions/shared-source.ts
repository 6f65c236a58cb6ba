import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Failing } from './cool-down.ts';
import { Upstream, type Loss, type UpstreamEvents } from './upstream.ts';

/** Who reads a source. An event belongs to all readers: it is not to be changed. */
export interface SourceReader {
  event(event: ExecutionResult, fresh: boolean): void;
  refused(errors: readonly GraphQLError[]): void;
  lost(loss: Loss): void;
}

export interface SharedSourceOptions extends Pick<UpstreamEvents, 'open' | 'isRefusal'> {
  /** Whether the newest event says everything, so that it is given to whoever comes later. */
  readonly keepsNewest: boolean;
  readonly worked: () => void;
  readonly refused: (errors: readonly GraphQLError[]) => void;
  readonly lost: (loss: Loss) => void;
  /** Called once, when nobody reads any more or the subgraph refused. */
  readonly closed: () => void;
}

/** One upstream for all who ask a subgraph the same, whatever each of them joins to its events. */
export class SharedSource {
  readonly #options: SharedSourceOptions;
  readonly #readers = new Set<SourceReader>();
  readonly #upstream: Upstream;
  #newest: ExecutionResult | undefined;
  #loss: Loss | undefined;
  #closed = false;

  constructor(options: SharedSourceOptions, failing?: Failing) {
    this.#options = options;
    this.#upstream = new Upstream({
      open: options.open,
      isRefusal: options.isRefusal,
      event: (event, fresh) => {
        if (fresh) options.worked();
        this.#loss = undefined;
        if (options.keepsNewest) this.#newest = event;
        for (const reader of this.#readers) reader.event(event, fresh);
      },
      refused: (errors) => {
        options.refused(errors);
        const readers = [...this.#readers];
        this.#readers.clear();
        this.#close();
        for (const reader of readers) reader.refused(errors);
      },
      lost: (loss) => {
        options.lost(loss);
        this.#loss = loss;
        for (const reader of this.#readers) reader.lost(loss);
      },
    });
    this.#upstream.start(failing);
  }

  attach(reader: SourceReader): void {
    this.#readers.add(reader);
    if (!this.#newest) return;
    reader.event(this.#newest, true);
    if (this.#loss) reader.lost(this.#loss);
  }

  /** When the last reader leaves, the upstream stops. */
  detach(reader: SourceReader): void {
    if (this.#readers.delete(reader) && this.#readers.size === 0) this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#newest = undefined;
    this.#upstream.stop();
    this.#options.closed();
  }
}
