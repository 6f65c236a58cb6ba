import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** The opaque id of a card's holder; null for a community card and one that was unlinked. */
export async function findHolderId(db: CardsReader, cardId: string): Promise<string | null> {
  const row = await db.selectFrom('card').select('holder_id').where('id', '=', cardId).executeTakeFirst();
  return row?.holder_id ?? null;
}

/** Marks a registration as taken over and deletes its facts of the holder: the other one has them. */
export async function markMerged(
  trx: CardsTransaction,
  from: string,
  into: string,
  at: IsoInstant,
): Promise<void> {
  const holderId = await findHolderId(trx, from);
  await trx
    .updateTable('card')
    .set({
      status: 'MERGED',
      status_reason: null,
      status_changed_at: at,
      merged_into: into,
      holder_id: null,
    })
    .where('id', '=', from)
    .execute();
  if (holderId !== null) await trx.deleteFrom('holder').where('id', '=', holderId).execute();
}
