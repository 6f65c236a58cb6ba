import type { Live } from './live.ts';

/**
 * A source of "look" for a subscription. The listener is registered first and one look is due at once, so that nothing
 * between the two is missed; looks that pile up while the reader is busy are one. `return()` lets go at once, also of a
 * reader that waits on a quiet key.
 */
export function watchKeys(live: Live, keys: readonly string[]): AsyncIterableIterator<true> {
  let due = true;
  let done = false;
  let waiting: ((result: IteratorResult<true>) => void)[] = [];

  const unwatch = live.watch(keys, () => {
    const next = waiting.shift();
    if (next) next({ value: true, done: false });
    else due = true;
  });

  const finish = (): IteratorResult<true> => {
    if (!done) {
      done = true;
      unwatch();
      for (const resume of waiting) resume({ value: undefined, done: true });
      waiting = [];
    }
    return { value: undefined, done: true };
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (done) return Promise.resolve({ value: undefined, done: true });
      if (due) {
        due = false;
        return Promise.resolve({ value: true, done: false });
      }
      return new Promise((resume) => waiting.push(resume));
    },
    return: () => Promise.resolve(finish()),
    throw: (error: unknown) => {
      finish();
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    },
  };
}
