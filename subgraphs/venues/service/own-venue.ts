import { forbidden, notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Offering, Performance, Venue } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import type { VenuesReader } from '../store/database.ts';
import { findOfferings, findPerformances } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';

/** The venue whose offerings this viewer may write. Throws FORBIDDEN; never tells others whether it exists. */
export async function ownVenue(db: VenuesReader, viewer: Viewer, venueId: string): Promise<Venue> {
  if (!policy.manageOfferings(viewer, venueId)) throw forbidden();
  const [venue] = await findVenues(db, [venueId]);
  if (!venue) throw notFound('Venue', venueId);
  return venue;
}

/** An offering that this viewer may write, with its venue. Throws FORBIDDEN, NOT_FOUND. */
export async function ownOffering(
  db: VenuesReader,
  viewer: Viewer,
  offeringId: string,
): Promise<{ readonly offering: Offering; readonly venue: Venue }> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const [offering] = await findOfferings(db, [offeringId]);
  if (!offering) throw notFound('Offering', offeringId);
  return { offering, venue: await ownVenue(db, viewer, offering.venueId) };
}

/** A performance that this viewer may write. Throws FORBIDDEN, NOT_FOUND. */
export async function ownPerformance(
  db: VenuesReader,
  viewer: Viewer,
  performanceId: string,
): Promise<{ readonly performance: Performance; readonly offering: Offering }> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const [performance] = await findPerformances(db, [performanceId]);
  if (!performance) throw notFound('Performance', performanceId);
  const { offering } = await ownOffering(db, viewer, performance.offeringId);
  return { performance, offering };
}
