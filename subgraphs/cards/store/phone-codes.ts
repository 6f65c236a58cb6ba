import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

export interface PhoneCode {
  readonly digest: string;
  readonly cardId: string;
  readonly createdAt: IsoInstant;
  readonly expiresAt: IsoInstant;
}

/** Stores a code; codes of the card from before `forget` are removed, so that they never pile up. */
export async function insertPhoneCode(
  trx: CardsTransaction,
  code: PhoneCode,
  forget: IsoInstant,
): Promise<void> {
  await trx
    .deleteFrom('phone_code')
    .where('card_id', '=', code.cardId)
    .where('created_at', '<', forget)
    .execute();
  await trx
    .insertInto('phone_code')
    .values({
      digest: code.digest,
      card_id: code.cardId,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      used_at: null,
      phone_id: null,
    })
    .execute();
}

export async function countPhoneCodes(db: CardsReader, cardId: string, since: IsoInstant): Promise<number> {
  const { codes } = await db
    .selectFrom('phone_code')
    .select((eb) => eb.fn.countAll<number>().as('codes'))
    .where('card_id', '=', cardId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return codes;
}

/** Uses the code up for a phone. The card it belongs to; null: no such code works. Of two at once one gets it. */
export async function usePhoneCode(
  trx: CardsTransaction,
  digests: readonly string[],
  phoneId: string,
  at: IsoInstant,
): Promise<string | null> {
  const used = await trx
    .updateTable('phone_code')
    .set({ used_at: at, phone_id: phoneId })
    .where('digest', 'in', digests)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('card_id')
    .executeTakeFirst();
  return used?.card_id ?? null;
}

/** The phone that a code added, while the code would still work: for a phone that did not hear the answer. */
export async function findPhoneOfCode(
  db: CardsReader,
  digests: readonly string[],
  at: IsoInstant,
): Promise<string | null> {
  const row = await db
    .selectFrom('phone_code')
    .select('phone_id')
    .where('digest', 'in', digests)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row?.phone_id ?? null;
}
