import type { CardsReader, CardsTransaction } from './database.ts';

/** Counts one more use of a card in a year. The card is taken into use when this is its first. */
export async function addUse(trx: CardsTransaction, cardId: string, year: number): Promise<void> {
  await trx
    .insertInto('card_year')
    .values({ card_id: cardId, year, uses: 1 })
    .onConflict((conflict) =>
      conflict.columns(['card_id', 'year']).doUpdateSet((eb) => ({ uses: eb('card_year.uses', '+', 1) })),
    )
    .execute();
}

/** Takes one use back. False when none was counted. */
export async function removeUse(trx: CardsTransaction, cardId: string, year: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('card_year')
    .set((eb) => ({ uses: eb('uses', '-', 1) }))
    .where('card_id', '=', cardId)
    .where('year', '=', year)
    .where('uses', '>', 0)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** How many uses of a card count in a year. */
export async function usesInYear(db: CardsReader, cardId: string, year: number): Promise<number> {
  const row = await db
    .selectFrom('card_year')
    .select('uses')
    .where('card_id', '=', cardId)
    .where('year', '=', year)
    .executeTakeFirst();
  return row?.uses ?? 0;
}
