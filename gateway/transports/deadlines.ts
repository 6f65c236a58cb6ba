import type { Millis } from '../../subgraphs/platform/units.ts';

export interface Timed {
  /** Called once, when its time is over. */
  late(): void;
}

/** Ends what takes too long. All have the same time, so the oldest is due first and one timer serves them all. */
export class Deadlines {
  readonly #timeoutMs: Millis;
  readonly #dueAt = new Map<Timed, Millis>();
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: Millis) {
    this.#timeoutMs = timeoutMs;
  }

  begin(work: Timed): void {
    this.#dueAt.set(work, performance.now() + this.#timeoutMs);
    this.#timer ??= this.#wait(this.#timeoutMs);
  }

  end(work: Timed): void {
    this.#dueAt.delete(work);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#dueAt.clear();
  }

  #wait(forMs: Millis): NodeJS.Timeout {
    // What is waited for holds the process itself, by its connection.
    return setTimeout(() => this.#endTheLate(), forMs).unref();
  }

  #endTheLate(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [work, dueAt] of this.#dueAt) {
      if (dueAt > now) {
        this.#timer ??= this.#wait(Math.ceil(dueAt - now));
        return;
      }
      this.#dueAt.delete(work);
      work.late();
    }
  }
}
