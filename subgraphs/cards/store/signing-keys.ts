import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';
import type { SigningKeyTable } from './tables.ts';

export interface SigningKey {
  readonly kid: string;
  /** PKCS #8, DER, base64, sealed. */
  readonly privateKey: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
  readonly createdAt: IsoInstant;
  readonly signsFrom: IsoInstant;
}

/** The key that signs at this moment: the newest that already does; while the clock is behind them all, the oldest. */
export async function findSigningKey(db: CardsReader, at: IsoInstant): Promise<SigningKey | null> {
  const keys = db.selectFrom('signing_key').selectAll();
  const row =
    (await keys
      .where('signs_from', '<=', at)
      .orderBy('signs_from', 'desc')
      .orderBy('kid')
      .limit(1)
      .executeTakeFirst()) ?? (await keys.orderBy('signs_from').orderBy('kid').limit(1).executeTakeFirst());
  return row ? toKey(row) : null;
}

export async function listSigningKeys(db: CardsReader): Promise<SigningKey[]> {
  return (await db.selectFrom('signing_key').selectAll().orderBy('kid').execute()).map(toKey);
}

function toKey(row: SigningKeyTable): SigningKey {
  const { kid, private_key, public_key, created_at, signs_from } = row;
  return {
    kid,
    privateKey: private_key,
    publicKey: public_key,
    createdAt: created_at,
    signsFrom: signs_from,
  };
}

/** Puts another form of the same private half in place of this one; nothing happens when another process did it first. */
export async function setPrivateKey(
  trx: CardsTransaction,
  kid: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await trx
    .updateTable('signing_key')
    .set({ private_key: to })
    .where('kid', '=', kid)
    .where('private_key', '=', from)
    .execute();
}

export async function insertSigningKey(trx: CardsTransaction, key: SigningKey): Promise<void> {
  await trx
    .insertInto('signing_key')
    .values({
      kid: key.kid,
      private_key: key.privateKey,
      public_key: key.publicKey,
      created_at: key.createdAt,
      signs_from: key.signsFrom,
    })
    .execute();
}
