import { readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { CausedMessage, Message, Side, Thread } from '../domain/thread.ts';
import type { MessagingReader, MessagingTransaction } from './database.ts';
import type { MessageTable, ThreadTable } from './tables.ts';

/**
 * Adds a message to the thread about its subject, which it begins where there is none. False: the thread was told of this
 * cause already, and nothing was written.
 */
export async function tell(
  trx: MessagingTransaction,
  thread: Thread,
  message: Omit<CausedMessage, 'threadId'>,
): Promise<boolean> {
  const begun = await trx
    .insertInto('thread')
    .values(threadRow(thread))
    .onConflict((c) => c.column('subject_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  const { id: threadId } =
    begun ??
    (await trx
      .selectFrom('thread')
      .select('id')
      .where('subject_id', '=', thread.about.id)
      .executeTakeFirstOrThrow());
  const written = await trx
    .insertInto('message')
    .values(messageRow({ ...message, threadId }))
    .onConflict((c) => c.columns(['thread_id', 'cause']).doNothing())
    .returning('id')
    .execute();
  return written.length > 0;
}

export async function threadsById(db: MessagingReader, ids: readonly string[]): Promise<Thread[]> {
  return (await db.selectFrom('thread').selectAll().where('id', 'in', ids).execute()).map(readThread);
}

/** The threads of a card or a venue, newest first. */
export async function threadPage(db: MessagingReader, args: PageArgs, side: Side): Promise<Page<Thread>> {
  const all = db.selectFrom('thread').selectAll();
  const query =
    'cardId' in side
      ? all.where('card_id', '=', side.cardId)
      : all.where('venue_id', '=', side.venueId).where('audience', '=', 'BOTH');
  const page = await readPage(query, { args, order: newestFirst });
  return { ...page, items: page.items.map(readThread) };
}

/** The messages of these threads, oldest first. */
export async function messagesOfThreads(
  db: MessagingReader,
  threadIds: readonly string[],
): Promise<Message[]> {
  const rows = await db
    .selectFrom('message')
    .selectAll()
    .where('thread_id', 'in', threadIds)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(readMessage);
}

const newestFirst = [
  { column: 'started_at', as: 'started_at', direction: 'desc' },
  { column: 'id', as: 'id', direction: 'desc' },
] as const;

function threadRow({ id, about, audience, venueId, cardId, subject, startedAt }: Thread): ThreadTable {
  return {
    id,
    subject_kind: about.kind,
    subject_id: about.id,
    audience,
    venue_id: venueId,
    card_id: cardId,
    subject_fi: subject.fi,
    subject_sv: subject.sv,
    subject_en: subject.en,
    started_at: startedAt,
  };
}

function readThread(row: ThreadTable): Thread {
  return {
    id: row.id,
    about: { kind: row.subject_kind, id: row.subject_id },
    audience: row.audience,
    venueId: row.venue_id,
    cardId: row.card_id,
    subject: { fi: row.subject_fi, sv: row.subject_sv, en: row.subject_en },
    startedAt: row.started_at,
  };
}

function messageRow({ id, threadId, at, sender, cause, body }: CausedMessage): MessageTable {
  return { id, thread_id: threadId, at, sender, cause, body_fi: body.fi, body_sv: body.sv, body_en: body.en };
}

function readMessage(row: MessageTable): Message {
  return {
    id: row.id,
    threadId: row.thread_id,
    at: row.at,
    sender: row.sender,
    body: { fi: row.body_fi, sv: row.body_sv, en: row.body_en },
  };
}
