import type { PublishedEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import type { MessagingTransaction } from '../store/database.ts';
import { tell } from '../store/threads.ts';
import { fieldsOf } from './event-fields.ts';
import { notices } from './notice-events.ts';

export const venuesTopics = Object.keys(notices);

/**
 * Tells what happened in the thread of its subject: one message per cause. An event that comes again, also after the cursor
 * was lost, finds its message and writes nothing.
 */
export async function followVenues(event: PublishedEvent, trx: MessagingTransaction): Promise<void> {
  const read = notices[event.topic];
  if (!read) throw new Error(`The event ${event.topic} ${event.id} is not one that messaging tells of.`);
  const { about, audience, venueId, cardId, subject, body, cause, at } = read(fieldsOf(event));
  const thread = { id: newId(), about, audience, venueId, cardId, subject, startedAt: at };
  await tell(trx, thread, { id: newId(), at, sender: 'SYSTEM', body, cause });
}
