import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

export interface HolderAccount {
  readonly id: string;
  readonly cardId: string;
  readonly createdAt: IsoInstant;
  /** Null until the holder followed the link. */
  readonly confirmedAt: IsoInstant | null;
}

export interface SealedContact {
  readonly accountId: string;
  readonly email: string;
  readonly emailDigest: string;
}

/** A card's accounts: at most one that is confirmed and one that waits. */
export async function findAccounts(db: CardsReader, cardId: string): Promise<HolderAccount[]> {
  return (await findAccountsOf(db, [cardId])).get(cardId) ?? [];
}

/** The accounts of these cards, the older one first, under the card's id. */
export async function findAccountsOf(
  db: CardsReader,
  cardIds: readonly string[],
): Promise<Map<string, HolderAccount[]>> {
  const rows = await db
    .selectFrom('holder_account')
    .selectAll()
    .where('card_id', 'in', cardIds)
    .orderBy('created_at')
    .execute();
  const accounts = new Map<string, HolderAccount[]>(cardIds.map((id) => [id, []]));
  for (const { id, card_id, created_at, confirmed_at } of rows)
    accounts.get(card_id)?.push({ id, cardId: card_id, createdAt: created_at, confirmedAt: confirmed_at });
  return accounts;
}

export async function insertAccount(
  trx: CardsTransaction,
  account: HolderAccount,
  contact: SealedContact,
): Promise<void> {
  await trx
    .insertInto('holder_account')
    .values({
      id: account.id,
      card_id: account.cardId,
      created_at: account.createdAt,
      confirmed_at: account.confirmedAt,
    })
    .execute();
  await trx
    .insertInto('holder_contact')
    .values({ account_id: contact.accountId, email: contact.email, email_digest: contact.emailDigest })
    .execute();
}

export async function setConfirmed(trx: CardsTransaction, accountId: string, at: IsoInstant): Promise<void> {
  await trx.updateTable('holder_account').set({ confirmed_at: at }).where('id', '=', accountId).execute();
}

/** Holds an account until the transaction ends, so that its erasure comes before or after. False: it is gone. */
export async function lockAccount(trx: CardsTransaction, accountId: string): Promise<boolean> {
  const row = await trx
    .updateTable('holder_account')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', accountId)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The sealed address of an account; null when there is none. */
export async function findContact(db: CardsReader, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('holder_contact')
    .select('email')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.email ?? null;
}

/** The confirmed accounts under an address, which several people of one household may share: for a log-in by e-mail. */
export async function findConfirmedByEmail(
  db: CardsReader,
  digests: readonly string[],
): Promise<{ accountId: string; cardId: string }[]> {
  const rows = await db
    .selectFrom('holder_contact')
    .innerJoin('holder_account', 'holder_account.id', 'holder_contact.account_id')
    .select(['holder_account.id', 'holder_account.card_id'])
    .where('email_digest', 'in', digests)
    .where('confirmed_at', 'is not', null)
    .orderBy('holder_account.id')
    .execute();
  return rows.map((row) => ({ accountId: row.id, cardId: row.card_id }));
}

/** Removes accounts with their address, their codes and their waiting mail: nothing of them stays. */
export async function eraseAccounts(trx: CardsTransaction, ids: readonly string[]): Promise<void> {
  await trx.deleteFrom('outgoing_mail').where('account_id', 'in', ids).execute();
  await trx.deleteFrom('one_time_code').where('account_id', 'in', ids).where('used_at', 'is', null).execute();
  await trx.deleteFrom('holder_contact').where('account_id', 'in', ids).execute();
  await trx.deleteFrom('holder_account').where('id', 'in', ids).execute();
}

/**
 * Two registrations were one holder: where the survivor has no confirmed account it takes over the other's. Every other
 * account of the one that goes is closed, an invitation too, since its link was made for that card.
 */
export async function moveAccounts(trx: CardsTransaction, from: string, into: string): Promise<void> {
  const isConfirmed = ({ confirmedAt }: HolderAccount): boolean => confirmedAt !== null;
  const hasOwn = (await findAccounts(trx, into)).some(isConfirmed);
  const closing: string[] = [];
  for (const account of await findAccounts(trx, from)) {
    if (hasOwn || !isConfirmed(account)) closing.push(account.id);
    else
      await trx.updateTable('holder_account').set({ card_id: into }).where('id', '=', account.id).execute();
  }
  await eraseAccounts(trx, closing);
  await trx.deleteFrom('one_time_code').where('card_id', '=', from).where('used_at', 'is', null).execute();
}
