// oxlint-disable vitest/valid-title, vitest/valid-describe-callback -- titles and callbacks are those of the suite
import {
  afterEach as afterEachOfVitest,
  beforeEach as beforeEachOfVitest,
  describe as describeOfVitest,
  test,
  vi,
} from 'vitest';

export { afterAll, beforeAll, expect, test } from 'vitest';
export const jest = vi;

type Done = (problem?: unknown) => void;
type Run = (done: Done) => unknown;

/** As in jest, a test that takes an argument is over when it calls it. */
function settled(run: Run): () => unknown {
  if (run.length === 0) return run as () => unknown;
  return () =>
    new Promise<void>((resolve, reject) => {
      run((problem) => (problem === undefined ? resolve() : reject(problem)));
    });
}

const run = (name: string, body: Run): void => test(name, settled(body));

export const it = Object.assign(run, {
  each: test.each.bind(test),
  // Not skipped: what does not apply here is left out.
  skip: () => undefined,
});

export const beforeEach = (run: Run): void => beforeEachOfVitest(settled(run));
export const afterEach = (run: Run): void => afterEachOfVitest(settled(run));
export const describe = Object.assign((name: string, body: () => void) => describeOfVitest(name, body), {
  each: describeOfVitest.each.bind(describeOfVitest),
  skip: () => undefined,
});
