import { sql } from 'kysely';
import type { CardsReader, CardsTransaction } from './database.ts';

/**
 * Adds to a card's uses of a month: 1, or -1 for one taken back. Exact in any order: when a cancel is heard of before its
 * use, the month stands at -1 until the use comes. Returns the valid uses of that year before and after.
 */
export async function changeUses(
  trx: CardsTransaction,
  cardId: string,
  month: string,
  delta: number,
): Promise<{ readonly before: number; readonly after: number }> {
  await trx
    .insertInto('card_month')
    .values({ card_id: cardId, month, uses: delta })
    .onConflict((conflict) =>
      conflict
        .columns(['card_id', 'month'])
        .doUpdateSet((eb) => ({ uses: eb('card_month.uses', '+', delta) })),
    )
    .execute();
  const year = Number(month.slice(0, 4));
  const before = await usesInYear(trx, cardId, year);
  await sumUpYears(trx, cardId, [year]);
  return { before, after: await usesInYear(trx, cardId, year) };
}

/** Two registrations were one: the uses of `from` are `into`'s from now on. */
export async function moveUses(trx: CardsTransaction, from: string, into: string): Promise<void> {
  const moved = await trx
    .deleteFrom('card_month')
    .where('card_id', '=', from)
    .returning(['month', 'uses'])
    .execute();
  for (const { month, uses } of moved) {
    await trx
      .insertInto('card_month')
      .values({ card_id: into, month, uses })
      .onConflict((conflict) =>
        conflict
          .columns(['card_id', 'month'])
          .doUpdateSet((eb) => ({ uses: eb('card_month.uses', '+', uses) })),
      )
      .execute();
  }
  const years = [...new Set(moved.map(({ month }) => Number(month.slice(0, 4))))];
  await sumUpYears(trx, from, years);
  await sumUpYears(trx, into, years);
}

/** `card_year` and `card.uses` are sums of the months; a month that stands below nought counts as nought. */
async function sumUpYears(trx: CardsTransaction, cardId: string, years: readonly number[]): Promise<void> {
  for (const year of years) {
    const { uses } = await trx
      .selectFrom('card_month')
      .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('uses'), sql<number>`0`).as('uses'))
      .where('card_id', '=', cardId)
      .where('month', '>=', `${year}-01`)
      .where('month', '<=', `${year}-12`)
      .where('uses', '>', 0)
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('card_year')
      .values({ card_id: cardId, year, uses })
      .onConflict((conflict) => conflict.columns(['card_id', 'year']).doUpdateSet({ uses }))
      .execute();
  }
  await trx
    .updateTable('card')
    .set((eb) => ({
      uses: eb
        .selectFrom('card_year')
        .select((year) => year.fn.coalesce(year.fn.sum<number>('uses'), sql<number>`0`).as('uses'))
        .where('card_year.card_id', '=', cardId),
    }))
    .where('id', '=', cardId)
    .execute();
}

/** Writes the sums of a card anew from its months. */
export async function sumUp(trx: CardsTransaction, cardId: string): Promise<void> {
  const months = await trx.selectFrom('card_month').select('month').where('card_id', '=', cardId).execute();
  await trx.deleteFrom('card_year').where('card_id', '=', cardId).execute();
  await sumUpYears(trx, cardId, [...new Set(months.map(({ month }) => Number(month.slice(0, 4))))]);
}

/** How many uses of a card count in a year. */
export async function usesInYear(db: CardsReader, cardId: string, year: number): Promise<number> {
  return (await findUsesInYear(db, [cardId], year)).get(cardId) ?? 0;
}

/** The same of many cards, under the card's id; a card without a use that year is not among them. */
export async function findUsesInYear(
  db: CardsReader,
  cardIds: readonly string[],
  year: number,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('card_year')
    .select(['card_id', 'uses'])
    .where('card_id', 'in', cardIds)
    .where('year', '=', year)
    .execute();
  return new Map(rows.map(({ card_id, uses }) => [card_id, uses]));
}
