import { AppError } from './errors.ts';

export interface BatcherOptions {
  /** Most items of one batch. */
  readonly most: number;
  /** Most items that wait; one more is refused with TOO_MANY_REQUESTS. */
  readonly waiting: number;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does together what arrives together: whatever came while one batch was under way is the next one. No timer, so a single
 * caller waits for nobody; one batch at a time. `run` answers each item at its own place; what it throws, every item of
 * the batch gets. Throws TOO_MANY_REQUESTS.
 */
export function batcher<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { most, waiting }: BatcherOptions,
): (item: Item) => Promise<Answer> {
  let queue: Waiting<Item, Answer>[] = [];
  let busy = false;

  async function runAll(): Promise<void> {
    while (queue.length > 0) {
      // Each turn of the loop reads the sockets: as long as that brings more, the batch is worth waiting for.
      for (let before = 0; queue.length > before && queue.length < most;) {
        before = queue.length;
        await turn();
      }
      const batch = queue.slice(0, most);
      queue = queue.slice(most);
      try {
        const answers = await run(batch.map(({ item }) => item));
        if (answers.length !== batch.length) throw new Error('A batch was not answered item by item.');
        for (const [place, { resolve }] of batch.entries()) resolve(answers[place] as Answer);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise<Answer>((resolve, reject) => {
      if (queue.length >= waiting) {
        reject(new AppError('TOO_MANY_REQUESTS', 'Too much is waiting to be stored: try again in a moment.'));
        return;
      }
      queue.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      void runAll();
    });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
