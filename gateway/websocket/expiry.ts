/** The longest that a timer of Node can wait, in milliseconds: some 24 days. */
const longestMs = 2 ** 31 - 1;

/** Calls back once at the earliest of the moments it was told. */
export class Expiry {
  readonly #expired: () => void;
  #at = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(expired: () => void) {
    this.#expired = expired;
  }

  /** Milliseconds since 1970. A moment that has passed counts at once. */
  at(moment: number): void {
    if (moment >= this.#at) return;
    this.#at = moment;
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const left = this.#at - Date.now();
    // Asked again after each wait: a timer neither knows long times nor a clock that was set.
    if (left <= 0) this.#expired();
    else this.#timer = setTimeout(() => this.#wait(), Math.min(left, longestMs)).unref();
  }
}
