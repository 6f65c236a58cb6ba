import type { IsoInstant } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';
import type { OutgoingMailTable } from './tables-privacy.ts';

export type MailKind = OutgoingMailTable['kind'];

export interface SealedMail {
  readonly id: string;
  readonly accountId: string;
  readonly kind: MailKind;
  readonly sealed: string;
  readonly createdAt: IsoInstant;
  readonly expiresAt: IsoInstant;
}

export async function insertMail(trx: CardsTransaction, mail: SealedMail): Promise<void> {
  await trx
    .insertInto('outgoing_mail')
    .values({
      id: mail.id,
      account_id: mail.accountId,
      kind: mail.kind,
      sealed: mail.sealed,
      created_at: mail.createdAt,
      expires_at: mail.expiresAt,
    })
    .execute();
}

export async function countWaiting(db: CardsReader): Promise<number> {
  const { mails } = await db
    .selectFrom('outgoing_mail')
    .select((eb) => eb.fn.countAll<number>().as('mails'))
    .executeTakeFirstOrThrow();
  return mails;
}

/** Removes mail that is no longer worth sending. Returns how many. */
export async function removeExpiredMails(trx: CardsTransaction, at: IsoInstant): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('outgoing_mail')
    .where('expires_at', '<=', at)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Takes the oldest that are still worth sending out of the queue, except these. */
export async function takeMails(
  trx: CardsTransaction,
  at: IsoInstant,
  limit: number,
  except: readonly string[] = [],
): Promise<SealedMail[]> {
  const rows = await trx
    .selectFrom('outgoing_mail')
    .selectAll()
    .where('expires_at', '>', at)
    .where('id', 'not in', except)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  const taken: SealedMail[] = [];
  for (const row of rows) {
    const { numDeletedRows } = await trx
      .deleteFrom('outgoing_mail')
      .where('id', '=', row.id)
      .executeTakeFirstOrThrow();
    // Another sender was faster.
    if (numDeletedRows === 0n) continue;
    const { id, account_id, kind, sealed, created_at, expires_at } = row;
    taken.push({ id, accountId: account_id, kind, sealed, createdAt: created_at, expiresAt: expires_at });
  }
  return taken;
}
