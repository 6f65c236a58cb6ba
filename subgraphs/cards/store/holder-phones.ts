import type { IsoInstant } from '../../platform/units.ts';
import type { CardsTransaction } from './database.ts';

/** No phone shows this card any more, and no code adds one. Venues' devices hear of it as of every revoked phone. */
export async function revokePhonesOf(trx: CardsTransaction, cardId: string, at: IsoInstant): Promise<void> {
  await trx
    .updateTable('phone')
    .set({ revoked_at: at, changed_at: at })
    .where('card_id', '=', cardId)
    .where('revoked_at', 'is', null)
    .execute();
  await trx.deleteFrom('phone_code').where('card_id', '=', cardId).execute();
}

/** Only the phones that were added last go on showing this card. */
export async function keepNewestPhones(
  trx: CardsTransaction,
  cardId: string,
  most: number,
  at: IsoInstant,
): Promise<void> {
  const phones = await trx
    .selectFrom('phone')
    .select('id')
    .where('card_id', '=', cardId)
    .where('revoked_at', 'is', null)
    .orderBy('enrolled_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const old = phones.slice(most).map(({ id }) => id);
  await trx.updateTable('phone').set({ revoked_at: at, changed_at: at }).where('id', 'in', old).execute();
}

/**
 * Erases a card's phones with their holder: keys, codes and where they were shown. What is left says no more than that a
 * key is dead, for the devices that still have to hear so.
 */
export async function erasePhones(trx: CardsTransaction, cardId: string, at: IsoInstant): Promise<void> {
  await revokePhonesOf(trx, cardId, at);
  const keys = trx.selectFrom('phone').select('key_id').where('card_id', '=', cardId);
  await trx.deleteFrom('phone_shown').where('key_id', 'in', keys).execute();
  await trx
    .updateTable('phone')
    .set({ card_id: null, public_key: '', changed_at: at })
    .where('card_id', '=', cardId)
    .execute();
}
