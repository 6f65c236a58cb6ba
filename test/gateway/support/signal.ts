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

/** Yields everything that is pushed, in order. */
export function queueOf<Value>(
  signals: Signals,
  pushers: Set<(value: Value) => void>,
): AsyncIterableIterator<Value> {
  const waiting: Value[] = [];
  let over = false;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  const push = (value: Value): void => {
    waiting.push(value);
    wake();
  };
  const self = {
    [Symbol.asyncIterator]: () => self,
    async next(): Promise<IteratorResult<Value>> {
      while (waiting.length === 0 && !over) await new Promise<void>((resolve) => (wake = resolve));
      if (failure) throw failure;
      const value = waiting.shift();
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    async return(): Promise<IteratorResult<Value>> {
      self.kill(undefined);
      return { done: true, value: undefined };
    },
    ring: () => undefined,
    kill(error: Error | undefined): void {
      over = true;
      failure = error;
      pushers.delete(push);
      signals.delete(self);
      wake();
    },
  };
  pushers.add(push);
  signals.add(self);
  return self;
}
