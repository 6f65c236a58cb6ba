import { localDate } from '../../platform/clock.ts';
import { badInput } from '../../platform/errors.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { Performance } from './catalogue.ts';
import type { Redemption } from './redemption.ts';

/**
 * Accessibility, what it meant to the holder, and interest of the content.
 * Source: domain.md "Venues and offerings" (one document says a single scale of 1–5).
 */
export const ratingCategories = ['ACCESSIBILITY', 'MEANING', 'INTEREST'] as const;
export type RatingCategory = (typeof ratingCategories)[number];

/** 0 to 5 stars; 0 is a value, null is "not answered". */
export type Stars = number | null;
export type RatingStars = Readonly<Record<RatingCategory, Stars>>;

/** What a holder said of one redemption. Only the holder reads it. */
export interface Rating {
  readonly redemptionId: string;
  readonly stars: RatingStars;
  readonly ratedAt: IsoInstant;
  readonly changedAt: IsoInstant;
}

export const noStars: RatingStars = { ACCESSIBILITY: null, MEANING: null, INTEREST: null };

const mostStars = 5;
const dayMs = 86_400_000;
const changeDays = 14;

/** Fewest cards whose answers are read together, and by which two averages of a venue differ. Source: issue 5; domain.md "Statistics". */
export const fewestCards = 5;

/** Throws BAD_INPUT: whole stars from 0 to 5 or null, and at least one answer. */
export function checkStars(stars: RatingStars): void {
  for (const category of ratingCategories) {
    const given = stars[category];
    if (given === null || (Number.isInteger(given) && given >= 0 && given <= mostStars)) continue;
    throw badInput(`${category} is a whole number of stars from 0 to ${mostStars}, or null.`, {
      field: category.toLowerCase(),
      most: mostStars,
    });
  }
  if (ratingCategories.every((category) => stars[category] === null)) {
    throw badInput('A rating answers at least one of accessibility, meaning and interest.', {
      field: 'accessibility',
    });
  }
}

/** The moment from which a rating stays as it is: 14 days after it was first given. */
export function ratingClosesAt(ratedAt: IsoInstant): IsoInstant {
  return new Date(Date.parse(ratedAt) + changeDays * dayMs).toISOString();
}

export type RatingRefusalCode = 'NOT_OVER' | 'RATING_CLOSED' | 'REDEMPTION_CANCELLED';

/**
 * Whether a redemption may be rated, or its rating changed, now: once the performance is over (NOT_OVER), while the
 * redemption is valid (REDEMPTION_CANCELLED), and for 14 days from the first answer on (RATING_CLOSED). Null: it may.
 */
export function rateRefusal(
  redemption: Pick<Redemption, 'status'>,
  { endsAt }: Pick<Performance, 'endsAt'>,
  ratedAt: IsoInstant | null,
  now: IsoInstant,
): Refusal<RatingRefusalCode> | null {
  if (redemption.status === 'CANCELLED') return refuse('REDEMPTION_CANCELLED');
  if (now < endsAt) return refuse('NOT_OVER', { endsAt });
  if (ratedAt === null) return null;
  const closedAt = ratingClosesAt(ratedAt);
  return now < closedAt ? null : refuse('RATING_CLOSED', { ratedAt, closedAt, days: changeDays });
}

/** All that a venue sees of one category. */
export interface RatingAverage {
  readonly category: RatingCategory;
  /** Stars, rounded to tenths; null: too few cards have answered. */
  readonly average: number | null;
  /** As many answers as it is drawn from; null with it. */
  readonly answers: number | null;
  /** The day on which it was drawn: the moment would tell with whose answer. Null with it. */
  readonly asOf: LocalDate | null;
  readonly reason: 'TOO_FEW_ANSWERS' | null;
}

/** The sum and the number of answers as they were last drawn, in the words of the venue. */
export function averageShown(
  category: RatingCategory,
  drawn: { readonly answers: number; readonly stars: number; readonly asOf: IsoInstant | null } | null,
): RatingAverage {
  if (!drawn || drawn.asOf === null || drawn.answers < fewestCards) {
    return { category, average: null, answers: null, asOf: null, reason: 'TOO_FEW_ANSWERS' };
  }
  const { answers, stars, asOf } = drawn;
  return {
    category,
    average: Math.round((10 * stars) / answers) / 10,
    answers,
    asOf: localDate(asOf),
    reason: null,
  };
}

/** Whether an average is drawn anew: as many cards have said something new as are ever read together. */
export function drawsAnew(cardsWithNews: number): boolean {
  return cardsWithNews >= fewestCards;
}
