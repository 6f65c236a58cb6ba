import { AppError } from './errors.ts';

export interface BatcherOptions {
  /** Most items of one batch. */
  readonly most: number;
  /** Most items that wait; one more is refused with TOO_MANY_REQUESTS. */
  readonly waiting: number;
  /** A batch of something else whose items are likely to come here next: a batch that is not full waits for it, once. */
  readonly after?: (() => Promise<void> | undefined) | undefined;
}

export interface Batcher<Item, Answer> {
  /** Throws TOO_MANY_REQUESTS. */
  add(item: Item): Promise<Answer>;
  /** Ends with the batch that is being done now; it never fails. */
  underWay(): Promise<void> | undefined;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does together what arrives together: whatever came while one batch was under way is the next one. No timer, so a single
 * caller waits for nobody; one batch at a time. `run` answers each item at its own place; what it throws, every item of
 * the batch gets.
 */
export function batcher<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { most, waiting, after }: BatcherOptions,
): Batcher<Item, Answer> {
  let queue: Waiting<Item, Answer>[] = [];
  let busy = false;
  let current: Promise<void> | undefined;

  async function runBatch(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await run(batch.map(({ item }) => item));
      if (answers.length !== batch.length) throw new Error('A batch was not answered item by item.');
      for (const [place, { resolve }] of batch.entries()) resolve(answers[place] as Answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async function runAll(): Promise<void> {
    while (queue.length > 0) {
      // Each turn of the loop reads the sockets: as long as that brings more, the batch is worth waiting for.
      for (let before = 0; queue.length > before && queue.length < most;) {
        before = queue.length;
        await turn();
      }
      if (queue.length < most) await after?.();
      const batch = queue.slice(0, most);
      queue = queue.slice(most);
      current = runBatch(batch);
      await current;
    }
    current = undefined;
    busy = false;
  }

  return {
    add: (item) =>
      new Promise<Answer>((resolve, reject) => {
        if (queue.length >= waiting) {
          reject(new AppError('TOO_MANY_REQUESTS', 'Too much is waiting already: try again in a moment.'));
          return;
        }
        queue.push({ item, resolve, reject });
        if (busy) return;
        busy = true;
        void runAll();
      }),
    underWay: () => current,
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
