import type { NewEvent } from '../../platform/events/index.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { DoorFacts } from './door-facts.ts';

/** Tells the other subgraphs that a card was used, with the facts of the offering that figures are made of. */
export function recordedEvent(
  redemption: Redemption,
  { offering, venue }: Pick<DoorFacts, 'offering' | 'venue'>,
): NewEvent {
  const { id, cardId, performanceId, offeringId, venueId, lines, tickets, recordedAt } = redemption;
  return {
    topic: 'redemption.recorded',
    payload: {
      redemptionId: id,
      cardId,
      performanceId,
      offeringId,
      venueId,
      offeringKind: offering.kind,
      category: venue.category,
      lines,
      tickets,
      at: recordedAt,
    },
  };
}
