import type { IsoInstant } from '../../platform/units.ts';
import type { CourseUse, Seen } from '../domain/limits/index.ts';
import type { VenuesReader } from './database.ts';

/** The valid uses of a card at one offering, the earliest first. A community card's are not limited and not here. */
export async function findSeen(db: VenuesReader, cardId: string, offeringId: string): Promise<Seen[]> {
  const rows = await db
    .selectFrom('redemption')
    .select(['performance_id', 'recorded_at'])
    .where('card_id', '=', cardId)
    .where('offering_id', '=', offeringId)
    .where('status', '=', 'VALID')
    .where('seen_key', 'is not', null)
    .orderBy('recorded_at')
    .execute();
  return rows.map(({ performance_id, recorded_at }) => ({
    performanceId: performance_id,
    recordedAt: recorded_at,
  }));
}

/** The valid course places of a card that were booked since then or have not ended. */
export async function findCourseUses(
  db: VenuesReader,
  cardId: string,
  since: IsoInstant,
  now: IsoInstant,
): Promise<CourseUse[]> {
  const rows = await db
    .selectFrom('redemption')
    .innerJoin('offering', 'offering.id', 'redemption.offering_id')
    .innerJoin('performance', 'performance.id', 'redemption.performance_id')
    .innerJoin('venue', 'venue.id', 'redemption.venue_id')
    .select(['redemption.offering_id', 'redemption.venue_id', 'redemption.recorded_at'])
    .select(['performance.ends_at', 'venue.network_id', 'offering.kind'])
    .where('redemption.card_id', '=', cardId)
    .where('redemption.status', '=', 'VALID')
    .where('offering.kind', '=', 'COURSE')
    .where((eb) => eb.or([eb('redemption.recorded_at', '>=', since), eb('performance.ends_at', '>', now)]))
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    offeringId: row.offering_id,
    place: { venueId: row.venue_id, networkId: row.network_id },
    recordedAt: row.recorded_at,
    endsAt: row.ends_at,
  }));
}
