import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Offering, Performance, Venue } from '../domain/catalogue.ts';
import { courseLimitKeys, type CourseUse } from '../domain/limits/course-uses.ts';
import { limitsLeft, type LimitLeft } from '../domain/limits/left.ts';
import type { TicketLine } from '../domain/lines.ts';
import { policy } from '../domain/policy.ts';
import type { RatingStars } from '../domain/rating.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { RedemptionStatus } from '../domain/words.ts';
import { findRules } from '../store/copies.ts';
import type { VenuesReader } from '../store/database.ts';
import { findOfferings, findPerformances } from '../store/offerings.ts';
import { findRatings } from '../store/ratings.ts';
import { listOfCard } from '../store/redemptions.ts';
import { findVenues } from '../store/venues.ts';
import type { Environment } from './environment.ts';
import { usesElsewhere } from './visit-history.ts';
import { waitedFor, type WaitedFor } from './waiting-history.ts';

/** One use of a card, with the names that its holder knows it by. */
export interface CardUse {
  readonly recordedAt: IsoInstant;
  readonly status: RedemptionStatus;
  readonly venue: Text;
  readonly title: Text;
  readonly startsAt: IsoInstant;
  readonly lines: readonly TicketLine[];
  /** What its holder said of it; null: nothing. */
  readonly stars: RatingStars | null;
}

/** Limits with the name of the venue whose they are; null for a network's and the nation's. */
export interface NamedLimit extends LimitLeft {
  readonly venue: Text | null;
}

export interface UseHistory {
  /** The newest first. */
  readonly uses: readonly CardUse[];
  /** True: there are older ones than these; `Card.redemptions` pages through all. */
  readonly more: boolean;
  readonly limits: readonly NamedLimit[];
  /** The newest first. */
  readonly waiting: readonly WaitedFor[];
}

/** A card with two uses a week fills this in ten years. */
const maxUses = 1_000;
const maxWaiting = 200;
const pageSize = 200;

/** What a card was used for and what its limits leave: for its holder alone, else null. */
export async function useHistory(
  env: Environment,
  viewer: Viewer,
  cardId: string,
): Promise<UseHistory | null> {
  if (!policy.readCardRedemptions(viewer, cardId)) return null;
  const db = env.database.reader;
  const found = await usesOf(db, cardId);
  const ratings = await findRatings(
    db,
    found.uses.map(({ redemption }) => redemption.id),
  );
  const starsOf = new Map(ratings.map(({ redemptionId, stars }) => [redemptionId, stars]));
  const atPerformances = found.uses.map(({ redemption, performance, offering, venue }) => ({
    recordedAt: redemption.recordedAt,
    status: redemption.status,
    venue: venue.name,
    title: offering.title,
    startsAt: performance.startsAt,
    lines: redemption.lines,
    stars: starsOf.get(redemption.id) ?? null,
  }));
  const others = await usesElsewhere(db, cardId, maxUses);
  const uses = [...atPerformances, ...others].sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1));
  return {
    uses: uses.slice(0, maxUses),
    more: found.more || uses.length > maxUses,
    limits: await limitsOf(env, found.uses),
    waiting: await waitedFor(db, cardId, maxWaiting),
  };
}

/** What the limits in force leave a card: for its holder alone, else null. */
export async function cardLimitsLeft(
  env: Environment,
  viewer: Viewer,
  cardId: string,
): Promise<readonly NamedLimit[] | null> {
  if (!policy.readCardRedemptions(viewer, cardId)) return null;
  return limitsOf(env, (await usesOf(env.database.reader, cardId)).uses);
}

interface FoundUse {
  readonly redemption: Redemption;
  readonly performance: Performance;
  readonly offering: Offering;
  readonly venue: Venue;
}

async function usesOf(db: VenuesReader, cardId: string): Promise<{ uses: FoundUse[]; more: boolean }> {
  const redemptions: Redemption[] = [];
  let more = true;
  for (let after: string | null = null; more && redemptions.length < maxUses;) {
    const page = await listOfCard(db, cardId, { first: pageSize, after });
    redemptions.push(...page.items);
    after = page.cursors.at(-1) ?? null;
    more = page.hasNextPage;
  }
  const [performances, offerings, venues] = await Promise.all([
    findPerformances(
      db,
      idsOf(redemptions, ({ performanceId }) => performanceId),
    ),
    findOfferings(
      db,
      idsOf(redemptions, ({ offeringId }) => offeringId),
    ),
    findVenues(
      db,
      idsOf(redemptions, ({ venueId }) => venueId),
    ),
  ]);
  const performanceOf = byId(performances);
  const offeringOf = byId(offerings);
  const venueOf = byId(venues);
  const uses = redemptions.flatMap((redemption): FoundUse[] => {
    const performance = performanceOf.get(redemption.performanceId);
    const offering = offeringOf.get(redemption.offeringId);
    const venue = venueOf.get(redemption.venueId);
    return performance && offering && venue ? [{ redemption, performance, offering, venue }] : [];
  });
  return { uses, more };
}

async function limitsOf({ database, clock }: Environment, uses: readonly FoundUse[]): Promise<NamedLimit[]> {
  const rules = await findRules(database.reader, courseLimitKeys);
  if (rules.length === 0) return [];
  const limited = uses
    .filter(({ redemption }) => redemption.status === 'VALID')
    .map(({ redemption, performance, offering, venue }): CourseUse => ({
      kind: offering.kind,
      offeringId: offering.id,
      place: { venueId: venue.id, networkId: venue.networkId },
      recordedAt: redemption.recordedAt,
      endsAt: performance.endsAt,
    }));
  const names = new Map(uses.map(({ venue }) => [venue.id, venue.name]));
  return limitsLeft(rules, limited, clock.now().toISOString()).map((limit) => ({
    ...limit,
    venue: limit.scope === 'VENUE' ? (names.get(limit.scopeId ?? '') ?? null) : null,
  }));
}

function idsOf(
  redemptions: readonly Redemption[],
  pick: (redemption: Redemption) => string,
): readonly string[] {
  return [...new Set(redemptions.map(pick))];
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
