import type { VenuesTransaction } from './database.ts';

/**
 * Passes, visits and fees of one registration become those of another; what both have covered in a year is added up. Both
 * cards are locked.
 */
export async function mergeVisits(trx: VenuesTransaction, from: string, into: string): Promise<void> {
  for (const table of ['card_pass', 'visit', 'fee_use'] as const) {
    await trx.updateTable(table).set({ card_id: into }).where('card_id', '=', from).execute();
  }
  const years = await trx.deleteFrom('fee_year').where('card_id', '=', from).returningAll().execute();
  for (const year of years) {
    await trx
      .insertInto('fee_year')
      .values({ ...year, card_id: into })
      .onConflict((oc) =>
        oc.columns(['card_id', 'offering_id', 'fee_kind', 'year']).doUpdateSet((eb) => ({
          covered_cents: eb('fee_year.covered_cents', '+', year.covered_cents),
        })),
      )
      .execute();
  }
}
