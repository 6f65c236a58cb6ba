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
import type { VenuesReader } from '../store/database.ts';
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
export interface Loaders {
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
  readonly redemption: ById<Redemption>;
  /** By its redemption. */
  readonly rating: ById<Rating>;
  readonly ofGroups: GroupLoaders;
  visibleOffering(id: string): Promise<Offering | null>;
  visiblePerformance(id: string): Promise<Performance | null>;
  visibleRedemption(id: string): Promise<Redemption | null>;
  /** After a change: several mutations of one operation must each see what the one before has done. */
  forget(): void;
}

export function createLoaders(env: Environment, viewer: Viewer): Loaders {
  return new LoadersOf(env, viewer);
}

/** Each loader is made when it is first asked for: an operation needs two or three of two dozen. */
class LoadersOf implements Loaders {
  readonly #env: Environment;
  readonly #viewer: Viewer;
  #made = new Map<keyof Loaders, unknown>();

  constructor(env: Environment, viewer: Viewer) {
    this.#env = env;
    this.#viewer = viewer;
  }

  #once<Name extends keyof Loaders>(name: Name, make: (db: VenuesReader) => Loaders[Name]): Loaders[Name] {
    const made = this.#made.get(name);
    if (made !== undefined) return made as Loaders[Name];
    const loader = make(this.#env.database.reader);
    this.#made.set(name, loader);
    return loader;
  }

  get venue() {
    return this.#once('venue', (db) => byKey((ids) => findVenues(db, ids), idOf));
  }

  get venueFacts() {
    return this.#once('venueFacts', (db) =>
      byKey(
        (ids) => findVenueFacts(db, ids),
        ({ venueId }) => venueId,
      ),
    );
  }

  get offeringFacts() {
    return this.#once('offeringFacts', (db) =>
      byKey(
        (ids) => findOfferingFacts(db, ids),
        ({ offeringId }) => offeringId,
      ),
    );
  }

  get yearsOf() {
    return this.#once('yearsOf', (db) =>
      listsByKey(
        (ids) => findPartnerYears(db, ids),
        ({ partnerId }) => partnerId,
      ),
    );
  }

  get venueOfPartner() {
    return this.#once('venueOfPartner', (db) =>
      byKey(
        (ids) => findVenuesOfPartners(db, ids),
        ({ partnerId }) => partnerId ?? '',
      ),
    );
  }

  get offering() {
    return this.#once('offering', (db) => byKey((ids) => findOfferings(db, ids), idOf));
  }

  get performance() {
    return this.#once('performance', () => oneByOne(this.#env.reads.performance));
  }

  get nextPerformance() {
    return this.#once('nextPerformance', (db) =>
      byKey(
        (ids) => findNextPerformances(db, ids, this.#env.clock.now().toISOString()),
        ({ offeringId }) => offeringId,
      ),
    );
  }

  get counter() {
    return this.#once('counter', () => oneByOne(this.#env.reads.counter));
  }

  get sharedCap() {
    return this.#once('sharedCap', (db) => byKey((ids) => sharedCapsNow(db, ids), idOf));
  }

  get sharedCapOf() {
    return this.#once('sharedCapOf', (db) =>
      byKey(
        (ids) => sharedCapsOfOfferings(db, ids),
        ({ offeringId }) => offeringId ?? '',
      ),
    );
  }

  get genresOf() {
    return this.#once(
      'genresOf',
      (db) =>
        new DataLoader<string, readonly Genre[]>(async (ids) => {
          const found = groupBy(await findGenresOf(db, ids), ({ offeringId }) => offeringId);
          return ids.map((id) => (found.get(id) ?? []).map(({ genre }) => genre));
        }, limits),
    );
  }

  get overridesOf() {
    return this.#once('overridesOf', (db) =>
      listsByKey(
        (ids) => findOverrides(db, ids),
        ({ redemptionId }) => redemptionId,
      ),
    );
  }

  get rating() {
    return this.#once('rating', (db) =>
      byKey(
        (ids) => findRatings(db, ids),
        ({ redemptionId }) => redemptionId,
      ),
    );
  }

  get redemption() {
    return this.#once('redemption', (db) => byKey((ids) => findRedemptions(db, ids), idOf));
  }

  get ofGroups(): GroupLoaders {
    return this.#once('ofGroups', groupLoaders);
  }

  async visibleOffering(id: string): Promise<Offering | null> {
    const found = await this.offering.load(id);
    return found && policy.readOffering(this.#viewer, found) ? found : null;
  }

  async visiblePerformance(id: string): Promise<Performance | null> {
    const found = await this.performance.load(id);
    return found && (await this.visibleOffering(found.offeringId)) ? found : null;
  }

  async visibleRedemption(id: string): Promise<Redemption | null> {
    const found = await this.redemption.load(id);
    return found && policy.readRedemption(this.#viewer, found) ? found : null;
  }

  forget(): void {
    this.#made = new Map();
  }
}

const limits = { maxBatchSize: 500 };
const idOf = ({ id }: { readonly id: string }): string => id;

function listsByKey<Thing>(
  find: (keys: readonly string[]) => Promise<readonly Thing[]>,
  keyOf: (thing: Thing) => string,
): DataLoader<string, readonly Thing[]> {
  return new DataLoader<string, readonly Thing[]>(async (keys) => {
    const found = groupBy(await find(keys), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  }, limits);
}

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
