interface OpenSignal {
  ring(key: string): void;
  kill(error: Error | undefined): void;
}

/** Doorbells for toy subscriptions, with a way to break them. */
export class Signals {
  readonly #open = new Set<OpenSignal>();
  released = 0;

  get open(): number {
    return this.#open.size;
  }

  ring(key: string): void {
    for (const signal of this.#open) signal.ring(key);
  }

  /** Every open source ends, or throws. */
  kill(error?: Error): void {
    for (const signal of this.#open) signal.kill(error);
  }

  add(signal: OpenSignal): void {
    this.#open.add(signal);
  }

  delete(signal: OpenSignal): void {
    if (this.#open.delete(signal)) this.released += 1;
  }
}

export type Signal = AsyncIterableIterator<true>;

/** Yields once at once, then after each ring; rings that pile up are one. */
export function sourceOf(signals: Signals, keys: readonly string[]): Signal {
  let due = true;
  let over: { error: Error | undefined } | undefined;
  let wake: () => void = () => undefined;
  const self = {
    [Symbol.asyncIterator]: () => self,
    async next(): Promise<IteratorResult<true>> {
      while (!due && !over) await new Promise<void>((resolve) => (wake = resolve));
      if (over?.error) throw over.error;
      if (over) return { done: true, value: undefined };
      due = false;
      return { done: false, value: true };
    },
    async return(): Promise<IteratorResult<true>> {
      self.kill(undefined);
      return { done: true, value: undefined };
    },
    ring(key: string): void {
      if (!keys.includes(key)) return;
      due = true;
      wake();
    },
    kill(error: Error | undefined): void {
      over ??= { error };
      signals.delete(self);
      wake();
    },
  };
  signals.add(self);
  return self;
}
