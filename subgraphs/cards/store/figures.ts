import type { CardsReader } from './database.ts';

export interface IssuedInYear {
  readonly issuerId: string;
  readonly year: number;
  readonly cards: number;
}

/** How many cards these issuers gave in these years, in one grouped query; a pair without cards is left out. */
export async function countIssued(
  db: CardsReader,
  issuerIds: readonly string[],
  years: readonly number[],
): Promise<IssuedInYear[]> {
  const rows = await db
    .selectFrom('card')
    .select((eb) => ['issuer_id', 'issued_year', eb.fn.countAll<number>().as('cards')])
    .where('issuer_id', 'in', issuerIds)
    .where('issued_year', 'in', years)
    .groupBy(['issuer_id', 'issued_year'])
    .execute();
  return rows.map((row) => ({ issuerId: row.issuer_id, year: row.issued_year, cards: row.cards }));
}
