import type { VenuesReader, VenuesTransaction } from './database.ts';
import { mergeVisits } from './visits-merge.ts';

/**
 * The registration that a card's id stands for now, locked until the end of the transaction: uses of one card come one
 * after the other, and none passes a merge unseen.
 */
export async function lockCard(trx: VenuesTransaction, cardId: string): Promise<string> {
  const { merged_into } = await trx
    .insertInto('card_identity')
    .values({ card_id: cardId, merged_into: null })
    // An update of nothing: it gives the row as it is, and takes its lock.
    .onConflict((oc) => oc.column('card_id').doUpdateSet({ card_id: cardId }))
    .returning('merged_into')
    .executeTakeFirstOrThrow();
  return merged_into === null ? cardId : lockCard(trx, merged_into);
}

/**
 * The registrations that these cards stand for now, each locked: in the order of their ids, those that took others over
 * among them, so that two groups never wait for each other in a circle.
 */
export async function lockCards(
  trx: VenuesTransaction,
  cardIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const current = await Promise.all(cardIds.map((id) => currentCard(trx, id)));
  const locked = new Map<string, string>();
  for (const id of [...new Set([...cardIds, ...current])].sort()) locked.set(id, await lockCard(trx, id));
  return locked;
}

/**
 * From now on `from` stands for `into`: its uses are the other's, and whatever comes under its id later too. Telling it
 * twice changes nothing.
 */
export async function mergeCards(trx: VenuesTransaction, from: string, into: string): Promise<void> {
  const locked = await lockCards(trx, [from, into]);
  const [source, target] = [locked.get(from) ?? from, locked.get(into) ?? into];
  if (source === target) return;
  await trx
    .updateTable('card_identity')
    .set({ merged_into: target })
    .where((eb) => eb.or([eb('card_id', '=', source), eb('merged_into', '=', source)]))
    .execute();
  await trx.updateTable('redemption').set({ card_id: target }).where('card_id', '=', source).execute();
  await mergeVisits(trx, source, target);
}

/** The registration that a card's id stands for now, without a lock: for explaining, not for deciding. */
export async function currentCard(db: VenuesReader, cardId: string): Promise<string> {
  const row = await db
    .selectFrom('card_identity')
    .select('merged_into')
    .where('card_id', '=', cardId)
    .executeTakeFirst();
  return row?.merged_into ? currentCard(db, row.merged_into) : cardId;
}
