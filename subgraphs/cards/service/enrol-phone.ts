import { randomBytes } from 'node:crypto';
import { badInput, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import { traceMs } from '../domain/account.ts';
import type { Card, CardKind } from '../domain/card.ts';
import { keyIdBytes, phoneAlgorithms, type PhoneAlgorithm } from '../domain/mobile-token.ts';
import { groupCode, readCode, spellCode } from '../domain/one-time-code.ts';
import {
  checkEnrolment,
  enrolmentCodeLength,
  enrolmentLifeMs,
  enrolmentWords,
  maxEnrolmentCodesPerDay,
  type Phone,
  type PhoneRefusalCode,
} from '../domain/phone.ts';
import { policy } from '../domain/policy.ts';
import { findCard, lockCard } from '../store/cards.ts';
import type { CardsReader } from '../store/database.ts';
import { countPhoneCodes, findPhoneOfCode, insertPhoneCode, usePhoneCode } from '../store/phone-codes.ts';
import { findPhone, insertPhone, listPhones } from '../store/phones.ts';
import { logRead } from '../store/read-log.ts';
import type { CardsContext } from './context.ts';
import { decide } from './decide.ts';
import { readTypedOneTimeCode } from './holder-input.ts';
import { readId, readWord } from './input.ts';
import { readingBy } from './note-reading.ts';
import { isSigned, readPublicKey } from './phone-signature.ts';
import type { CardsServices } from './services.ts';

export interface EnrolmentCode {
  readonly cardId: string;
  /** `K7M4-2Q9X-3B`: shown once, never again. */
  readonly enrolmentCode: string;
  readonly expiresAt: IsoInstant;
}

/**
 * The holder, or the unit that gave the card, makes a code with which one phone may show the card. It works once, for 15
 * minutes. Throws BAD_INPUT and NOT_FOUND.
 */
export async function createEnrolmentCode(
  { services, viewer, requestId }: CardsContext,
  typed: string,
): Promise<EnrolmentCode | Refusal<PhoneRefusalCode>> {
  const { database, clock, sealer } = services;
  const cardId = readId('cardId', typed);
  const now = clock.now();
  const at = now.toISOString();
  const dayAgo = new Date(now.getTime() - traceMs).toISOString();
  return decide(database, async (trx) => {
    const card = await lockCard(trx, cardId);
    if (!card || !policy.managePhones(viewer, card)) throw notFound('card', cardId);
    const no = checkEnrolment(card, (await listPhones(trx, cardId)).length);
    if (no) return no;
    if ((await countPhoneCodes(trx, cardId, dayAgo)) >= maxEnrolmentCodesPerDay) {
      return refuse('TOO_MANY_CODES', { most: maxEnrolmentCodesPerDay });
    }
    const code = spellCode(randomBytes(enrolmentCodeLength));
    const expiresAt = new Date(now.getTime() + enrolmentLifeMs).toISOString();
    const digest = sealer.digest('one-time-code', `phone:${code}`);
    await insertPhoneCode(trx, { digest, cardId, createdAt: at, expiresAt }, dayAgo);
    if (viewer.role !== 'HOLDER') {
      await logRead(trx, readingBy(viewer, { cardId, purpose: 'SERVED_HOLDER', fields: [], requestId, at }));
    }
    return { cardId, enrolmentCode: groupCode(code), expiresAt };
  });
}

export interface EnrolPhoneInput {
  readonly code: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
  readonly algorithm: PhoneAlgorithm;
  /** base64: 64 bytes over `culture-card/enrol/` and the code as `K7M42Q9X3B`. */
  readonly proof: string;
}

/** What a phone needs to show the card, and what its own page may say of it. */
export interface EnrolledPhone {
  readonly phoneId: string;
  readonly keyId: string;
  readonly kind: CardKind;
  readonly validUntil: LocalDate;
  readonly serverTime: IsoInstant;
}

/**
 * A phone comes with the code and its public key, and shows that it has the private one. The same code with the same key
 * gives the same answer, for a phone that did not hear it. A used, old, unknown or mistyped code is answered alike.
 * Throws BAD_INPUT.
 */
export async function enrolPhone(
  services: CardsServices,
  input: EnrolPhoneInput,
): Promise<EnrolledPhone | Refusal<PhoneRefusalCode>> {
  const { database, clock, sealer } = services;
  const code = readCode(readTypedOneTimeCode(input.code), enrolmentCodeLength);
  const algorithm = readWord('algorithm', input.algorithm, phoneAlgorithms);
  const publicKey = readPublicKey(input.publicKey, algorithm);
  const proof = readProof(input.proof);
  if (code === null) return refuse('CODE_NOT_VALID');
  if (!isSigned({ publicKey, algorithm }, Buffer.from(enrolmentWords + code, 'ascii'), proof)) {
    return refuse('PROOF_NOT_VALID');
  }
  const at = clock.now().toISOString();
  const digests = sealer.digests('one-time-code', `phone:${code}`);
  const phone = { id: newId(), keyId: randomBytes(keyIdBytes).toString('hex'), algorithm, publicKey };
  const answer = await decide(database, async (trx) => {
    const cardId = await usePhoneCode(trx, digests, phone.id, at);
    if (cardId === null) return refuse('CODE_NOT_VALID');
    const card = await lockCard(trx, cardId);
    const no = checkEnrolment(card, (await listPhones(trx, cardId)).length);
    if (no || !card) return no ?? refuse('CARD_NOT_IN_USE');
    const enrolled: Phone = { ...phone, cardId, enrolledAt: at, revokedAt: null };
    await insertPhone(trx, enrolled);
    return enrolledPhone(enrolled, card, at);
  });
  if (!isRefusal(answer) || answer.code !== 'CODE_NOT_VALID') return answer;
  return (await enrolledBefore(database.reader, digests, publicKey, at)) ?? answer;
}

async function enrolledBefore(
  db: CardsReader,
  digests: readonly string[],
  publicKey: string,
  at: IsoInstant,
): Promise<EnrolledPhone | null> {
  const phoneId = await findPhoneOfCode(db, digests, at);
  const phone = phoneId === null ? null : await findPhone(db, phoneId);
  if (phone?.publicKey !== publicKey || phone.revokedAt !== null) return null;
  const card = await findCard(db, phone.cardId);
  return card && enrolledPhone(phone, card, at);
}

function enrolledPhone(phone: Phone, card: Card, at: IsoInstant): EnrolledPhone {
  const { kind, validUntil } = card;
  return { phoneId: phone.id, keyId: phone.keyId, kind, validUntil, serverTime: at };
}

function readProof(text: string): Buffer {
  if (/^[\w+/-]{86}(?:==)?$/.test(text)) return Buffer.from(text, 'base64');
  throw badInput('proof is the signature of 64 bytes, as base64.', { field: 'proof' });
}
