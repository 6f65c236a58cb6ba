import { localDate } from '../../platform/clock.ts';
import type { PublishedEvent } from '../../platform/events/index.ts';
import type { Logger } from '../../platform/logger.ts';
import { yearOf } from '../domain/validity.ts';
import { addUse, removeUse } from '../store/card-years.ts';
import type { CardsTransaction } from '../store/database.ts';
import { readPayload } from './payload.ts';

export const redemptionTopics = ['redemption.recorded', 'redemption.cancelled'] as const;

/**
 * Counts each card's uses by year. A cancelled use is taken from the year in which it was recorded, not from the one in
 * which it was cancelled; years are those of Helsinki.
 */
export function followRedemptions(
  logger: Logger,
): (event: PublishedEvent, trx: CardsTransaction) => Promise<void> {
  return async (event, trx) => {
    const payload = readPayload(event.topic, event.payload);
    const cardId = payload.text('cardId');
    if (event.topic === 'redemption.recorded') {
      await addUse(trx, cardId, yearOf(localDate(payload.text('at'))));
    } else if (event.topic === 'redemption.cancelled') {
      const counted = await removeUse(trx, cardId, yearOf(localDate(payload.text('recordedAt'))));
      if (!counted) logger.warn({ event: event.id }, 'a cancelled redemption had not been counted');
    }
  };
}
