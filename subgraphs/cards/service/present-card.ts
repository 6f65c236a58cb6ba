import { localDate } from '../../platform/clock.ts';
import { forbidden } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { parseCode } from '../domain/code.ts';
import { policy } from '../domain/policy.ts';
import {
  present,
  ticketLineTypes,
  type PresentationRefusalCode,
  type TicketLineType,
} from '../domain/present.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { encodePayload, tokenPayload } from '../domain/token.ts';
import { findCardByCode } from '../store/cards.ts';
import { findRules } from '../store/rules.ts';
import { readId, readTypedCode } from './input.ts';
import { glimpse, type CardView } from './read-card.ts';
import type { CardsServices } from './services.ts';

export interface PresentCardInput {
  readonly code: string;
  readonly venueId: string;
}

/** A card shown at a venue and found good: what the venue may learn, and the token to redeem with. */
export interface Presentation {
  readonly card: CardView;
  readonly childrenAllowed: number;
  readonly allowedLines: readonly TicketLineType[];
  readonly expiresAt: IsoInstant;
  readonly token: string;
}

/**
 * A venue's staff shows a code to the register. Throws BAD_INPUT and FORBIDDEN; everything that a guest can hear is a
 * refusal. Nothing is stored: a presentation is the token, and a use is recorded when venues redeem it.
 */
export async function presentCard(
  { database, clock, signer }: CardsServices,
  viewer: Viewer,
  input: PresentCardInput,
): Promise<Presentation | Refusal<PresentationRefusalCode>> {
  const venueId = readId('venueId', input.venueId);
  const typed = readTypedCode(input.code);
  if (!policy.presentCard(viewer, venueId)) throw forbidden();
  const code = parseCode(typed);
  if (isRefusal(code)) return code;

  const now = clock.now();
  const [card, published, key] = await Promise.all([
    findCardByCode(database.reader, code),
    findRules(database.reader, Object.values(ruleKeys)),
    signer.currentKey(now),
  ]);
  const grant = present(card, rulesInForce(published, localDate(now), null), now);
  if (isRefusal(grant)) return grant;

  const payload = tokenPayload(grant, { kid: key.kid, jti: newId(), venueId, now });
  return {
    card: glimpse(grant.cardId, grant.kind),
    childrenAllowed: grant.lines.CHILD ?? 0,
    allowedLines: ticketLineTypes.filter((type) => grant.lines[type] !== undefined),
    expiresAt: new Date(payload.exp * 1000).toISOString(),
    token: key.seal(encodePayload(payload)),
  };
}
