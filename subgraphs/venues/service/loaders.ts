import DataLoader from 'dataloader';
import type { Viewer } from '../../platform/viewer.ts';
import type { Genre, Offering, Performance, Venue } from '../domain/catalogue.ts';
import type { OfferingFacts } from '../domain/offering-facts.ts';
import { policy } from '../domain/policy.ts';
import type { Override } from '../domain/override.ts';
import type { Rating } from '../domain/rating.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { CounterNow } from '../store/ledger.ts';
import { findOfferingFacts } from '../store/offering-facts.ts';
import { findNextPerformances, findOfferings } from '../store/offerings.ts';
import { findOverrides } from '../store/overrides.ts';
import { findRatings } from '../store/ratings.ts';
import { findRedemptions } from '../store/redemptions.ts';
import { sharedCapsNow, sharedCapsOfOfferings, type SharedCapNow } from './shared-caps.ts';
import { findPartnerYears, findVenueFacts } from '../store/venue-facts.ts';
import { findGenresOf, findVenues, findVenuesOfPartners } from '../store/venues.ts';
import type { VenueFacts } from '../domain/venue-facts.ts';
import type { Environment } from './environment.ts';
import { groupBy } from './group.ts';
import { groupLoaders, type GroupLoaders } from './group-loaders.ts';

type ById<Thing> = DataLoader<string, Thing | null>;

/**
 * One round trip for all things of a kind that an operation asks for. Made anew for every operation. The names that
 * begin with `visible` ask the policy and give null for what this viewer may not see: they are the ways in from
 * outside. The others are for what hangs on a thing that the viewer sees already.
 */
export interface Loaders extends GroupLoaders {
  readonly venue: ById<Venue>;
  readonly venueOfPartner: ById<Venue>;
  readonly offering: ById<Offering>;
  readonly performance: ById<Performance>;
  readonly nextPerformance: ById<Performance>;
  readonly counter: ById<CounterNow>;
  readonly sharedCap: ById<SharedCapNow>;
  /** By the offering that it is over. */
  readonly sharedCapOf: ById<SharedCapNow>;
  readonly genresOf: DataLoader<string, readonly Genre[]>;
  readonly venueFacts: ById<VenueFacts>;
  readonly offeringFacts: ById<OfferingFacts>;
  /** The years of a partner, by its id. */
  readonly yearsOf: DataLoader<string, readonly { readonly year: number; readonly networkId: string }[]>;
  readonly overridesOf: DataLoader<string, readonly Override[]>;
  /** By its redemption. */
  readonly rating: ById<Rating>;
  visibleOffering(id: string): Promise<Offering | null>;
  visiblePerformance(id: string): Promise<Performance | null>;
  visibleRedemption(id: string): Promise<Redemption | null>;
  /** After a change: several mutations of one operation must each see what the one before has done. */
  forget(): void;
}

export function createLoaders({ database, clock, reads }: Environment, viewer: Viewer): Loaders {
  const db = database.reader;
  const offering = byKey((ids) => findOfferings(db, ids), idOf);
  const performance = oneByOne(reads.performance);
  const redemption = byKey((ids) => findRedemptions(db, ids), idOf);
  const nextPerformance = byKey(
    (ids) => findNextPerformances(db, ids, clock.now().toISOString()),
    ({ offeringId }) => offeringId,
  );
  const counter = oneByOne(reads.counter);
  const sharedCap = byKey((ids) => sharedCapsNow(db, ids), idOf);
  const sharedCapOf = byKey(
    (ids) => sharedCapsOfOfferings(db, ids),
    ({ offeringId }) => offeringId ?? '',
  );

  const venue = byKey((ids) => findVenues(db, ids), idOf);
  const rating = byKey(
    (ids) => findRatings(db, ids),
    ({ redemptionId }) => redemptionId,
  );
  const venueFacts = byKey(
    (ids) => findVenueFacts(db, ids),
    ({ venueId }) => venueId,
  );
  const offeringFacts = byKey(
    (ids) => findOfferingFacts(db, ids),
    ({ offeringId }) => offeringId,
  );
  const genresOf = new DataLoader<string, readonly Genre[]>(async (ids) => {
    const found = groupBy(await findGenresOf(db, ids), ({ offeringId }) => offeringId);
    return ids.map((id) => (found.get(id) ?? []).map(({ genre }) => genre));
  }, limits);

  const visibleOffering = async (id: string): Promise<Offering | null> => {
    const found = await offering.load(id);
    return found && policy.readOffering(viewer, found) ? found : null;
  };
  const ofGroups = groupLoaders(db);
  return {
    ...ofGroups,
    venue,
    venueFacts,
    offeringFacts,
    yearsOf: new DataLoader(async (ids) => {
      const found = groupBy(await findPartnerYears(db, ids), ({ partnerId }) => partnerId);
      return ids.map((id) => found.get(id) ?? []);
    }, limits),
    venueOfPartner: byKey(
      (ids) => findVenuesOfPartners(db, ids),
      ({ partnerId }) => partnerId ?? '',
    ),
    offering,
    performance,
    nextPerformance,
    counter,
    sharedCap,
    sharedCapOf,
    genresOf,
    overridesOf: new DataLoader(async (ids) => {
      const found = groupBy(await findOverrides(db, ids), ({ redemptionId }) => redemptionId);
      return ids.map((id) => found.get(id) ?? []);
    }, limits),
    rating,
    visibleOffering,
    visiblePerformance: async (id) => {
      const found = await performance.load(id);
      return found && (await visibleOffering(found.offeringId)) ? found : null;
    },
    visibleRedemption: async (id) => {
      const found = await redemption.load(id);
      return found && policy.readRedemption(viewer, found) ? found : null;
    },
    forget: () => {
      for (const loader of [performance, nextPerformance, counter, redemption, offering, venue])
        loader.clearAll();
      for (const loader of [sharedCap, sharedCapOf]) loader.clearAll();
      rating.clearAll();
      for (const loader of [venueFacts, offeringFacts, genresOf]) loader.clearAll();
      for (const loader of [ofGroups.holdsOf, ofGroups.noShow, ofGroups.noShowsOf, ofGroups.lineSizesOf])
        loader.clearAll();
    },
  };
}

const limits = { maxBatchSize: 500 };
const idOf = ({ id }: { readonly id: string }): string => id;

/** Of a read that gathers by itself, with what other operations ask: kept for this operation alone. */
function oneByOne<Thing>(find: (key: string) => Promise<Thing | null>): ById<Thing> {
  return new DataLoader((keys) => Promise.all(keys.map(find)), limits);
}

function byKey<Thing>(
  find: (keys: readonly string[]) => Promise<readonly Thing[]>,
  keyOf: (thing: Thing) => string,
): ById<Thing> {
  return new DataLoader<string, Thing | null>(async (keys) => {
    const found = new Map((await find(keys)).map((thing) => [keyOf(thing), thing]));
    return keys.map((key) => found.get(key) ?? null);
  }, limits);
}
