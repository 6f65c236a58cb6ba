import { notFound } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { hasEnded, replaceReasons, type Card, type ReplaceReason } from '../domain/card.ts';
import type { CardCode } from '../domain/code.ts';
import { phoneChoices, type PhoneChoice } from '../domain/phone.ts';
import { policy } from '../domain/policy.ts';
import type { ReplaceRefusalCode } from '../domain/register-codes.ts';
import { findCard, findStatusReason } from '../store/cards.ts';
import { appendChange } from '../store/changes.ts';
import { retireCodes } from '../store/codes.ts';
import { revokePhonesOf } from '../store/holder-phones.ts';
import type { CardsTransaction } from '../store/database.ts';
import { findOwnCard, writeStatus } from './card-status.ts';
import { countingMisses, refusedWith } from './desk-attempts.ts';
import { readId, readTypedCode, readWord } from './input.ts';
import { once, requestKey } from './once.ts';
import { giveCode, type WantedCode } from './printed-code.ts';
import type { CardsServices } from './services.ts';

export interface ReplaceCardInput {
  readonly cardId: string;
  readonly reason: ReplaceReason;
  /** The code of a printed card of the unit; a new code without it. */
  readonly printedCode?: string | null | undefined;
  /** What becomes of the phones that show the card; they stay unless it is said. */
  readonly phones?: PhoneChoice | null | undefined;
  readonly requestId: string;
}

export interface ReplacedCard {
  readonly card: Card;
  readonly code: CardCode;
}

interface Answer {
  readonly cardId: string;
  readonly code: CardCode;
}

/**
 * New plastic for the same registration: id, holder, last day, history and limits stay, and the old code is answered like
 * an unknown one from now on. A card that was reported lost is in use again. Throws BAD_INPUT, NOT_FOUND,
 * REQUEST_ID_REUSED.
 */
export async function replaceCard(
  services: CardsServices,
  viewer: Viewer,
  input: ReplaceCardInput,
): Promise<ReplacedCard | Refusal<ReplaceRefusalCode>> {
  const { database, clock } = services;
  const cardId = readId('cardId', input.cardId);
  const reason = readWord('reason', input.reason, replaceReasons);
  const printedCode = input.printedCode ?? null;
  if (printedCode !== null) readTypedCode(printedCode, 'printedCode');
  const phones = readWord('phones', input.phones ?? 'KEEP', phoneChoices);
  const key = requestKey(viewer, input.requestId, 'replaceCard', { cardId, reason, printedCode, phones });
  // Before the key is looked up: it must not tell anything to whoever has no right to the card.
  const own = await findCard(database.reader, cardId);
  if (!own || !policy.changeCard(viewer, own)) throw notFound('card', cardId);
  const at = clock.now().toISOString();
  const replace = (): ReturnType<typeof replaceOwn> =>
    once(database, key, at, (trx) => replaceOwn(trx, viewer, { cardId, reason, printedCode, phones, at }));
  const answer =
    printedCode === null
      ? await replace()
      : await countingMisses(services, viewer, refusedWith('CODE_NOT_PRINTED'), replace);
  if (isRefusal(answer)) return answer;
  const card = await findCard(database.reader, cardId);
  if (!card) throw notFound('card', cardId);
  return { card, code: answer.code };
}

async function replaceOwn(
  trx: CardsTransaction,
  viewer: Viewer,
  wish: {
    readonly cardId: string;
    readonly reason: ReplaceReason;
    readonly printedCode: string | null;
    readonly phones: PhoneChoice;
    readonly at: string;
  },
): Promise<Answer | Refusal<ReplaceRefusalCode>> {
  const { cardId, reason, printedCode, phones, at } = wish;
  const card = await findOwnCard(trx, viewer, cardId);
  if (card.status === 'MERGED') return refuse('CARD_MERGED');
  if (hasEnded(card)) return refuse('CARD_NOT_IN_USE');
  const isLost = card.status === 'SUSPENDED' && (await findStatusReason(trx, cardId)) === 'LOST';
  if (card.status === 'SUSPENDED' && !isLost) return refuse('CARD_SUSPENDED');
  await retireCodes(trx, cardId);
  const wanted: WantedCode =
    printedCode === null ? { kind: 'NEW' } : { kind: 'PRINTED', typed: printedCode, issuerId: card.issuerId };
  const code = await giveCode(trx, wanted, cardId, at);
  if (isRefusal(code)) return code;
  if (phones === 'REVOKE') await revokePhonesOf(trx, cardId, at);
  await appendChange(trx, cardId, { kind: 'REPLACED', reason, fields: [], at });
  if (isLost) await writeStatus(trx, card, { status: 'ACTIVE', kind: 'RESUMED', reason: 'REPLACED' }, at);
  return { cardId, code };
}
