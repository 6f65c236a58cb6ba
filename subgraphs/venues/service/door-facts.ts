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
  const [facts] = await doorFactsOf(db, [performance]);
  if (!facts) throw new Error('A performance was given, and no facts came.');
  return facts;
}

/** The facts of each performance, in their order, in one round of statements for all. */
export async function doorFactsOf(
  db: VenuesReader,
  performances: readonly Performance[],
): Promise<DoorFacts[]> {
  if (performances.length === 0) return [];
  const [offerings, venues, rules] = await Promise.all([
    findOfferings(db, [...new Set(performances.map(({ offeringId }) => offeringId))]),
    findVenues(db, [...new Set(performances.map(({ venueId }) => venueId))]),
    findRules(db, limitRuleKeys),
  ]);
  const courses = offerings.filter(({ kind }) => kind === 'COURSE').map(({ id }) => id);
  const described = courses.length > 0 ? await findOfferingFacts(db, courses) : [];
  return performances.map((performance) => {
    const offering = offerings.find(({ id }) => id === performance.offeringId);
    const venue = venues.find(({ id }) => id === performance.venueId);
    if (!offering || !venue) throw new Error(`Performance ${performance.id} has no offering or no venue.`);
    const course = described.find(({ offeringId }) => offeringId === offering.id)?.terms.course ?? null;
    const place = { venueId: venue.id, networkId: venue.networkId };
    return { performance, offering, venue, rules, place, course };
  });
}
