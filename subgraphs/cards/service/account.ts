import { randomBytes, randomUUID } from 'node:crypto';
import { forbidden, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Language } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import {
  checkServable,
  confirmLifeMs,
  foldEmail,
  maxMailsPerDay,
  traceMs,
  type AccountRefusalCode,
} from '../domain/account.ts';
import { linkCodeLength, spellCode } from '../domain/one-time-code.ts';
import { phoneChoices } from '../domain/phone.ts';
import { policy } from '../domain/policy.ts';
import { eraseAccounts, findAccounts, insertAccount } from '../store/accounts.ts';
import { lockCard } from '../store/cards.ts';
import { countCodes, insertCode } from '../store/one-time-codes.ts';
import { revokePhonesOf } from '../store/holder-phones.ts';
import { logRead } from '../store/read-log.ts';
import type { CardsContext } from './context.ts';
import { decide } from './decide.ts';
import { readEmail } from './holder-input.ts';
import { readId, readWord } from './input.ts';
import { queueMail } from './mail.ts';
import { readingBy } from './note-reading.ts';

const languages = ['FI', 'SV', 'EN'] as const;

export interface ActivateAccountInput {
  readonly cardId: string;
  readonly email: string;
  /** Of the mail. */
  readonly language: Language;
}

/** The same for every address: nobody learns here whether it is known. */
export interface AccountInvitation {
  readonly cardId: string;
  /** Until when the link in the mail works. */
  readonly expiresAt: IsoInstant;
}

/**
 * The issuing unit types the client's own address; nobody there can read it back. A link that works once goes to it. Until
 * it is followed, an account that the card had before stays as it is. Throws BAD_INPUT and NOT_FOUND.
 */
export async function activateAccount(
  { services, viewer, requestId }: CardsContext,
  input: ActivateAccountInput,
): Promise<AccountInvitation | Refusal<AccountRefusalCode>> {
  const { database, clock, sealer, logger } = services;
  const cardId = readId('cardId', input.cardId);
  const email = readEmail(input.email);
  const language = readWord('language', input.language, languages);
  const now = clock.now();
  const at = now.toISOString();
  const expiresAt = new Date(now.getTime() + confirmLifeMs).toISOString();
  const answer = await decide(database, async (trx) => {
    const card = await lockCard(trx, cardId);
    if (!card || !policy.serveHolder(viewer, card)) throw notFound('card', cardId);
    const no = checkServable(card);
    if (no) return no;
    const dayAgo = new Date(now.getTime() - traceMs).toISOString();
    if ((await countCodes(trx, cardId, 'CONFIRM_ACCOUNT', dayAgo)) >= maxMailsPerDay) {
      return refuse('TOO_MANY_MAILS', { most: maxMailsPerDay, hours: traceMs / 3_600_000 });
    }
    const waiting = (await findAccounts(trx, cardId)).filter(({ confirmedAt }) => confirmedAt === null);
    // Their codes are only made void, since they are attempts that count.
    await voidWaiting(
      trx,
      waiting.map(({ id }) => id),
      at,
    );

    const accountId = randomUUID();
    const code = spellCode(randomBytes(linkCodeLength));
    await insertAccount(
      trx,
      { id: accountId, cardId, createdAt: at, confirmedAt: null },
      {
        accountId,
        email: sealer.seal('holder-email', accountId, email),
        emailDigest: sealer.digest('holder-email', foldEmail(email)),
      },
    );
    await insertCode(trx, {
      id: newId(),
      kind: 'CONFIRM_ACCOUNT',
      cardId,
      accountId,
      digest: sealer.digest('one-time-code', code),
      createdAt: at,
      expiresAt,
    });
    await logRead(trx, readingBy(viewer, { cardId, purpose: 'SERVED_HOLDER', fields: [], requestId, at }));
    const letter = { to: email, language, code };
    const full = await queueMail(trx, services, { accountId, kind: 'CONFIRM_ACCOUNT', letter, expiresAt });
    return full ?? { cardId, expiresAt };
  });
  if (!isRefusal(answer)) logger.info({ kind: 'CONFIRM_ACCOUNT' }, 'a mail waits in outgoing_mail');
  return answer;
}

async function voidWaiting(
  trx: Parameters<typeof eraseAccounts>[0],
  ids: readonly string[],
  at: IsoInstant,
): Promise<void> {
  await trx
    .updateTable('one_time_code')
    .set({ used_at: at })
    .where('account_id', 'in', ids)
    .where('used_at', 'is', null)
    .execute();
  await eraseAccounts(trx, ids);
}

export interface ClosedAccount {
  readonly closed: true;
  readonly cardId: string;
}

/**
 * The holder closes the account: address, codes and waiting mail are gone, the card stays as it was. Throws FORBIDDEN for
 * anybody but the holder.
 */
export async function closeAccount(
  { services, viewer }: CardsContext,
  choice: string,
): Promise<ClosedAccount | Refusal<AccountRefusalCode>> {
  const phones = readWord('phones', choice, phoneChoices);
  if (viewer.role !== 'HOLDER') throw forbidden();
  const { cardId } = viewer;
  const at = services.clock.now().toISOString();
  return decide(services.database, async (trx) => {
    await lockCard(trx, cardId);
    const accounts = await findAccounts(trx, cardId);
    if (accounts.length === 0) return refuse('NO_ACCOUNT');
    await eraseAccounts(
      trx,
      accounts.map(({ id }) => id),
    );
    if (phones === 'REVOKE') await revokePhonesOf(trx, cardId, at);
    return { closed: true, cardId };
  });
}
