import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';
import type { OneTimeCodeTable } from './tables-privacy.ts';

export type CodeKind = OneTimeCodeTable['kind'];

export interface NewCode {
  readonly id: string;
  readonly kind: CodeKind;
  readonly cardId: string;
  readonly accountId: string | null;
  /** Keyed hash: the code itself is never stored. */
  readonly digest: string;
  readonly createdAt: IsoInstant;
  readonly expiresAt: IsoInstant;
}

export async function insertCode(trx: CardsTransaction, code: NewCode): Promise<void> {
  await trx
    .insertInto('one_time_code')
    .values({
      id: code.id,
      kind: code.kind,
      card_id: code.cardId,
      account_id: code.accountId,
      digest: code.digest,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      used_at: null,
      misses: 0,
    })
    .execute();
}

/** How many codes of a kind a card got since a moment, used and expired ones too. */
export async function countCodes(
  db: CardsReader,
  cardId: string,
  kind: CodeKind,
  since: IsoInstant,
): Promise<number> {
  const { codes } = await db
    .selectFrom('one_time_code')
    .select((eb) => eb.fn.countAll<number>().as('codes'))
    .where('card_id', '=', cardId)
    .where('kind', '=', kind)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return codes;
}

/** Codes of this kind that a card still had stop working: only the newest works. */
export async function voidCodes(
  trx: CardsTransaction,
  cardId: string,
  kind: CodeKind,
  at: IsoInstant,
): Promise<void> {
  await trx
    .updateTable('one_time_code')
    .set({ expires_at: at })
    .where('card_id', '=', cardId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .execute();
}

/** The card for which the code with this digest was made, whatever became of the code. */
export async function findCardOfCode(
  db: CardsReader,
  kind: CodeKind,
  digests: readonly string[],
): Promise<string | null> {
  const row = await db
    .selectFrom('one_time_code')
    .select('card_id')
    .where('kind', '=', kind)
    .where('digest', 'in', digests)
    .executeTakeFirst();
  return row?.card_id ?? null;
}

/** Uses up the code that has this digest. Null: there is none that works. Of two at once one gets it. */
export async function useCode(
  trx: CardsTransaction,
  kind: CodeKind,
  digests: readonly string[],
  at: IsoInstant,
): Promise<{ cardId: string; accountId: string | null } | null> {
  const used = await trx
    .updateTable('one_time_code')
    .set({ used_at: at })
    .where('kind', '=', kind)
    .where('digest', 'in', digests)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning(['card_id', 'account_id'])
    .executeTakeFirst();
  return used ? { cardId: used.card_id, accountId: used.account_id } : null;
}

/**
 * One more guess at the code that a card has now, counted before it is compared: so a hundred guesses at once are still
 * only `most`. Null: there is no code, or it had its guesses.
 */
export async function countGuess(
  trx: CardsTransaction,
  cardId: string,
  most: number,
  at: IsoInstant,
): Promise<{ id: string; digest: string } | null> {
  const row = await trx
    .updateTable('one_time_code')
    .set((eb) => ({ misses: eb('misses', '+', 1) }))
    .where('card_id', '=', cardId)
    .where('kind', '=', 'HOLDER_CODE')
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .where('misses', '<', most)
    .returning(['id', 'digest'])
    .executeTakeFirst();
  return row ?? null;
}

export async function markUsed(trx: CardsTransaction, id: string, at: IsoInstant): Promise<void> {
  await trx.updateTable('one_time_code').set({ used_at: at }).where('id', '=', id).execute();
}
