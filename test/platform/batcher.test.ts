import { expect, it } from 'vitest';
import { batcher } from '../../subgraphs/platform/batcher.ts';

/** A batcher whose batches end when the test says so. */
function held(options: { most?: number; waiting?: number } = {}) {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const doubled = batcher<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error): void => (error ? reject(error) : resolve(items.map((item) => 2 * item)));
        batches.push({ items, end });
      }),
    { most: 4, waiting: 100, ...options },
  );
  const begun = async (count: number): Promise<void> => {
    while (batches.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { doubled, batches, begun };
}

it('what comes while a batch is under way is the next one, in its order', async () => {
  const { doubled, batches, begun } = held();
  const first = doubled.add(1);
  await begun(1);
  const others = [2, 3, 4].map((item) => doubled.add(item));
  batches[0]?.end();
  await begun(2);
  batches[1]?.end();
  expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
  expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
});

it('no batch is larger than it may be', async () => {
  const sizes: number[] = [];
  const same = batcher<number, number>(
    async (items) => {
      sizes.push(items.length);
      return items;
    },
    { most: 4, waiting: 100 },
  );
  const items = Array.from({ length: 11 }, (_, item) => item);
  expect(await Promise.all(items.map((item) => same.add(item)))).toEqual(items);
  expect(sizes).toEqual([4, 4, 3]);
});

it('more than may wait are refused, and the others are done', async () => {
  const { doubled, batches, begun } = held({ waiting: 2 });
  const first = doubled.add(1);
  await begun(1);
  const waiting = [doubled.add(2), doubled.add(3)];
  await expect(doubled.add(4)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  batches[0]?.end();
  await begun(2);
  batches[1]?.end();
  expect(await Promise.all([first, ...waiting])).toEqual([2, 4, 6]);
});

it('a batch that fails fails for its own items alone', async () => {
  const { doubled, batches, begun } = held();
  const first = doubled.add(1);
  await begun(1);
  const second = doubled.add(2);
  batches[0]?.end(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await begun(2);
  batches[1]?.end();
  expect(await second).toBe(4);
});

it('an answer too few fails the batch instead of mixing answers up', async () => {
  const short = batcher<number, number>(async () => [], { most: 4, waiting: 4 });
  await expect(short.add(1)).rejects.toThrow('item by item');
});

it('a batch waits for those who are about to come', async () => {
  const { doubled, batches, begun } = held();
  const sizes: number[] = [];
  const after = batcher<number, number>(
    async (items) => {
      sizes.push(items.length);
      return items;
    },
    { most: 4, waiting: 4, after: () => doubled.underWay() },
  );
  const coming = doubled.add(1);
  await begun(1);
  const early = after.add(7);
  const late = coming.then((item) => after.add(item));
  batches[0]?.end();
  expect(await Promise.all([early, late])).toEqual([7, 2]);
  expect(sizes).toEqual([2]);
  expect(doubled.underWay()).toBeUndefined();
});
