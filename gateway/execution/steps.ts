import { isPromise, type Awaitable } from './awaiting.ts';
import type { Run, Step } from './run.ts';
import { stepError } from './subgraph-errors.ts';

/** One step after the other. */
export function inTurn<V>(steps: readonly Step<V>[], run: Run<V>, from = 0): Awaitable<void> {
  for (let index = from; index < steps.length; index += 1) {
    const done = steps[index]?.(run);
    if (isPromise(done)) return done.then(() => inTurn(steps, run, index + 1));
  }
}

/** All steps at the same time. */
export function atOnce<V>(steps: readonly Step<V>[], run: Run<V>): Awaitable<void> {
  let waiting: Promise<void>[] | undefined;
  for (const step of steps) {
    const done = step(run);
    if (isPromise(done)) (waiting ??= []).push(done);
  }
  if (waiting) return Promise.all(waiting).then(() => undefined);
}

/** The step, with what it throws or rejects as an error of the run. */
export function caught<V>(step: Step<V>): Step<V> {
  return (run) => {
    const failed = (error: unknown): void => void run.errors.push(stepError(error));
    try {
      const done = step(run);
      return isPromise(done) ? done.catch(failed) : done;
    } catch (error) {
      return failed(error);
    }
  };
}
