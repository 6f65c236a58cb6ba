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

/**
 * Where our server differs from what the suite expects, and is meant to: a body that is no JSON in UTF-8 is refused with 415, and
 * broken JSON in our own words, before ApolloServer sees them.
 */
const stricter: ReadonlySet<string> = new Set([
  'default',
  'throws an error if POST body is empty',
  'throws an error if invalid content-type',
  'throws an error if POST JSON is malformed',
]);

/** A test that is to fail: it says so when it no longer does. */
const run = (name: string, body: Run): void =>
  stricter.has(name) ? test.fails(name, settled(body)) : test(name, settled(body));

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
