import type { NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Offering, Performance } from '../domain/catalogue.ts';
import type { CancelledBy, Redemption } from '../domain/redemption.ts';

/** Tells the other subgraphs that a use did not happen, with what a message to the venue or the holder needs. */
export function cancelledEvent(
  redemption: Redemption,
  performance: Performance,
  offering: Offering,
  cancelledBy: CancelledBy,
  at: IsoInstant,
): NewEvent {
  const { id, cardId, performanceId, offeringId, venueId, lines, tickets, recordedAt } = redemption;
  return {
    topic: 'redemption.cancelled',
    payload: {
      redemptionId: id,
      cardId,
      performanceId,
      offeringId,
      venueId,
      cancelledBy,
      offeringTitle: offering.title,
      startsAt: performance.startsAt,
      lines,
      tickets,
      at,
      recordedAt,
    },
  };
}
