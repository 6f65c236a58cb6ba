import DataLoader from 'dataloader';
import { badInput } from '../../platform/errors.ts';
import type { Page, PageArgs } from '../../platform/pagination.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { isOf, sideOf } from '../domain/policy.ts';
import type { Message, Thread } from '../domain/thread.ts';
import type { MessagingReader } from '../store/database.ts';
import { messagesOfThreads, threadPage, threadsById } from '../store/threads.ts';

const maxBatchSize = 500;

/** The threads that a viewer may read, for one operation. */
export class Mailbox {
  readonly #db: MessagingReader;
  readonly #viewer: Viewer;
  readonly #threads: DataLoader<string, Thread | null>;
  readonly #messages: DataLoader<string, readonly Message[]>;

  constructor(db: MessagingReader, viewer: Viewer) {
    this.#db = db;
    this.#viewer = viewer;
    this.#threads = new DataLoader((ids: readonly string[]) => loadThreads(db, ids), { maxBatchSize });
    this.#messages = new DataLoader((ids: readonly string[]) => loadMessages(db, ids), { maxBatchSize });
  }

  /** The viewer's own, newest first. Throws FORBIDDEN for whoever can have none. */
  async threads(args: PageArgs): Promise<Page<Thread>> {
    return threadPage(this.#db, args, sideOf(this.#viewer));
  }

  /**
   * Null also for somebody else's: the answer does not tell whether it exists. Throws FORBIDDEN for whoever can have none,
   * BAD_INPUT for what cannot be an id.
   */
  async thread(id: string): Promise<Thread | null> {
    const side = sideOf(this.#viewer);
    if (!/^[\w-]{1,64}$/.test(id))
      throw badInput('id is an id of 1 to 64 letters, digits, - or _.', { field: 'id' });
    const thread = await this.#threads.load(id);
    return thread !== null && isOf(side, thread) ? thread : null;
  }

  /** The messages of a thread, oldest first; none of somebody else's. */
  async messages(thread: Thread): Promise<readonly Message[]> {
    return isOf(sideOf(this.#viewer), thread) ? this.#messages.load(thread.id) : [];
  }
}

async function loadThreads(db: MessagingReader, ids: readonly string[]): Promise<(Thread | null)[]> {
  const found = new Map((await threadsById(db, ids)).map((thread) => [thread.id, thread]));
  return ids.map((id) => found.get(id) ?? null);
}

async function loadMessages(db: MessagingReader, threadIds: readonly string[]): Promise<Message[][]> {
  const lists = new Map<string, Message[]>(threadIds.map((id) => [id, []]));
  for (const message of await messagesOfThreads(db, threadIds)) lists.get(message.threadId)?.push(message);
  return threadIds.map((id) => lists.get(id) ?? []);
}
