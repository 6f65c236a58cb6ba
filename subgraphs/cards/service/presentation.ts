import { createHash } from 'node:crypto';
import { newId } from '../../platform/ids.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ReadPurpose } from '../domain/reading.ts';
import { ticketLineTypes, type PresentationGrant, type TicketLineType } from '../domain/present.ts';
import { encodePayload, tokenPayload } from '../domain/token.ts';
import type { CardsTransaction } from '../store/database.ts';
import { noteShown } from '../store/phones.ts';
import { logRead } from '../store/read-log.ts';
import { readingBy } from './note-reading.ts';
import { glimpse, type CardView } from './read-card.ts';
import type { ShownCard } from './shown-card.ts';
import type { CurrentKey } from './signing.ts';

/** A card shown at a venue and found good: what the venue may learn, and the token to redeem with. */
export interface Presentation {
  readonly card: CardView;
  readonly childrenAllowed: number;
  readonly allowedLines: readonly TicketLineType[];
  readonly expiresAt: IsoInstant;
  readonly token: string;
}

/** Signs what was granted, for one venue. With `issuerId` it is marked as made for a holder by that unit. */
export function signPresentation(
  key: CurrentKey,
  grant: PresentationGrant,
  { venueId, now, issuerId }: { readonly venueId: string; readonly now: Date; readonly issuerId?: string },
): Presentation {
  const jti = newId();
  const behalf = issuerId === undefined ? {} : { behalf: behalfOf(jti, issuerId) };
  const payload = tokenPayload(grant, { kid: key.kid, jti, venueId, now, ...behalf });
  return {
    card: glimpse(grant.cardId, grant.kind),
    childrenAllowed: grant.lines.CHILD ?? 0,
    allowedLines: ticketLineTypes.filter((type) => grant.lines[type] !== undefined),
    expiresAt: new Date(payload.exp * 1000).toISOString(),
    token: key.seal(encodePayload(payload)),
  };
}

/** Binds a presentation to the unit that made it: the unit can be checked against it, and not be read from it. */
export function behalfOf(jti: string, issuerId: string): string {
  return createHash('sha256').update(`${jti}:${issuerId}`).digest('base64url');
}

/** What a look at a card writes down: the read log, and where a phone's token was shown. */
export interface Look {
  readonly viewer: Viewer;
  readonly venueId: string;
  readonly requestId: string;
  readonly purpose: ReadPurpose;
  readonly at: IsoInstant;
}

/**
 * Writes a look down. Refuses TOKEN_ALREADY_SHOWN when this half minute's token of the phone was shown at another venue:
 * a picture of it went round.
 */
export async function noteLook(
  trx: CardsTransaction,
  { card, token }: ShownCard,
  look: Look,
): Promise<Refusal<'TOKEN_ALREADY_SHOWN'> | null> {
  if (!card) return null;
  const { viewer, venueId, requestId, purpose, at } = look;
  const elsewhere = token && (await noteShown(trx, { keyId: token.keyId, slot: token.slot, venueId }));
  const fields = ['kind', 'status', 'childrenAllowed'];
  await logRead(trx, readingBy(viewer, { cardId: card.id, purpose, fields, requestId, at }));
  return elsewhere ? refuse('TOKEN_ALREADY_SHOWN') : null;
}
