import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, Millis } from '../../platform/units.ts';
import type { Card } from './card.ts';
import type { PhoneAlgorithm } from './mobile-token.ts';

/** A phone that shows a card: its own key, and nothing of the phone or its owner. */
export interface Phone {
  readonly id: string;
  readonly cardId: string;
  /** Sixteen hexadecimal digits, in every token. */
  readonly keyId: string;
  readonly algorithm: PhoneAlgorithm;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
  readonly enrolledAt: IsoInstant;
  readonly revokedAt: IsoInstant | null;
}

/** Phones that show one card at a time. */
export const maxPhones = 5;
/** How long the code that adds a phone works; it works once. */
export const enrolmentLifeMs: Millis = 15 * 60_000;
/** Enrolment codes of one card in 24 hours. */
export const maxEnrolmentCodesPerDay = 20;
/** 50 bits, for a quarter of an hour. Shorter than a card's code, so that nobody takes one for the other. */
export const enrolmentCodeLength = 10;
/** That a phone was revoked is told for so long; who has not asked since then asks for the whole list. */
export const revocationKeptDays = 30;

export const phoneRefusalCodes = [
  'CODE_NOT_VALID',
  'PROOF_NOT_VALID',
  'CARD_NOT_IN_USE',
  'TOO_MANY_PHONES',
  'TOO_MANY_CODES',
  'PHONE_UNKNOWN',
] as const;
export type PhoneRefusalCode = (typeof phoneRefusalCodes)[number];

/** What becomes of the phones that show a card, when its account is closed or its plastic replaced. */
export const phoneChoices = ['KEEP', 'REVOKE'] as const;
export type PhoneChoice = (typeof phoneChoices)[number];

/** What a phone signs to show that it has the private half of the key: this, ASCII, and the code as `K7M42Q9X3B`. */
export const enrolmentWords = 'culture-card/enrol/';

/** Whether a phone may be added to a card. Refuses CARD_NOT_IN_USE and TOO_MANY_PHONES with the most; null: yes. */
export function checkEnrolment(
  card: Pick<Card, 'status'> | null,
  phones: number,
): Refusal<'CARD_NOT_IN_USE' | 'TOO_MANY_PHONES'> | null {
  if (card?.status !== 'ACTIVE') return refuse('CARD_NOT_IN_USE');
  return phones >= maxPhones ? refuse('TOO_MANY_PHONES', { most: maxPhones }) : null;
}
