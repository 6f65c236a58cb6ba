import { newId } from '../../platform/ids.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Language } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { maxWaitingMails } from '../domain/account.ts';
import { lockAccount } from '../store/accounts.ts';
import type { CardsTransaction } from '../store/database.ts';
import {
  countWaiting,
  insertMail,
  removeExpiredMails,
  takeMails,
  type MailKind,
  type SealedMail,
} from '../store/outgoing-mail.ts';
import type { CardsServices } from './services.ts';

/** What a mail needs to be written. It is sent from here: an address never leaves the process that can open it. */
export interface Letter {
  readonly to: string;
  /** Null: nobody said which; then it is written in all three. */
  readonly language: Language | null;
  /** For CONFIRM_ACCOUNT: what the link carries. Null: there is nothing to confirm. */
  readonly code: string | null;
}

export interface OutgoingMail extends Letter {
  readonly id: string;
  readonly kind: MailKind;
}

/**
 * Puts a mail into the queue, sealed, in the transaction that it belongs to. Refuses MAIL_QUEUE_FULL when so many wait that
 * nobody can be sending them.
 */
export async function queueMail(
  trx: CardsTransaction,
  { sealer, clock }: CardsServices,
  mail: {
    readonly accountId: string;
    readonly kind: MailKind;
    readonly letter: Letter;
    readonly expiresAt: IsoInstant;
  },
): Promise<Refusal<'MAIL_QUEUE_FULL'> | null> {
  const now = clock.now().toISOString();
  if ((await countWaiting(trx)) >= maxWaitingMails) {
    // What is too old to be sent keeps nobody else's mail out until the night.
    await removeExpiredMails(trx, now);
    if ((await countWaiting(trx)) >= maxWaitingMails) return refuse('MAIL_QUEUE_FULL');
  }
  const id = newId();
  const { accountId, kind, letter, expiresAt } = mail;
  const sealed = sealer.seal('outgoing-mail', id, JSON.stringify(letter));
  await insertMail(trx, {
    id,
    accountId,
    kind,
    sealed,
    expiresAt,
    createdAt: now,
  });
  return null;
}

/**
 * For whoever sends: takes the oldest mails out of the queue, for good. A sender that fails afterwards has lost them, and
 * the issuing unit asks again: a link that comes twice would be worse than one that does not come.
 */
export async function takeOutgoingMail(
  services: CardsServices,
  limit = 50,
  except: readonly string[] = [],
): Promise<TakenMail[]> {
  const { database, sealer, clock } = services;
  const mails = await database.write((trx) => takeMails(trx, clock.now().toISOString(), limit, except));
  return mails.map((row) => {
    const letter = JSON.parse(sealer.open('outgoing-mail', row.id, row.sealed)) as Letter;
    return { id: row.id, kind: row.kind, ...letter, row };
  });
}

/** A mail out of the queue, with what puts it back. */
export interface TakenMail extends OutgoingMail {
  readonly row: SealedMail;
}

/** Puts a mail back that was surely not sent, in its old place. One whose account has gone meanwhile is gone too. */
export async function putBackMail({ database }: CardsServices, { row }: TakenMail): Promise<void> {
  await database.write(async (trx) => {
    if (await lockAccount(trx, row.accountId)) await insertMail(trx, row);
  });
}
