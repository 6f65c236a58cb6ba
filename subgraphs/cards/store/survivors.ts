import { lockBooking } from './bookings.ts';
import type { CardsTransaction } from './database.ts';

/** Merging a merged one again is rare; a circle would be a fault of the register. */
const longestChain = 20;

/**
 * The registration that a card's id stands for: itself, unless it was merged into another. Locked until the end of the
 * transaction, and everything merged on the way to it: a use and a merge of one card never pass each other unseen.
 */
export async function lockSurvivor(trx: CardsTransaction, cardId: string): Promise<string> {
  let id = cardId;
  for (let steps = 0; steps < longestChain; steps += 1) {
    await lockBooking(trx, id);
    const card = await trx.selectFrom('card').select('merged_into').where('id', '=', id).executeTakeFirst();
    if (!card?.merged_into) return id;
    id = card.merged_into;
  }
  throw new Error(`The registrations merged from ${cardId} on lead in a circle.`);
}
