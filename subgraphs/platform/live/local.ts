import type { Live } from './live.ts';

/** What is rung in this process is heard in this process. */
export function localLive(): Live & { ring(keys: Iterable<string>): void; ringAll(): void } {
  const listeners = new Map<string, Set<() => void>>();
  let due = new Set<() => void>();
  let scheduled = false;

  const flush = (): void => {
    scheduled = false;
    const now = due;
    due = new Set();
    for (const listener of now) listener();
  };
  const schedule = (found: Iterable<() => void>): void => {
    for (const listener of found) due.add(listener);
    if (scheduled || due.size === 0) return;
    scheduled = true;
    setImmediate(flush);
  };
  const ring = (keys: Iterable<string>): void => {
    for (const key of keys) {
      const found = listeners.get(key);
      if (found) schedule(found);
    }
  };

  return {
    put: (key) => ring([key]),
    ring,
    ringAll: () => {
      for (const found of listeners.values()) schedule(found);
    },
    watch(keys, listener) {
      for (const key of keys) {
        const found = listeners.get(key) ?? new Set();
        listeners.set(key, found.add(listener));
      }
      return () => {
        due.delete(listener);
        for (const key of keys) {
          const found = listeners.get(key);
          if (found?.delete(listener) && found.size === 0) listeners.delete(key);
        }
      };
    },
    async close() {
      listeners.clear();
      due.clear();
    },
  };
}
