import { notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Card, RegisteredStatus } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import { findCard, setStatus } from '../store/cards.ts';
import { readId } from './input.ts';
import type { CardsServices } from './services.ts';

/** Takes a card out of use, at once: it is refused at the next door. Doing it twice changes nothing. */
export function suspendCard(services: CardsServices, viewer: Viewer, cardId: string): Promise<Card> {
  return changeStatus(services, viewer, cardId, 'SUSPENDED');
}

/** Gives a suspended card back its use, until the same last day as before. */
export function resumeCard(services: CardsServices, viewer: Viewer, cardId: string): Promise<Card> {
  return changeStatus(services, viewer, cardId, 'ACTIVE');
}

async function changeStatus(
  { database, clock }: CardsServices,
  viewer: Viewer,
  cardId: string,
  status: RegisteredStatus,
): Promise<Card> {
  const id = readId('cardId', cardId);
  const at = clock.now().toISOString();
  return database.write(async (trx) => {
    const card = await findCard(trx, id);
    // Another issuer's card and no card at all are answered alike.
    if (!card || !policy.changeCard(viewer, card)) throw notFound('card', id);
    if (card.status !== status) await setStatus(trx, id, status, at);
    return { ...card, status };
  });
}
