import type { PublishedEvent } from '../../platform/events/index.ts';
import { moveUses } from '../store/card-years.ts';
import type { CardsTransaction } from '../store/database.ts';
import { lockSurvivor } from '../store/survivors.ts';
import { bookCard } from './book-card.ts';
import { readPayload } from './payload.ts';

/** Every event that a card's state, last day or registration changed. */
export const cardTopics = ['card.issued', 'card.renewed', 'card.status-changed', 'card.merged'] as const;

/**
 * Cards follows its own log, so that the counters of valid and of unused cards are written after the issue and not in it:
 * no two issuers ever wait for one counter of the nation.
 */
export async function followCards(event: PublishedEvent, trx: CardsTransaction): Promise<void> {
  const cardId = readPayload(event.topic, event.payload).text('cardId');
  if (event.topic === 'card.merged') {
    // Uses that were heard of between the merge and this moment are there already; what is left of the loser moves now.
    const survivor = await lockSurvivor(trx, cardId);
    if (survivor !== cardId) {
      await moveUses(trx, cardId, survivor);
      await bookCard(trx, survivor);
    }
  }
  await bookCard(trx, cardId);
}
