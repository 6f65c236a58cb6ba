import { notFound } from '../../platform/errors.ts';
import type { Card } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import { findCard } from '../store/cards.ts';
import { findChanges, type CardChange } from '../store/changes.ts';
import { findPeriods, type CardPeriod } from '../store/periods.ts';
import type { CardsContext } from './context.ts';
import type { CardView } from './read-card.ts';

export type { CardChange, CardPeriod };

/** The issues and renewals of a card, the first one first; null for who may not read the card. */
export async function cardPeriods(
  { services, viewer }: CardsContext,
  cardId: string,
): Promise<readonly CardPeriod[] | null> {
  const db = services.database.reader;
  const card = await findCard(db, cardId);
  if (!card || !policy.readCard(viewer, card)) return null;
  return (await findPeriods(db, [cardId])).get(cardId) ?? [];
}

/** What was done to a card, the oldest first; null for all but the unit that gave it and the national centre. */
export async function cardChanges(
  { services, viewer }: CardsContext,
  cardId: string,
): Promise<readonly CardChange[] | null> {
  const db = services.database.reader;
  const card = await findCard(db, cardId);
  if (!card || !policy.readChanges(viewer, card)) return null;
  return (await findChanges(db, [cardId])).get(cardId) ?? [];
}

/** A card that was just changed, as this viewer may see it now. */
export async function viewChanged({ loaders }: CardsContext, { id }: Pick<Card, 'id'>): Promise<CardView> {
  const view = await loaders.card.clear(id).load(id);
  if (!view) throw notFound('card', id);
  return view;
}
