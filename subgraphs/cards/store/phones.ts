import type { IsoInstant } from '../../platform/units.ts';
import type { Phone } from '../domain/phone.ts';
import type { CardsReader, CardsTransaction } from './database.ts';
import type { PhoneTable } from './tables-phones.ts';

function toPhone(row: PhoneTable): Phone {
  return {
    id: row.id,
    cardId: row.card_id ?? '',
    keyId: row.key_id,
    algorithm: row.algorithm,
    publicKey: row.public_key,
    enrolledAt: row.enrolled_at,
    revokedAt: row.revoked_at,
  };
}

/** The phone with this key, a revoked one too. */
export async function findPhoneByKey(db: CardsReader, keyId: string): Promise<Phone | null> {
  const row = await db.selectFrom('phone').selectAll().where('key_id', '=', keyId).executeTakeFirst();
  return row ? toPhone(row) : null;
}

export async function findPhone(db: CardsReader, id: string): Promise<Phone | null> {
  const row = await db.selectFrom('phone').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toPhone(row) : null;
}

/** Phones that show a card now, the oldest first. */
export async function listPhones(db: CardsReader, cardId: string): Promise<Phone[]> {
  const rows = await db
    .selectFrom('phone')
    .selectAll()
    .where('card_id', '=', cardId)
    .where('revoked_at', 'is', null)
    .orderBy('enrolled_at')
    .orderBy('id')
    .execute();
  return rows.map(toPhone);
}

export async function insertPhone(trx: CardsTransaction, phone: Phone): Promise<void> {
  await trx
    .insertInto('phone')
    .values({
      id: phone.id,
      card_id: phone.cardId,
      key_id: phone.keyId,
      algorithm: phone.algorithm,
      public_key: phone.publicKey,
      enrolled_at: phone.enrolledAt,
      revoked_at: null,
      changed_at: phone.enrolledAt,
    })
    .execute();
}

/** False: it was revoked before. */
export async function setRevoked(trx: CardsTransaction, phoneId: string, at: IsoInstant): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('phone')
    .set({ revoked_at: at, changed_at: at })
    .where('id', '=', phoneId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** How many phones were revoked before a moment. */
export async function countRevoked(db: CardsReader, before: IsoInstant): Promise<number> {
  const { phones } = await db
    .selectFrom('phone')
    .select((eb) => eb.fn.countAll<number>().as('phones'))
    .where('revoked_at', '<', before)
    .executeTakeFirstOrThrow();
  return phones;
}

/** Removes phones that were revoked before a moment, with where they were shown. Returns how many phones. */
export async function removeRevoked(trx: CardsTransaction, before: IsoInstant): Promise<number> {
  const old = trx.selectFrom('phone').select('key_id').where('revoked_at', '<', before);
  await trx.deleteFrom('phone_shown').where('key_id', 'in', old).execute();
  const { numDeletedRows } = await trx
    .deleteFrom('phone')
    .where('revoked_at', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/**
 * Notes that a phone's slot was shown at a venue. Returns the venue where it was shown first, when that was another one;
 * null: it is new, or it was shown here. Four rows per phone: a slot's place is taken over by the fourth after it.
 */
export async function noteShown(
  trx: CardsTransaction,
  { keyId, slot, venueId }: { readonly keyId: string; readonly slot: number; readonly venueId: string },
): Promise<string | null> {
  const place = slot % 4;
  const mine = await trx
    .insertInto('phone_shown')
    .values({ key_id: keyId, place, slot, venue_id: venueId })
    .onConflict((conflict) =>
      conflict
        .columns(['key_id', 'place'])
        .doUpdateSet({ slot, venue_id: venueId })
        .where('phone_shown.slot', '<', slot),
    )
    .returning('venue_id')
    .executeTakeFirst();
  if (mine) return null;
  const first = await trx
    .selectFrom('phone_shown')
    .select(['venue_id', 'slot'])
    .where('key_id', '=', keyId)
    .where('place', '=', place)
    .executeTakeFirstOrThrow();
  // An older slot, of an offline door: a later one has its place, which says nothing of it.
  return first.venue_id === venueId || first.slot !== slot ? null : first.venue_id;
}

/** The phones of a merged registration show the one that took it over; codes that would add more go. */
export async function movePhones(
  trx: CardsTransaction,
  from: string,
  into: string,
  at: IsoInstant,
): Promise<void> {
  await trx.updateTable('phone').set({ card_id: into, changed_at: at }).where('card_id', '=', from).execute();
  await trx.deleteFrom('phone_code').where('card_id', '=', from).execute();
}
