import { forbidden } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import {
  averageShown,
  checkStars,
  noStars,
  rateRefusal,
  ratingCategories,
  type RatingAverage,
  type RatingRefusalCode,
  type RatingStars,
} from '../domain/rating.ts';
import type { Redemption } from '../domain/redemption.ts';
import { findAverages, findRatings, lockAverages, saveRating } from '../store/ratings.ts';
import { findRedemptions } from '../store/redemptions.ts';
import { findPerformance } from './door-facts.ts';
import type { Environment } from './environment.ts';
import { given } from './given.ts';

/** A category that is left out stays as it was; null takes the answer back. */
export interface RateInput {
  readonly redemptionId: string;
  readonly accessibility?: number | null | undefined;
  readonly meaning?: number | null | undefined;
  readonly interest?: number | null | undefined;
}

/**
 * The holder says how it was, once per redemption, and may change it for 14 days; the same answer again changes nothing.
 * No event tells of it, and a redemption that the venue cancels later keeps its answer: else a cancel would show it.
 * Refuses NOT_OVER, RATING_CLOSED, REDEMPTION_CANCELLED. Throws BAD_INPUT, FORBIDDEN.
 */
export async function rateRedemption(
  env: Environment,
  viewer: Viewer,
  input: RateInput,
): Promise<Redemption | Refusal<RatingRefusalCode>> {
  if (viewer.role !== 'HOLDER') throw forbidden();
  const [redemption] = await findRedemptions(env.database.reader, [input.redemptionId]);
  // A holder never learns whether somebody else's redemption exists.
  if (!redemption || !policy.rate(viewer, redemption)) throw forbidden();
  const performance = await findPerformance(env.database.reader, redemption.performanceId);
  if (!performance) throw new Error(`Redemption ${redemption.id} has no performance.`);
  const at = env.clock.now().toISOString();
  const refused = await env.database.write(async (trx) => {
    await lockAverages(trx, redemption.venueId);
    const [before = null] = await findRatings(trx, [redemption.id]);
    const [now = redemption] = await findRedemptions(trx, [redemption.id]);
    const stars = changed(before?.stars ?? noStars, input);
    checkStars(stars);
    const refusal = rateRefusal(now, performance, before?.ratedAt ?? null, at);
    if (refusal) return refusal;
    await saveRating(trx, redemption, { before, stars, at });
    return null;
  });
  return isRefusal(refused) ? refused : redemption;
}

function changed(before: RatingStars, { accessibility, meaning, interest }: RateInput): RatingStars {
  return {
    ACCESSIBILITY: given(accessibility, before.ACCESSIBILITY),
    MEANING: given(meaning, before.MEANING),
    INTEREST: given(interest, before.INTEREST),
  };
}

/** The averages of a venue, for its staff; null for everybody else. */
export async function ratingAverages(
  { database }: Environment,
  viewer: Viewer,
  venueId: string,
): Promise<RatingAverage[] | null> {
  if (!policy.readRatingAverages(viewer, venueId)) return null;
  const drawn = await findAverages(database.reader, venueId);
  return ratingCategories.map((category) =>
    averageShown(category, drawn.find((each) => each.category === category) ?? null),
  );
}
