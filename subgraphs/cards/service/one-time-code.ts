import { randomBytes, timingSafeEqual } from 'node:crypto';
import { localDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import {
  checkServable,
  codeExpiry,
  codeLives,
  maxCodesPerDay,
  maxMisses,
  traceMs,
  type AccountRefusalCode,
} from '../domain/account.ts';
import { parseCode } from '../domain/code.ts';
import { groupCode, holderCodeLength, readCode, spellCode } from '../domain/one-time-code.ts';
import { policy } from '../domain/policy.ts';
import { findCardByCode, lockCard } from '../store/cards.ts';
import { countCodes, countGuess, insertCode, markUsed, voidCodes } from '../store/one-time-codes.ts';
import { logRead } from '../store/read-log.ts';
import type { CardsContext } from './context.ts';
import { decide } from './decide.ts';
import { readTypedOneTimeCode } from './holder-input.ts';
import { readId, readTypedCode, readWord } from './input.ts';
import { readingBy } from './note-reading.ts';
import { viewOfCard, type CardView } from './read-card.ts';
import type { CardsServices } from './services.ts';

export interface HolderCode {
  readonly cardId: string;
  /** `K7M4-2Q9X`: shown once, never again. */
  readonly oneTimeCode: string;
  readonly expiresAt: IsoInstant;
}

/**
 * The issuing unit makes a code for a holder without e-mail, who gives it together with the code of the card. An older one
 * stops working. Throws BAD_INPUT and NOT_FOUND.
 */
export async function createHolderCode(
  { services, viewer, requestId }: CardsContext,
  input: { readonly cardId: string; readonly lasts: string },
): Promise<HolderCode | Refusal<AccountRefusalCode>> {
  const { database, clock, sealer } = services;
  const cardId = readId('cardId', input.cardId);
  const life = readWord('lasts', input.lasts, codeLives);
  const now = clock.now();
  const at = now.toISOString();
  return decide(database, async (trx) => {
    const card = await lockCard(trx, cardId);
    if (!card || !policy.serveHolder(viewer, card)) throw notFound('card', cardId);
    const no = checkServable(card);
    if (no) return no;
    const dayAgo = new Date(now.getTime() - traceMs).toISOString();
    if ((await countCodes(trx, cardId, 'HOLDER_CODE', dayAgo)) >= maxCodesPerDay) {
      return refuse('TOO_MANY_CODES', { most: maxCodesPerDay, hours: traceMs / 3_600_000 });
    }
    await voidCodes(trx, cardId, 'HOLDER_CODE', at);
    const code = spellCode(randomBytes(holderCodeLength));
    const expiresAt = codeExpiry(life, now);
    await insertCode(trx, {
      id: newId(),
      kind: 'HOLDER_CODE',
      cardId,
      accountId: null,
      digest: sealer.digest('one-time-code', `${cardId}:${code}`),
      createdAt: at,
      expiresAt,
    });
    await logRead(trx, readingBy(viewer, { cardId, purpose: 'SERVED_HOLDER', fields: [], requestId, at }));
    return { cardId, oneTimeCode: groupCode(code), expiresAt };
  });
}

/** Who opened the card with a one-time code: from here on a HOLDER of this card, for as long as the gateway says. */
export interface OpenedCard {
  readonly card: CardView;
}

/**
 * A holder opens the own card with its code and the one-time code. Whatever is wrong with either of them is answered alike,
 * and a guess counts before it is compared. Throws BAD_INPUT for what is empty or huge.
 */
export async function openHolderCode(
  { database, clock, sealer }: CardsServices,
  input: { readonly cardCode: string; readonly code: string },
): Promise<OpenedCard | Refusal<AccountRefusalCode>> {
  const cardCode = parseCode(readTypedCode(input.cardCode));
  const code = readCode(readTypedOneTimeCode(input.code), holderCodeLength) ?? '';
  const now = clock.now();
  const at = now.toISOString();
  // Not rolled back: a wrong guess must stay counted.
  return database.write(async (trx) => {
    const card = isRefusal(cardCode) ? null : await findCardByCode(trx, cardCode);
    const cardId = card?.id ?? '';
    const guess = await countGuess(trx, cardId, maxMisses, at);
    const isRight = sealer
      .digests('one-time-code', `${cardId}:${code}`)
      .map((digest) => guess !== null && equal(digest, guess.digest))
      .includes(true);
    const view = card && viewOfCard({ role: 'HOLDER', cardId: card.id }, card, localDate(now));
    if (!isRight || !guess || !view) return refuse('CODE_NOT_VALID');
    await markUsed(trx, guess.id, at);
    return { card: view };
  });
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
