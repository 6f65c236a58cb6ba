import type { IsoInstant } from '../../platform/units.ts';
import {
  drawsAnew,
  noStars,
  ratingCategories,
  type Rating,
  type RatingCategory,
  type RatingStars,
} from '../domain/rating.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

export async function findRatings(db: VenuesReader, redemptionIds: readonly string[]): Promise<Rating[]> {
  const [rows, answers] = [
    await db.selectFrom('rating').selectAll().where('redemption_id', 'in', redemptionIds).execute(),
    await db
      .selectFrom('rating_answer')
      .select(['redemption_id', 'category', 'stars'])
      .where('redemption_id', 'in', redemptionIds)
      .execute(),
  ];
  return rows.map(({ redemption_id, rated_at, changed_at }) => {
    const own = answers.filter((answer) => answer.redemption_id === redemption_id);
    const given = Object.fromEntries(own.map(({ category, stars }) => [category, stars]));
    return {
      redemptionId: redemption_id,
      stars: { ...noStars, ...given },
      ratedAt: rated_at,
      changedAt: changed_at,
    };
  });
}

/** Whoever rates at a venue waits here for who is before them, so that no answer slips into an average alone. */
export async function lockAverages(trx: VenuesTransaction, venueId: string): Promise<void> {
  for (const category of ratingCategories) {
    await trx
      .insertInto('rating_average')
      .values({ venue_id: venueId, category, answers: 0, stars: 0, version: 1, as_of: null })
      .onConflict((oc) =>
        oc
          .columns(['venue_id', 'category'])
          .doUpdateSet((eb) => ({ version: eb('rating_average.version', '+', 1) })),
      )
      .execute();
  }
}

/** Stores what changed. What a category says anew waits for the average until enough cards have said something. */
export async function saveRating(
  trx: VenuesTransaction,
  redemption: Redemption,
  {
    before,
    stars,
    at,
  }: { readonly before: Rating | null; readonly stars: RatingStars; readonly at: IsoInstant },
): Promise<void> {
  await trx
    .insertInto('rating')
    .values({ redemption_id: redemption.id, rated_at: at, changed_at: at })
    .onConflict((oc) => oc.column('redemption_id').doUpdateSet({ changed_at: at }))
    .execute();
  for (const category of ratingCategories) {
    if (stars[category] === (before?.stars[category] ?? null)) continue;
    await trx
      .insertInto('rating_answer')
      .values({
        redemption_id: redemption.id,
        category,
        venue_id: redemption.venueId,
        card_id: redemption.cardId,
        stars: stars[category],
        shown: 0,
      })
      .onConflict((oc) =>
        oc.columns(['redemption_id', 'category']).doUpdateSet({ stars: stars[category], shown: 0 }),
      )
      .execute();
    await drawAverage(trx, redemption.venueId, category, at);
  }
}

async function drawAverage(
  trx: VenuesTransaction,
  venueId: string,
  category: RatingCategory,
  at: IsoInstant,
): Promise<void> {
  const { cards } = await trx
    .selectFrom('rating_answer')
    .where('venue_id', '=', venueId)
    .where('category', '=', category)
    .where('shown', '=', 0)
    .select((eb) => eb.fn.count<number>('card_id').distinct().as('cards'))
    .executeTakeFirstOrThrow();
  if (!drawsAnew(Number(cards))) return;
  const { answers, stars } = await trx
    .selectFrom('rating_answer')
    .where('venue_id', '=', venueId)
    .where('category', '=', category)
    .select((eb) => [
      eb.fn.count<number>('stars').as('answers'),
      eb.fn.coalesce(eb.fn.sum<number>('stars'), eb.lit(0)).as('stars'),
    ])
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('rating_average')
    .set({ answers: Number(answers), stars: Number(stars), as_of: at })
    .where('venue_id', '=', venueId)
    .where('category', '=', category)
    .execute();
  await trx
    .updateTable('rating_answer')
    .set({ shown: 1 })
    .where('venue_id', '=', venueId)
    .where('category', '=', category)
    .where('shown', '=', 0)
    .execute();
}

export interface DrawnAverage {
  readonly venueId: string;
  readonly category: RatingCategory;
  readonly answers: number;
  readonly stars: number;
  readonly asOf: IsoInstant | null;
}

/** As they were last drawn. */
export async function findAverages(db: VenuesReader, venueId: string): Promise<DrawnAverage[]> {
  const rows = await db.selectFrom('rating_average').selectAll().where('venue_id', '=', venueId).execute();
  return rows.map(({ venue_id, category, answers, stars, as_of }) => ({
    venueId: venue_id,
    category,
    answers,
    stars,
    asOf: as_of,
  }));
}
