import type { Live } from '../../platform/live/index.ts';
import type { Millis } from '../../platform/units.ts';

export interface Following {
  /** Which doorbells it is now. What it throws is asked again at the next ring or tick. */
  readonly keysOf: () => Promise<readonly string[]>;
  /** Null: nothing happens unless a doorbell rings; else a look every so often, which also asks for the keys again. */
  readonly tickMs: Millis | null;
  /** Whether a ring may mean other keys; else only a tick does. */
  readonly onRing: boolean;
}

/**
 * Doorbells of which nobody knows at the start which they will be: another venue joins the network, a performance comes
 * under a shared cap. A ring between two sets of keys is not lost: a change of keys is a look of its own.
 */
export function following(live: Live, { keysOf, tickMs, onRing }: Following): Live {
  return {
    ...live,
    watch(first, listener) {
      let keys = first;
      let stopped = false;
      let asking = false;
      let askAgain = false;

      const follow = async (): Promise<void> => {
        if (asking) {
          askAgain = true;
          return;
        }
        asking = true;
        do {
          askAgain = false;
          const found = await keysOf().catch(() => keys);
          if (stopped) return;
          if (isSame(found, keys)) continue;
          const before = unwatch;
          unwatch = live.watch(found, () => heard());
          before();
          keys = found;
          askAgain = true;
          listener();
        } while (askAgain);
        asking = false;
      };
      const heard = (): void => {
        listener();
        if (onRing) void follow();
      };
      const tick = (): void => {
        listener();
        void follow();
      };

      let unwatch = live.watch(keys, () => heard());
      const timer = tickMs === null ? undefined : setInterval(tick, tickMs);
      timer?.unref();
      return () => {
        stopped = true;
        clearInterval(timer);
        unwatch();
      };
    },
  };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((key, index) => key === others[index]);
}
