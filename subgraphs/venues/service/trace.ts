import type { Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import {
  verdictsOf,
  type LimitQuestion,
  type Places,
  type Traced,
  type Verdict,
} from '../domain/limits/index.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { currentCard } from '../store/card-identity.ts';
import type { VenuesReader } from '../store/database.ts';
import { findCounters } from '../store/ledger.ts';
import { findOffer } from '../store/waiting-entries.ts';
import { cardIdsOf } from '../store/waiting-views.ts';
import { cardUses } from './card-uses.ts';
import type { DoorFacts } from './door-facts.ts';

/**
 * Everything that every limit says to this wish, with the card's uses and the places as they are: the answer of `explain`
 * and the trace of a refusal. `cardId` null: the uses are not for whoever asks.
 */
export async function traceOf(
  db: VenuesReader,
  facts: DoorFacts,
  question: Omit<LimitQuestion, keyof DoorFacts>,
  cardId: string | null,
  places?: Places,
): Promise<readonly Verdict[]> {
  const { now } = question;
  const card = cardId === null ? null : await currentCard(db, cardId);
  const uses = card === null ? {} : await cardUses(db, card, facts, now);
  const seen = places ?? (await placesNow(db, card, facts.performance.id, now));
  return verdictsOf({ ...facts, ...question, ...uses, places: seen });
}

/** The counter, and what of it is offered to this card. A full house of before is told as it was, without that. */
async function placesNow(
  db: VenuesReader,
  cardId: string | null,
  performanceId: string,
  now: IsoInstant,
): Promise<Places | null> {
  const [counter] = await findCounters(db, [performanceId]);
  if (!counter || cardId === null) return counter ?? null;
  return { ...counter, own: await offeredTo(db, cardId, performanceId, now) };
}

/** Places that are kept at this moment for this card to answer. */
async function offeredTo(
  db: VenuesReader,
  cardId: string,
  performanceId: string,
  now: IsoInstant,
): Promise<TicketCount> {
  const offer = await findOffer(db, performanceId, await cardIdsOf(db, cardId));
  return offer && (offer.offerExpiresAt ?? '') > now ? offer.places : 0;
}

/**
 * A refusal at the door with its trace. A card that was not checked for this door and this moment shows no uses, and to
 * a unit that books for its holder it never shows any.
 */
export async function withTrace<Code extends RedemptionRefusalCode>(
  db: VenuesReader,
  refusal: Refusal<Code>,
  facts: DoorFacts,
  question: Omit<LimitQuestion, keyof DoorFacts> & { readonly onBehalf: boolean },
  places?: Places,
): Promise<Traced<Code>> {
  const { presentation, now, onBehalf } = question;
  const isChecked = presentation?.venueId === facts.performance.venueId && presentation.expiresAt > now;
  const cardId = isChecked && !onBehalf ? presentation.cardId : null;
  return { ...refusal, trace: await traceOf(db, facts, question, cardId, places) };
}
