import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { WaitingStatus } from '../domain/words.ts';
import type { VenuesReader } from '../store/database.ts';
import { findOfferings, findPerformances } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';
import { allIdsOf, entriesOfCards } from '../store/waiting-views.ts';

/** That a card stood in the line of a performance, and what became of it. */
export interface WaitedFor {
  readonly joinedAt: IsoInstant;
  readonly status: WaitingStatus;
  readonly venue: Text;
  readonly title: Text;
  readonly startsAt: IsoInstant;
  readonly lines: readonly TicketLine[];
}

/** Where a card has waited, the newest first. */
export async function waitedFor(db: VenuesReader, cardId: string, most: number): Promise<WaitedFor[]> {
  const entries = await entriesOfCards(db, await allIdsOf(db, cardId), most);
  if (entries.length === 0) return [];
  const performances = await findPerformances(db, [
    ...new Set(entries.map(({ performanceId }) => performanceId)),
  ]);
  const [offerings, venues] = await Promise.all([
    findOfferings(db, [...new Set(performances.map(({ offeringId }) => offeringId))]),
    findVenues(db, [...new Set(performances.map(({ venueId }) => venueId))]),
  ]);
  return entries.flatMap(({ performanceId, joinedAt, status, lines }): WaitedFor[] => {
    const performance = performances.find(({ id }) => id === performanceId);
    const offering = offerings.find(({ id }) => id === performance?.offeringId);
    const venue = venues.find(({ id }) => id === performance?.venueId);
    if (!performance || !offering || !venue) return [];
    const { startsAt } = performance;
    return [{ joinedAt, status, venue: venue.name, title: offering.title, startsAt, lines }];
  });
}
