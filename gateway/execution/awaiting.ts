/** A value that is there, or on its way. What is there already must not wait for a turn of the event loop. */
export type Awaitable<T> = T | Promise<T>;

export function isPromise<T>(value: Awaitable<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** Goes on with the value: now when it is there, otherwise when it comes. */
export function whenThere<T, R>(value: Awaitable<T>, goOn: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? value.then(goOn) : goOn(value);
}
