import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Card } from '../domain/card.ts';
import { parseCode, type CardCode } from '../domain/code.ts';
import {
  checkSlot,
  looksLikeMobileToken,
  readMobileToken,
  signedBytes,
  type MobileToken,
  type TokenUse,
} from '../domain/mobile-token.ts';
import type { Phone } from '../domain/phone.ts';
import type { PresentationRefusalCode } from '../domain/present.ts';
import { findCard, findCardByCode } from '../store/cards.ts';
import type { CardsReader } from '../store/database.ts';
import { findPhoneByKey } from '../store/phones.ts';
import { isSigned, strangersKey } from './phone-signature.ts';

/** What a guest shows, read but not looked up: the printed code, or the token of a phone. */
export type Shown = CardCode | MobileToken;

/** The card behind it; null for nobody's. `token` is there when it was a phone's, signed and of this half minute. */
export interface ShownCard {
  readonly card: Card | null;
  readonly token: MobileToken | null;
  /** True: a phone signed it that is known or was. Whatever card comes out, nobody guesses there. */
  readonly isSigned: boolean;
}

/** Refuses what cannot be a code or token. It asks nothing of the register, so it tells nothing of any card. */
export function readShown(typed: string): Shown | Refusal<PresentationRefusalCode> {
  return looksLikeMobileToken(typed) ? readMobileToken(typed) : parseCode(typed);
}

/**
 * Looks up a code or a token. An unknown code, a replaced one, an unknown key, a revoked phone and a wrong signature come
 * out alike, after the same queries and the same arithmetic. Refuses PHONE_TOKEN_EXPIRED: only to the phone's own token.
 */
export async function findShown(
  db: CardsReader,
  shown: Shown,
  now: Date,
): Promise<ShownCard | Refusal<'PHONE_TOKEN_EXPIRED'>> {
  if (typeof shown === 'string') {
    return { card: await findCardByCode(db, shown), token: null, isSigned: false };
  }
  const signer = await findSigner(db, shown, 'show');
  const phone = signer && isLive(signer) ? signer : null;
  const card = await findCard(db, phone?.cardId ?? '');
  const expired = phone && checkSlot(shown.slot, now);
  return expired ?? { card, token: shown, isSigned: signer !== null };
}

/** The phone that signed a token for this use; null when none did, or it was revoked. */
export async function findPhoneOf(db: CardsReader, token: MobileToken, use: TokenUse): Promise<Phone | null> {
  const signer = await findSigner(db, token, use);
  return signer && isLive(signer) ? signer : null;
}

/** findPhoneOf, also of a phone that was revoked. */
async function findSigner(db: CardsReader, token: MobileToken, use: TokenUse): Promise<Phone | null> {
  const phone = await findPhoneByKey(db, token.keyId);
  const signed = isSigned(phone ?? strangersKey(), signedBytes(token.head, use), token.signature);
  return signed ? phone : null;
}

const isLive = ({ revokedAt }: Phone): boolean => revokedAt === null;

export function isShown(value: Shown | Refusal<PresentationRefusalCode>): value is Shown {
  return !isRefusal(value);
}
