/** What was opened, closed in the opposite order. (Node 20 has no AsyncDisposableStack.) */
export class Opened implements AsyncDisposable {
  readonly #closings: (() => unknown)[] = [];

  use<T extends AsyncDisposable>(resource: T): T {
    this.#closings.push(() => resource[Symbol.asyncDispose]());
    return resource;
  }

  defer(close: () => void): void {
    this.#closings.push(close);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closings.toReversed()) await close();
  }
}
