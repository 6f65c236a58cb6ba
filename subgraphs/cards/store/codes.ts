import type { IsoInstant } from '../../platform/units.ts';
import type { CardCode } from '../domain/code.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** Whether a unit ever gave a card with this code; it need not be in use any more. */
export async function wasGivenBy(db: CardsReader, code: CardCode, issuerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('card_code')
    .innerJoin('card', 'card.id', 'card_code.card_id')
    .select('card_code.code')
    .where('card_code.code', '=', code)
    .where('card.issuer_id', '=', issuerId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes every code of a card out of use: from now on they are answered like unknown ones. */
export async function retireCodes(trx: CardsTransaction, cardId: string): Promise<void> {
  await trx
    .updateTable('card_code')
    .set({ active: 0 })
    .where('card_id', '=', cardId)
    .where('active', '=', 1)
    .execute();
}

/** Gives a card its code. False when the code was given before, to whichever card. */
export async function insertCode(
  trx: CardsTransaction,
  code: CardCode,
  cardId: string,
  at: IsoInstant,
): Promise<boolean> {
  const given = await trx
    .insertInto('card_code')
    .values({ code, card_id: cardId, active: 1, given_at: at })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('code')
    .executeTakeFirst();
  return given !== undefined;
}
