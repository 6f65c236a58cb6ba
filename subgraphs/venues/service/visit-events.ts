import type { NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { FeeUse } from '../domain/fee-use.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Pass } from '../domain/pass.ts';
import type { Visit } from '../domain/visit.ts';
import type { VisitPlace } from './visit-place.ts';

type Place = Pick<VisitPlace, 'offering' | 'venue'>;

/**
 * A pass and a fee are redemptions without a performance: a pass is one, whatever its visits. Told in the shape of
 * redemption.recorded, so that whoever counts uses counts them.
 */
export function useRecorded(use: Pass | FeeUse, { offering, venue }: Place): NewEvent {
  const lines: readonly TicketLine[] = [];
  return {
    topic: 'redemption.recorded',
    payload: {
      redemptionId: use.id,
      cardId: use.cardId,
      performanceId: null,
      offeringId: offering.id,
      venueId: venue.id,
      offeringKind: offering.kind,
      category: venue.category,
      lines,
      tickets: 0,
      at: use.kind === 'pass' ? use.grantedAt : use.recordedAt,
    },
  };
}

/** No redemption.cancelled: whose fee it was stood at the desk, so nobody is written to. */
export function feeCancelled(
  { id, cardId, recordedAt }: FeeUse,
  { offering, venue }: Place,
  at: IsoInstant,
): NewEvent {
  return {
    topic: 'fee.cancelled',
    payload: { feeUseId: id, cardId, offeringId: offering.id, venueId: venue.id, recordedAt, at },
  };
}

/** The same for a pass that was given by mistake. */
export function passCancelled(
  { id, cardId, grantedAt }: Pass,
  { offering, venue }: Place,
  at: IsoInstant,
): NewEvent {
  return {
    topic: 'pass.cancelled',
    payload: { passId: id, cardId, offeringId: offering.id, venueId: venue.id, recordedAt: grantedAt, at },
  };
}

export function visitRecorded(visit: Visit, place: Place): NewEvent {
  return { topic: 'visit.recorded', payload: { ...told(visit, place), at: visit.recordedAt } };
}

export function visitCancelled(visit: Visit, place: Place, at: IsoInstant): NewEvent {
  const { recordedAt } = visit;
  return { topic: 'visit.cancelled', payload: { ...told(visit, place), recordedAt, at } };
}

/** `passId` null: open entry, which is a use of its own; else the pass was counted when it was given. */
function told({ id, passId, cardId, lines, tickets }: Visit, { offering, venue }: Place): object {
  return {
    visitId: id,
    passId,
    cardId,
    offeringId: offering.id,
    venueId: venue.id,
    offeringKind: offering.kind,
    category: venue.category,
    lines,
    tickets,
  };
}
