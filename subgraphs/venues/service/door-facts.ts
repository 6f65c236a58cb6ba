import type { Offering, Performance, Venue } from '../domain/catalogue.ts';
import type { Place, Rule } from '../domain/rules.ts';
import { findRules } from '../store/copies.ts';
import type { VenuesReader } from '../store/database.ts';
import { findOfferings, findPerformances } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';

/** Every rule that this subgraph asks for. */
const ruleKeys = [
  'redeem.window',
  'companion.child_max_age',
  'community_card.courses',
  'cap.absolute',
  'cap.per_performance',
  'cap.floor_pct',
] as const;

/** What every decision at a performance's door looks at. */
export interface DoorFacts {
  readonly performance: Performance;
  readonly offering: Offering;
  readonly venue: Venue;
  readonly place: Place;
  readonly rules: readonly Rule[];
}

export async function findPerformance(db: VenuesReader, id: string): Promise<Performance | null> {
  return (await findPerformances(db, [id]))[0] ?? null;
}

export async function doorFacts(db: VenuesReader, performance: Performance): Promise<DoorFacts> {
  const [[offering], [venue], rules] = await Promise.all([
    findOfferings(db, [performance.offeringId]),
    findVenues(db, [performance.venueId]),
    findRules(db, ruleKeys),
  ]);
  if (!offering || !venue) throw new Error(`Performance ${performance.id} has no offering or no venue.`);
  return { performance, offering, venue, rules, place: { venueId: venue.id, networkId: venue.networkId } };
}
