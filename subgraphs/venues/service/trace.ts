import type { Refusal } from '../../platform/refusals.ts';
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
  const uses = cardId === null ? {} : await cardUses(db, await currentCard(db, cardId), facts, question.now);
  const [counter] = places ? [places] : await findCounters(db, [facts.performance.id]);
  return verdictsOf({ ...facts, ...question, ...uses, places: counter ?? null });
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
