import { localDate } from '../../platform/clock.ts';
import { appendEvent, type PublishedEvent } from '../../platform/events/index.ts';
import { changeUses } from '../store/card-years.ts';
import type { CardsTransaction } from '../store/database.ts';
import { monthOf } from '../store/figure-deltas.ts';
import { lockSurvivor } from '../store/survivors.ts';
import { bookCard } from './book-card.ts';
import { readPayload } from './payload.ts';

export const redemptionTopics = [
  'redemption.recorded',
  'redemption.cancelled',
  'visit.recorded',
  'visit.cancelled',
  'fee.cancelled',
  'pass.cancelled',
] as const;

/**
 * Counts each card's uses. A cancelled use is taken from the month in which it was recorded, not from the one in which it
 * was cancelled; months are those of Helsinki. What is heard of a registration that was merged counts for the one that
 * took it over, whenever it comes. A visit at open entry is a use; one of a series pass is not, since the pass was counted
 * when it was given. Source: domain.md "Words": a series pass is one redemption and many visits.
 */
export async function followRedemptions(event: PublishedEvent, trx: CardsTransaction): Promise<void> {
  const payload = readPayload(event.topic, event.payload);
  if (event.topic.startsWith('visit.') && payload.textOrNull('passId') !== null) return;
  const cancelled = event.topic.endsWith('.cancelled');
  const recordedAt = payload.text(cancelled ? 'recordedAt' : 'at');
  const cardId = await lockSurvivor(trx, payload.text('cardId'));
  const month = monthOf(localDate(recordedAt));
  const { before, after } = await changeUses(trx, cardId, month, cancelled ? -1 : 1);
  await bookCard(trx, cardId);
  if (before > 0 || after <= 0) return;
  const taken = { cardId, year: Number(month.slice(0, 4)), at: recordedAt };
  await appendEvent(trx, { topic: 'card.taken-into-use', payload: taken }, event.at);
}
