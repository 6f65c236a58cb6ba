import { localDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import { policy } from '../domain/policy.ts';
import { present, type CardRefusalCode } from '../domain/present.ts';
import { ruleKeys, rulesInForce } from '../domain/rules.ts';
import { findCard } from '../store/cards.ts';
import { findRules } from '../store/rules.ts';
import type { CardsContext } from './context.ts';
import { readId, readWord } from './input.ts';
import { noteLook, signPresentation, type Presentation } from './presentation.ts';

/** What a unit shows a holder's card for, with the holder beside or on the phone. */
export const behalfPurposes = ['BOOKING', 'COURSE_ENROLMENT', 'GROUP_VISIT'] as const;
export type BehalfPurpose = (typeof behalfPurposes)[number];

/**
 * The unit that gave a card shows it at one venue for its holder. The presentation is good for ten minutes at that venue,
 * is marked, is bound to the unit, and stands in the read log that the holder sees. It tells the unit that the card is
 * valid, which it may know anyway, and nothing of other uses. Throws BAD_INPUT and NOT_FOUND.
 */
export async function presentForHolder(
  { services, viewer, requestId }: CardsContext,
  input: { readonly cardId: string; readonly venueId: string; readonly purpose: BehalfPurpose },
): Promise<Presentation | Refusal<CardRefusalCode>> {
  const cardId = readId('cardId', input.cardId);
  const venueId = readId('venueId', input.venueId);
  readWord('purpose', input.purpose, behalfPurposes);
  const { database, clock, signer } = services;
  const now = clock.now();
  const [card, published, key] = await Promise.all([
    findCard(database.reader, cardId),
    findRules(database.reader, Object.values(ruleKeys)),
    signer.currentKey(now),
  ]);
  if (!card || !policy.serveHolder(viewer, card)) throw notFound('card', cardId);
  const grant = present(card, rulesInForce(published, localDate(now), null), now);
  const at = now.toISOString();
  const look = { viewer, venueId, requestId, purpose: 'PRESENTED_FOR_HOLDER', at } as const;
  await database.write((trx) => noteLook(trx, { card, token: null, isSigned: false }, look));
  if (isRefusal(grant)) return grant;
  return signPresentation(key, grant, { venueId, now, issuerId: card.issuerId });
}
