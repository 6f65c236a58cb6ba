import { notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { hasEnded, suspendReasons, type Card, type SuspendReason } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import { findStatusReason, lockCard, setStatus } from '../store/cards.ts';
import { appendChange } from '../store/changes.ts';
import type { CardsTransaction } from '../store/database.ts';
import { readId, readWord } from './input.ts';
import type { CardsServices } from './services.ts';

type StatusAnswer = Card | Refusal<'CARD_MERGED' | 'CARD_NOT_IN_USE'>;

/** Takes a card out of use, at once: it is refused at the next door. Doing it twice changes nothing. */
export function suspendCard(
  services: CardsServices,
  viewer: Viewer,
  cardId: string,
  reason: SuspendReason = 'OTHER',
): Promise<StatusAnswer> {
  const word = readWord('reason', reason, suspendReasons);
  return changeStatus(services, viewer, cardId, { status: 'SUSPENDED', kind: 'SUSPENDED', reason: word });
}

/** Takes a lost card out of use, also one that was suspended for another reason. `replaceCard` gives a new one. */
export function reportCardLost(
  services: CardsServices,
  viewer: Viewer,
  cardId: string,
): Promise<StatusAnswer> {
  return changeStatus(services, viewer, cardId, { status: 'SUSPENDED', kind: 'LOST', reason: 'LOST' });
}

/**
 * Gives a suspended card back its use, until the same last day as before; also a lost one that was found. Refuses
 * CARD_NOT_IN_USE for a card of which nobody is the holder any more.
 */
export function resumeCard(services: CardsServices, viewer: Viewer, cardId: string): Promise<StatusAnswer> {
  return changeStatus(services, viewer, cardId, { status: 'ACTIVE', kind: 'RESUMED', reason: '' });
}

interface StatusChange {
  readonly status: 'ACTIVE' | 'SUSPENDED';
  readonly kind: 'SUSPENDED' | 'LOST' | 'RESUMED';
  readonly reason: string;
}

async function changeStatus(
  { database, clock }: CardsServices,
  viewer: Viewer,
  cardId: string,
  change: StatusChange,
): Promise<StatusAnswer> {
  const id = readId('cardId', cardId);
  const at = clock.now().toISOString();
  return database.write(async (trx) => {
    const card = await findOwnCard(trx, viewer, id);
    if (card.status === 'MERGED') return refuse('CARD_MERGED');
    if (change.kind === 'RESUMED' && hasEnded(card)) return refuse('CARD_NOT_IN_USE');
    const isLostNow = change.kind === 'LOST' && (await findStatusReason(trx, id)) !== 'LOST';
    if (card.status !== change.status || isLostNow) await writeStatus(trx, card, change, at);
    return { ...card, status: change.status };
  });
}

/** The viewer's own card, locked. Another issuer's card and no card at all are answered alike: NOT_FOUND. */
export async function findOwnCard(trx: CardsTransaction, viewer: Viewer, id: string): Promise<Card> {
  const card = await lockCard(trx, id);
  if (!card || !policy.changeCard(viewer, card)) throw notFound('card', id);
  return card;
}

/** The state, its trace in the history and the event for the others, which never hear the reason. */
export async function writeStatus(
  trx: CardsTransaction,
  card: Card,
  { status, kind, reason }: StatusChange,
  at: IsoInstant,
): Promise<void> {
  await setStatus(trx, card.id, status, at, status === 'ACTIVE' ? null : reason);
  await appendChange(trx, card.id, { kind, reason, fields: [], at });
  if (card.status === status) return;
  const payload = { cardId: card.id, status, at };
  await appendEvent(trx, { topic: 'card.status-changed', payload }, at);
}
