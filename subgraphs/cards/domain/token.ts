import type { Millis } from '../../platform/units.ts';
import type { CardKind } from './card.ts';
import { ticketLineTypes, type AllowedLines, type PresentationGrant } from './present.ts';

/** How long a presentation can be redeemed: long enough for a queue at the door, short enough not to be kept. */
export const presentationLifeMs: Millis = 10 * 60_000;

/** What a presentation token says: opaque ids and allowed lines. No issuer, no birth year, no code. */
export interface TokenPayload {
  readonly v: 1;
  /** Id of the key that signed it. */
  readonly kid: string;
  /** Id of this one presentation. */
  readonly jti: string;
  readonly card: string;
  readonly kind: CardKind;
  /** The only venue at which it can be redeemed. */
  readonly venue: string;
  readonly lines: AllowedLines;
  /** End of its life, in whole seconds since 1970. */
  readonly exp: number;
  /**
   * Only of a presentation that an issuing unit made for a holder: a hash of `jti` and the unit. It marks the presentation
   * and binds it to whoever made it, without telling the venue who that is.
   */
  readonly behalf?: string;
}

export function tokenPayload(
  grant: PresentationGrant,
  at: {
    readonly kid: string;
    readonly jti: string;
    readonly venueId: string;
    readonly now: Date;
    readonly behalf?: string;
  },
): TokenPayload {
  return {
    v: 1,
    kid: at.kid,
    jti: at.jti,
    card: grant.cardId,
    kind: grant.kind,
    venue: at.venueId,
    lines: grant.lines,
    exp: Math.floor((at.now.getTime() + presentationLifeMs) / 1000),
    ...(at.behalf !== undefined && { behalf: at.behalf }),
  };
}

const idPattern = /^[\w-]{1,64}$/;
const maxOfOneLine = 99;
const fields = ['v', 'kid', 'jti', 'card', 'kind', 'venue', 'lines', 'exp'];

/** The first part of a token, ready to be signed: base64url of the JSON, which is ASCII because every field is. */
export function encodePayload(payload: TokenPayload): string {
  return btoa(JSON.stringify(payload)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads the first part of a token. Null for anything that is not exactly a payload of version 1; it never throws. */
export function decodePayload(part: string): TokenPayload | null {
  if (!/^[\w-]{1,2000}$/.test(part)) return null;
  try {
    const payload: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    return isPayload(payload) ? payload : null;
  } catch {
    return null;
  }
}

function isPayload(value: unknown): value is TokenPayload {
  if (typeof value !== 'object' || value === null) return false;
  const payload = value as Record<string, unknown>;
  return (
    Object.keys(payload).length === fields.length + (payload['behalf'] === undefined ? 0 : 1) &&
    (payload['behalf'] === undefined || isId(payload['behalf'])) &&
    payload['v'] === 1 &&
    [payload['kid'], payload['jti'], payload['card'], payload['venue']].every(isId) &&
    (payload['kind'] === 'PERSONAL' || payload['kind'] === 'COMMUNITY') &&
    isLines(payload['lines']) &&
    Number.isSafeInteger(payload['exp'])
  );
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && idPattern.test(value);
}

function isLines(value: unknown): value is AllowedLines {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const known: readonly string[] = ticketLineTypes;
  const lines = Object.entries(value);
  return (
    lines.length > 0 &&
    lines.every(
      ([type, most]) => known.includes(type) && Number.isInteger(most) && most > 0 && most <= maxOfOneLine,
    )
  );
}
