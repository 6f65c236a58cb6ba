import type { Offering, Performance, Venue } from '../domain/catalogue.ts';
import { limitRuleKeys } from '../domain/limits/index.ts';
import type { Place, Rule } from '../domain/rules.ts';
import type { CourseTerms } from '../domain/terms.ts';
import { findRules } from '../store/copies.ts';
import { findOfferingFacts } from '../store/offering-facts.ts';
import type { VenuesReader } from '../store/database.ts';
import { findOfferings, findPerformances } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';

/** What every decision at a performance's door looks at. */
export interface DoorFacts {
  readonly performance: Performance;
  readonly offering: Offering;
  readonly venue: Venue;
  readonly place: Place;
  readonly rules: readonly Rule[];
  /** Null: not a course, or one that its venue has not described. */
  readonly course: CourseTerms | null;
}

export async function findPerformance(db: VenuesReader, id: string): Promise<Performance | null> {
  return (await findPerformances(db, [id]))[0] ?? null;
}

export async function doorFacts(db: VenuesReader, performance: Performance): Promise<DoorFacts> {
  const [[offering], [venue], rules] = await Promise.all([
    findOfferings(db, [performance.offeringId]),
    findVenues(db, [performance.venueId]),
    findRules(db, limitRuleKeys),
  ]);
  if (!offering || !venue) throw new Error(`Performance ${performance.id} has no offering or no venue.`);
  const [described] = offering.kind === 'COURSE' ? await findOfferingFacts(db, [offering.id]) : [];
  const place = { venueId: venue.id, networkId: venue.networkId };
  return { performance, offering, venue, rules, place, course: described?.terms.course ?? null };
}
