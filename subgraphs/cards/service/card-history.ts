import { notFound } from '../../platform/errors.ts';
import type { Card } from '../domain/card.ts';
import type { CardChange } from '../store/changes.ts';
import type { CardPeriod } from '../store/periods.ts';
import type { CardsContext } from './context.ts';
import { forgetCard } from './loaders.ts';
import type { CardView } from './read-card.ts';

export type { CardChange, CardPeriod };

/** The issues and renewals of a card, the first one first; null for who may not read the card. */
export function cardPeriods(
  { loaders }: CardsContext,
  cardId: string,
): Promise<readonly CardPeriod[] | null> {
  return loaders.periods.load(cardId);
}

/** What was done to a card, the oldest first; null for all but the unit that gave it and the national centre. */
export function cardChanges(
  { loaders }: CardsContext,
  cardId: string,
): Promise<readonly CardChange[] | null> {
  return loaders.changes.load(cardId);
}

/** A card that was just changed, as this viewer may see it now. */
export async function viewChanged({ loaders }: CardsContext, { id }: Pick<Card, 'id'>): Promise<CardView> {
  forgetCard(loaders, id);
  const view = await loaders.card.load(id);
  if (!view) throw notFound('card', id);
  return view;
}
