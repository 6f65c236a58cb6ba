import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Millis } from '../../platform/units.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';

/**
 * What a phone shows instead of the printed code, version 1. Text: `K:` and the base45 (RFC 9285) of 77 bytes, 118
 * characters in all; as a QR code at level M version 5.
 *
 * | bytes | what                                                                                         |
 * | ----- | -------------------------------------------------------------------------------------------- |
 * | 1     | version: 1                                                                                   |
 * | 8     | key id: random at enrolment; neither the printed code nor the card's id                      |
 * | 4     | slot, big-endian: how many times 30 seconds since 1970                                       |
 * | 64    | signature by the phone's key over `culture-card/show/` (ASCII) and the 13 bytes before it    |
 *
 * The algorithm is that of the enrolled key: Ed25519 (RFC 8032), or ECDSA P-256 with SHA-256 as r and s (IEEE P1363).
 * A phone that asks to be removed signs the same bytes after `culture-card/remove/`, so that neither token is the other.
 */
export interface MobileToken {
  /** Sixteen hexadecimal digits. */
  readonly keyId: string;
  readonly slot: number;
  /** What was signed, without the words before it. */
  readonly head: Uint8Array;
  readonly signature: Uint8Array;
}

export const phoneAlgorithms = ['ED25519', 'ES256'] as const;
export type PhoneAlgorithm = (typeof phoneAlgorithms)[number];

export type TokenUse = 'show' | 'remove';

export const mobileTokenPrefix = 'K:';
export const mobileTokenVersion = 1;
/** How long one token is shown. */
export const slotMs: Millis = 30_000;
/** Slots before and after the present one that are accepted: phone and server may differ by half a minute. */
export const slotTolerance = 1;
export const keyIdBytes = 8;
const headBytes = 1 + keyIdBytes + 4;
const signatureBytes = 64;
const slotOffset = 1 + keyIdBytes;

/** Whether this is meant as a token: no printed code has a colon. */
export function looksLikeMobileToken(typed: string): boolean {
  return /^\s*k:/i.test(typed);
}

/** The 13 bytes that a phone signs. `keyId` is sixteen hexadecimal digits. */
export function tokenHead(keyId: string, slot: number): Uint8Array {
  if (!/^[\da-f]{16}$/.test(keyId)) throw new RangeError('A key id is sixteen hexadecimal digits.');
  const head = new Uint8Array(headBytes);
  head[0] = mobileTokenVersion;
  for (let at = 0; at < keyIdBytes; at++) head[1 + at] = Number.parseInt(keyId.slice(2 * at, 2 * at + 2), 16);
  new DataView(head.buffer).setUint32(slotOffset, slot);
  return head;
}

/** The bytes under the signature. */
export function signedBytes(head: Uint8Array, use: TokenUse = 'show'): Uint8Array {
  return Uint8Array.from([...new TextEncoder().encode(`culture-card/${use}/`), ...head]);
}

export function encodeMobileToken(head: Uint8Array, signature: Uint8Array): string {
  return mobileTokenPrefix + encodeBase45(Uint8Array.from([...head, ...signature]));
}

/**
 * Reads a token; whether it is signed and not too old is asked afterwards. Refuses PHONE_TOKEN_UNREADABLE, and
 * PHONE_TOKEN_VERSION with the `version` of a page that is newer, or older, than this program.
 */
export function readMobileToken(
  typed: string,
): MobileToken | Refusal<'PHONE_TOKEN_UNREADABLE' | 'PHONE_TOKEN_VERSION'> {
  // No token begins or ends with a blank, and a scanner may add one.
  const text = typed.trim();
  if (!text.startsWith(mobileTokenPrefix)) return refuse('PHONE_TOKEN_UNREADABLE');
  const bytes = decodeBase45(text.slice(mobileTokenPrefix.length));
  const version = bytes?.[0];
  if (!bytes || version === undefined) return refuse('PHONE_TOKEN_UNREADABLE');
  if (version !== mobileTokenVersion) {
    return refuse('PHONE_TOKEN_VERSION', { version, expected: mobileTokenVersion });
  }
  if (bytes.length !== headBytes + signatureBytes) return refuse('PHONE_TOKEN_UNREADABLE');
  const head = bytes.slice(0, headBytes);
  return {
    keyId: Array.from(head.slice(1, slotOffset), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    slot: new DataView(head.buffer).getUint32(slotOffset),
    head,
    signature: bytes.slice(headBytes),
  };
}

export function slotOf(now: Date): number {
  return Math.floor(now.getTime() / slotMs);
}

/** Refuses PHONE_TOKEN_EXPIRED with how far the phone's clock, or its picture, is off (`seconds`, below zero: too old). */
export function checkSlot(slot: number, now: Date): Refusal<'PHONE_TOKEN_EXPIRED'> | null {
  const off = slot - slotOf(now);
  return Math.abs(off) <= slotTolerance
    ? null
    : refuse('PHONE_TOKEN_EXPIRED', { seconds: (off * slotMs) / 1000 });
}
