import type { PublishedEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { tellCancellation } from '../domain/cancellation.ts';
import type { MessagingTransaction } from '../store/database.ts';
import { insertThread } from '../store/threads.ts';
import { readCancellation } from './cancellation-event.ts';

export const venuesTopics = ['redemption.cancelled'] as const;

/**
 * Begins the thread about a cancelled redemption: exactly one, with one message. An event that comes again, also after
 * the cursor was lost, finds its thread and writes nothing.
 */
export async function followVenues(event: PublishedEvent, trx: MessagingTransaction): Promise<void> {
  const cancellation = readCancellation(event);
  const { redemptionId, venueId, cardId, at } = cancellation;
  const { subject, body } = tellCancellation(cancellation);
  const thread = { id: newId(), redemptionId, venueId, cardId, subject, startedAt: at };
  await insertThread(trx, thread, { id: newId(), threadId: thread.id, at, sender: 'SYSTEM', body });
}
