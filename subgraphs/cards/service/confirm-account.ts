import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { traceMs, type AccountRefusalCode } from '../domain/account.ts';
import { linkCodeLength, readCode } from '../domain/one-time-code.ts';
import {
  eraseAccounts,
  findAccounts,
  findContact,
  setConfirmed,
  type HolderAccount,
} from '../store/accounts.ts';
import { lockCard } from '../store/cards.ts';
import type { CardsTransaction } from '../store/database.ts';
import { findCardOfCode, useCode } from '../store/one-time-codes.ts';
import { decide } from './decide.ts';
import { readTypedOneTimeCode } from './holder-input.ts';
import { queueMail } from './mail.ts';
import type { CardsServices } from './services.ts';

export interface ConfirmedAccount {
  readonly confirmedAt: IsoInstant;
}

/**
 * The holder followed the link: whoever has the code, from whichever browser. The account that the card had before is
 * erased, and its address is told. An unknown, used, old or mistyped code is answered alike.
 */
export async function confirmAccount(
  services: CardsServices,
  typed: string,
): Promise<ConfirmedAccount | Refusal<AccountRefusalCode>> {
  const { database, clock, sealer } = services;
  const code = readCode(readTypedOneTimeCode(typed), linkCodeLength);
  if (code === null) return refuse('CODE_NOT_VALID');
  const digests = sealer.digests('one-time-code', code);
  const now = clock.now();
  const at = now.toISOString();
  return decide(database, async (trx) => {
    const cardId = await findCardOfCode(trx, 'CONFIRM_ACCOUNT', digests);
    // The card before the code, like everything else that changes an account: a new invitation, a merge or an erasure at
    // the same moment comes before this or after it, and neither waits for the other in a circle.
    if (cardId === null || !(await lockCard(trx, cardId))) return refuse('CODE_NOT_VALID');
    const used = await useCode(trx, 'CONFIRM_ACCOUNT', digests, at);
    const accounts = await findAccounts(trx, cardId);
    const mine = accounts.find(({ id }) => id === used?.accountId);
    if (!mine) return refuse('CODE_NOT_VALID');
    for (const former of accounts.filter((account) => account !== mine)) {
      await replaceAccount(trx, services, { former, mine }, now);
    }
    await setConfirmed(trx, mine.id, at);
    return { confirmedAt: at };
  });
}

/** Erases the account of before; an address that had been confirmed is told. */
async function replaceAccount(
  trx: CardsTransaction,
  services: CardsServices,
  { former, mine }: { readonly former: HolderAccount; readonly mine: HolderAccount },
  now: Date,
): Promise<void> {
  const sealed = former.confirmedAt === null ? null : await findContact(trx, former.id);
  const to = sealed === null ? null : services.sealer.open('holder-email', former.id, sealed);
  await eraseAccounts(trx, [former.id]);
  if (to === null) return;
  const expiresAt = new Date(now.getTime() + traceMs).toISOString();
  const letter = { to, language: null, code: null };
  // Best effort: a full queue must not keep the holder out.
  await queueMail(trx, services, { accountId: mine.id, kind: 'ACCOUNT_REPLACED', letter, expiresAt });
}
