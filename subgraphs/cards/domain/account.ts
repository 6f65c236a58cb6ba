import { localDate, localDateTime, addDays } from '../../platform/clock.ts';
import type { IsoInstant, Millis } from '../../platform/units.ts';
import type { Card } from './card.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';

/** How long a link to confirm an account works. Source: shared/notes/security.md "Codes, keys, logins". */
export const confirmLifeMs: Millis = 15 * 60_000;
/** A waiting mail, a used code and an account that nobody confirmed are kept this long, so that attempts can be counted. */
export const traceMs: Millis = 24 * 3_600_000;
/** Mails for one card in 24 hours. */
export const maxMailsPerDay = 5;
/** One-time codes for one card in 24 hours. */
export const maxCodesPerDay = 10;
/** Wrong guesses after which a one-time code is dead. */
export const maxMisses = 5;
/** Mails that wait to be sent, of all cards together: more means that nobody sends them. */
export const maxWaitingMails = 10_000;

/** How long a one-time code works: 15 minutes, or for the rest of the day in Helsinki. */
export const codeLives = ['QUARTER_HOUR', 'TODAY'] as const;
export type CodeLife = (typeof codeLives)[number];

/** Why somebody is erased from the register. */
export const eraseReasons = ['HOLDER_ASKED', 'REGISTERED_BY_MISTAKE', 'HOLDER_DIED', 'OTHER'] as const;
export type EraseReason = (typeof eraseReasons)[number];

export const accountRefusalCodes = [
  'CARD_HAS_NO_HOLDER',
  'CARD_NOT_IN_USE',
  'TOO_MANY_MAILS',
  'TOO_MANY_CODES',
  'MAIL_QUEUE_FULL',
  'CODE_NOT_VALID',
  'NO_ACCOUNT',
] as const;
export type AccountRefusalCode = (typeof accountRefusalCodes)[number];

/** The moment from which a one-time code no longer works. */
export function codeExpiry(life: CodeLife, now: Date): IsoInstant {
  if (life === 'QUARTER_HOUR') return new Date(now.getTime() + confirmLifeMs).toISOString();
  return localDateTime(addDays(localDate(now), 1), '00:00');
}

/**
 * Whether somebody can be served for this card: an organisation's card has no holder, and a merged or erased one no longer
 * has. Refuses CARD_HAS_NO_HOLDER, CARD_NOT_IN_USE; null: yes.
 */
export function checkServable(
  card: Pick<Card, 'kind' | 'status' | 'holder'>,
): Refusal<'CARD_HAS_NO_HOLDER' | 'CARD_NOT_IN_USE'> | null {
  if (card.kind === 'COMMUNITY') return refuse('CARD_HAS_NO_HOLDER');
  return card.status === 'MERGED' || card.holder === null ? refuse('CARD_NOT_IN_USE') : null;
}

const maxAddress = 254;
const maxLocalPart = 64;

/**
 * An e-mail address as it is sent to: trimmed, its domain in lower case. Null for what is none. Stricter than RFC 5322, as
 * mail services are: no quotes, no comments, no white space, a domain with a dot.
 */
export function parseEmail(typed: string): string | null {
  const text = typed.trim().normalize('NFC');
  const [local = '', domain = '', ...more] = text.split('@');
  if (more.length > 0 || text.length > maxAddress || local.length > maxLocalPart) return null;
  const isLocal = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local);
  const isDomain =
    /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])$/u;
  return isLocal && isDomain.test(domain) ? `${local}@${domain.toLowerCase()}` : null;
}

/** The form under which an address is looked up: two spellings of one mailbox are one. */
export function foldEmail(email: string): string {
  return email.toLowerCase();
}
