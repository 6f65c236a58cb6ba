import type { Millis } from './units.ts';

/** Work that is done again and again until it is stopped. */
export interface Repeated {
  /** Resolves when what is under way is finished. */
  stop(): Promise<void>;
}

export interface RepeatOptions {
  readonly everyMs: Millis;
  /** `signal` is aborted when the work is stopped: what takes long looks at it. */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  /** Told of what was thrown; the work is tried again. */
  readonly failed: (error: unknown) => void;
}

/** Works every so often, one at a time, and keeps no process alive. */
export function repeat({ everyMs, work, failed }: RepeatOptions): Repeated {
  const stopping = new AbortController();
  let working: Promise<void> | undefined;
  const once = async (): Promise<void> => {
    try {
      await work(stopping.signal);
    } catch (error) {
      failed(error);
    } finally {
      working = undefined;
    }
  };
  const timer = setInterval(() => {
    working ??= once();
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await working;
    },
  };
}
