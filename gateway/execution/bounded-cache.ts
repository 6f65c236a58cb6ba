interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
}

/** A cache with an end: when it is full, what was used longest ago goes. Its keys may come from clients. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #maxWeight: number;
  readonly #weigh: (value: Value, key: string) => number;
  #weight = 0;
  #newest: Entry<Value> | undefined;

  /** `maxWeight` is a number of entries, unless `weigh` says what one entry weighs. */
  constructor(maxWeight: number, weigh: (value: Value, key: string) => number = () => 1) {
    this.#maxWeight = maxWeight;
    this.#weigh = weigh;
  }

  get size(): number {
    return this.#entries.size;
  }

  get weight(): number {
    return this.#weight;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // Asked for again and again it stays where it is.
    if (entry !== this.#newest) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      this.#newest = entry;
    }
    return entry.value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    const weight = this.#weigh(value, key);
    if (weight > this.#maxWeight) return;
    this.#newest = { value, weight };
    this.#entries.set(key, this.#newest);
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#maxWeight) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    if (entry === this.#newest) this.#newest = undefined;
    this.#weight -= entry.weight;
  }

  getOrMake(key: string, make: () => Value): Value {
    const found = this.get(key);
    if (found !== undefined) return found;
    const made = make();
    this.set(key, made);
    return made;
  }
}
