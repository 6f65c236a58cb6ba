import type { VenuesReader } from '../store/database.ts';
import { findOfferings } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';
import { otherUsesOf } from '../store/visits-history.ts';
import type { CardUse } from './holder-uses.ts';

/**
 * The uses of a card that belong to no performance, in no order: a pass on the day it was given, each visit, each fee.
 * They start when they were recorded.
 */
export async function usesElsewhere(db: VenuesReader, cardId: string, most: number): Promise<CardUse[]> {
  const uses = await otherUsesOf(db, cardId, most);
  if (uses.length === 0) return [];
  const offerings = await findOfferings(db, [...new Set(uses.map(({ offeringId }) => offeringId))]);
  const venues = await findVenues(db, [...new Set(uses.map(({ venueId }) => venueId))]);
  const titleOf = new Map(offerings.map(({ id, title }) => [id, title]));
  const nameOf = new Map(venues.map(({ id, name }) => [id, name]));
  return uses.flatMap(({ recordedAt, status, offeringId, venueId, lines }): CardUse[] => {
    const [title, venue] = [titleOf.get(offeringId), nameOf.get(venueId)];
    return title && venue
      ? [{ recordedAt, status, venue, title, startsAt: recordedAt, lines, stars: null }]
      : [];
  });
}
