import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { ticketLineTypes, type CardKind, type TicketLineType } from './lines.ts';

/** What the cards subgraph has signed: this card may be used at this venue, with at most these lines, until then. */
export interface Presentation {
  readonly cardId: string;
  readonly cardKind: CardKind;
  readonly venueId: string;
  /** Most tickets of each line; a line that is not here is not allowed. */
  readonly allowed: Readonly<Partial<Record<TicketLineType, TicketCount>>>;
  readonly expiresAt: IsoInstant;
  /** Only of a presentation that an issuing unit made for a holder. */
  readonly mark?: BehalfMark;
}

/** Binds a presentation to the unit that made it: a unit can be checked against it, and none be read from it. */
export interface BehalfMark {
  /** The id of the token. */
  readonly jti: string;
  /** base64url of the SHA-256 of `jti`, a colon and the unit's id. */
  readonly behalf: string;
}

/** Whether this unit made the presentation for its holder; `digest` is SHA-256 in base64url. */
export function isMarkedBy(
  { mark }: Presentation,
  issuerId: string,
  digest: (text: string) => string,
): boolean {
  return mark !== undefined && mark.behalf === digest(`${mark.jti}:${issuerId}`);
}

const lastSecond = 8_640_000_000_000;

/** The presentation in a token's payload, or null when it is none of version 1. The signature is checked elsewhere. */
export function readPresentation(payload: unknown): Presentation | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { v, card, kind, venue, lines, exp, jti, behalf } = payload as Record<string, unknown>;
  if (v !== 1 || typeof card !== 'string' || typeof venue !== 'string') return null;
  if (kind !== 'PERSONAL' && kind !== 'COMMUNITY') return null;
  if (typeof exp !== 'number' || !Number.isSafeInteger(exp) || exp < 0 || exp > lastSecond) return null;
  const allowed = readLines(lines);
  if (!allowed) return null;
  return {
    cardId: card,
    cardKind: kind,
    venueId: venue,
    allowed,
    expiresAt: new Date(exp * 1000).toISOString(),
    ...readMark(jti, behalf),
  };
}

/** A mark that is not whole marks nothing. */
function readMark(jti: unknown, behalf: unknown): Pick<Presentation, 'mark'> {
  const isWhole = typeof jti === 'string' && typeof behalf === 'string' && /^[\w-]{1,64}$/.test(jti);
  return isWhole ? { mark: { jti, behalf } } : {};
}

function readLines(lines: unknown): Presentation['allowed'] | null {
  if (typeof lines !== 'object' || lines === null) return null;
  const allowed: Partial<Record<TicketLineType, TicketCount>> = {};
  for (const [type, count] of Object.entries(lines)) {
    const known = ticketLineTypes.find((candidate) => candidate === type);
    if (!known || typeof count !== 'number' || !Number.isInteger(count) || count < 0) return null;
    allowed[known] = count;
  }
  return allowed;
}
