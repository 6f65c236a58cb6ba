import type { NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Offering, Performance } from '../domain/catalogue.ts';
import { ticketsOf } from '../domain/lines.ts';
import type { WaitingEntry } from '../store/waiting-entries.ts';

type Named = Pick<Offering, 'id' | 'title'>;

/** Tells whoever writes to the holder that places are kept for an answer. Ids, title and times only. */
export function waitingOffered(
  entry: WaitingEntry,
  performance: Performance,
  offering: Named,
  expiresAt: IsoInstant,
  at: IsoInstant,
): NewEvent {
  const facts = factsOf(entry, performance, offering, at);
  return { topic: 'waiting.offered', payload: { ...facts, tickets: ticketsOf(entry.lines), expiresAt } };
}

/** NOT_ANSWERED: the offer's time was over. PERFORMANCE_CANCELLED: there is nothing to wait for any more. */
export type WaitingEnd = 'NOT_ANSWERED' | 'PERFORMANCE_CANCELLED';

/** Tells that somebody waits no more who did not leave. */
export function waitingExpired(
  entry: WaitingEntry,
  performance: Performance,
  offering: Named,
  reason: WaitingEnd,
  at: IsoInstant,
): NewEvent {
  return {
    topic: 'waiting.expired',
    payload: { ...factsOf(entry, performance, offering, at), reason },
  };
}

/** The line of a performance grew or shrank: for counting, so it holds no card. */
export function lineChanged(
  { id, performanceId, venueId, places }: Pick<WaitingEntry, 'id' | 'performanceId' | 'venueId' | 'places'>,
  change: 'joined' | 'left',
  at: IsoInstant,
): NewEvent {
  return { topic: `waiting.${change}`, payload: { entryId: id, performanceId, venueId, places, at } };
}

function factsOf(
  { id, cardId, performanceId, venueId }: WaitingEntry,
  { startsAt }: Performance,
  { id: offeringId, title }: Named,
  at: IsoInstant,
): object {
  return {
    entryId: id,
    cardId,
    performanceId,
    offeringId,
    venueId,
    offeringTitle: title,
    startsAt,
    at,
  };
}
