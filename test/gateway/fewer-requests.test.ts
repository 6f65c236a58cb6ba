import type { FetchNode } from '@apollo/query-planner';
import { describe, expect, test } from 'vitest';
import { withFewerRequests } from '../../gateway/execution/fewer-requests.ts';
import type { Work } from '../../gateway/execution/work.ts';
import { seeded } from './support/random-operations.ts';

/** `entities('rooms', 1)` is fetch 1, of entities, from the subgraph "rooms". */
const entities = (serviceName: string, id: number): Work => ({
  kind: 'Entities',
  fetches: [{ node: { serviceName, id: String(id) } as FetchNode, path: [] }],
});
const fields = (serviceName: string, id: number): Work => ({
  kind: 'Fields',
  fetch: { node: { serviceName, id: String(id) } as FetchNode, path: [] },
});
const sequence = (...parts: Work[]): Work => ({ kind: 'Sequence', parts });
const parallel = (...parts: Work[]): Work => ({ kind: 'Parallel', parts });
const onlyIf = (yes: Work): Work => ({ kind: 'Condition', variable: 'v', yes, no: { kind: 'Nothing' } });

/** Short: `[1 2]` one request, `a > b` in turn, `(a | b)` at once. */
function written(work: Work): string {
  if (work.kind === 'Nothing') return '-';
  if (work.kind === 'Fields') return work.fetch.node.id ?? '';
  if (work.kind === 'Entities') return `[${work.fetches.map(({ node }) => node.id).join(' ')}]`;
  if (work.kind === 'Condition') return `if ${written(work.yes)}`;
  return work.kind === 'Sequence'
    ? work.parts.map(written).join(' > ')
    : `(${work.parts.map(written).join(' | ')})`;
}

describe('fetches of entities from one subgraph', () => {
  test.each<[string, Work, string]>([
    [
      'one that stands alone waits for the next that goes to the same subgraph anyway',
      parallel(sequence(entities('cards', 1), entities('networks', 2)), entities('networks', 3)),
      '[1] > [2 3]',
    ],
    [
      'those that begin together are one request',
      parallel(entities('a', 1), entities('b', 2), entities('a', 3), entities('a', 4)),
      '([2] | [4 3 1])',
    ],
    [
      'it joins the first that it can',
      parallel(
        entities('a', 1),
        sequence(entities('b', 2), parallel(entities('c', 3), entities('a', 4)), entities('a', 5)),
      ),
      '[2] > ([3] | [4 1]) > [5]',
    ],
    ['different subgraphs stay apart', parallel(entities('a', 1), entities('b', 2)), '([1] | [2])'],
    ['one after the other stay apart', sequence(entities('a', 1), entities('a', 2)), '[1] > [2]'],
    [
      'what depends on a condition may not be asked at all, so nobody waits for it',
      parallel(onlyIf(entities('a', 1)), entities('a', 2)),
      '(if [1] | [2])',
    ],
    ['root fields are no entities', parallel(fields('a', 1), entities('a', 2)), '(1 | [2])'],
    [
      'a part of a longer way does not wait for another',
      parallel(sequence(entities('a', 1), entities('b', 2)), sequence(entities('b', 3), entities('a', 4))),
      '([1] > [2] | [3] > [4])',
    ],
  ])('%s', (_, work, expected) => {
    expect(written(withFewerRequests(work))).toBe(expected);
  });

  test('of 2 000 random plans none loses a fetch, none takes more steps, and nothing overtakes what it waits for', () => {
    const random = seeded(20_261_123);
    let saved = 0;
    for (let round = 0; round < 2_000; round += 1) {
      const plan = randomWork(random);
      const fewer = withFewerRequests(plan);
      expect(new Set(fetchesOf(fewer))).toEqual(new Set(fetchesOf(plan)));
      expect(fetchesOf(fewer)).toHaveLength(fetchesOf(plan).length);
      expect(stepsOf(fewer)).toBeLessThanOrEqual(stepsOf(plan));
      const order = orderOf(fewer);
      for (const pair of orderOf(plan)) expect(order).toContain(pair);
      saved += requestsOf(plan) - requestsOf(fewer);
    }
    expect(saved).toBeGreaterThan(1_000);
  });
});

function randomWork(random: () => number): Work {
  let id = 0;
  const make = (depth: number): Work => {
    const dice = random();
    if (depth === 0 || dice < 0.3) {
      id += 1;
      return (random() < 0.9 ? entities : fields)(random() < 0.5 ? 'a' : 'b', id);
    }
    if (dice < 0.35) return onlyIf(make(depth - 1));
    const parts = Array.from({ length: 2 + Math.floor(random() * 2) }, () => make(depth - 1));
    return dice < 0.65 ? sequence(...parts) : parallel(...parts);
  };
  return make(4);
}

function requestsOf(work: Work): number {
  return work.kind === 'Entities' || work.kind === 'Fields'
    ? 1
    : partsOf(work).reduce((sum, part) => sum + requestsOf(part), 0);
}

function fetchesOf(work: Work): string[] {
  if (work.kind === 'Entities') return work.fetches.map(({ node }) => node.id ?? '');
  if (work.kind === 'Fields') return [work.fetch.node.id ?? ''];
  return partsOf(work).flatMap(fetchesOf);
}

/** Requests that follow one another on the longest way. */
function stepsOf(work: Work): number {
  const steps = partsOf(work).map(stepsOf);
  if (work.kind === 'Sequence') return steps.reduce((sum, count) => sum + count, 0);
  return steps.length > 0 ? Math.max(...steps) : Math.min(1, fetchesOf(work).length);
}

/** Every `a<b` where the answer of a has to be there before b is asked. */
function orderOf(work: Work): Set<string> {
  const pairs = new Set(partsOf(work).flatMap((part) => [...orderOf(part)]));
  if (work.kind !== 'Sequence') return pairs;
  const groups = work.parts.map(fetchesOf);
  for (const [index, before] of groups.entries()) {
    for (const after of groups.slice(index + 1)) {
      for (const a of before) for (const b of after) pairs.add(`${a}<${b}`);
    }
  }
  return pairs;
}

function partsOf(work: Work): readonly Work[] {
  if (work.kind === 'Sequence' || work.kind === 'Parallel') return work.parts;
  return work.kind === 'Condition' ? [work.yes, work.no] : [];
}
