import type { CardsReader, CardsTransaction } from './database.ts';
import type { WellbeingFirstTable, WellbeingMeasure, WellbeingTallyTable } from './tables-figures.ts';

/** A holder's first answer, under its pseudonym. */
export type WellbeingFirst = WellbeingFirstTable;

export interface Pool {
  readonly networkId: string;
  readonly year: number;
}

/**
 * Counts one who was asked. It comes first in its transaction: its row is the lock under which the answers of a network
 * and year are released.
 */
export async function countAsked(
  trx: CardsTransaction,
  { networkId, year }: Pool,
  occasion: WellbeingTallyTable['occasion'],
  did: 'answered' | 'declined',
): Promise<void> {
  const row = { network_id: networkId, year, occasion, answered: 0, declined: 0, [did]: 1 };
  await trx
    .insertInto('wellbeing_tally')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['year', 'network_id', 'occasion'])
        .doUpdateSet((eb) => ({ [did]: eb(`wellbeing_tally.${did}`, '+', 1) })),
    )
    .execute();
}

/** Puts one answer to those that wait, and releases them all when there are `batch` of them: never fewer at a time. */
export async function addAnswer(
  trx: CardsTransaction,
  { networkId, year }: Pool,
  measure: WellbeingMeasure,
  value: number,
  batch: number,
): Promise<void> {
  await trx
    .insertInto('wellbeing_pool')
    .values({ network_id: networkId, year, measure, value, waiting: 1, released: 0 })
    .onConflict((conflict) =>
      conflict
        .columns(['year', 'network_id', 'measure', 'value'])
        .doUpdateSet((eb) => ({ waiting: eb('wellbeing_pool.waiting', '+', 1) })),
    )
    .execute();
  const { waiting } = await trx
    .selectFrom('wellbeing_pool')
    .select((eb) => eb.fn.sum<number>('waiting').as('waiting'))
    .where('year', '=', year)
    .where('network_id', '=', networkId)
    .where('measure', '=', measure)
    .executeTakeFirstOrThrow();
  if (waiting < batch) return;
  await trx
    .updateTable('wellbeing_pool')
    .set((eb) => ({ released: eb('released', '+', eb.ref('waiting')), waiting: 0 }))
    .where('year', '=', year)
    .where('network_id', '=', networkId)
    .where('measure', '=', measure)
    .execute();
}

/** Keeps a holder's first answer; a later one does not replace it. */
export async function keepFirst(trx: CardsTransaction, first: WellbeingFirstTable): Promise<void> {
  await trx
    .insertInto('wellbeing_first')
    .values(first)
    .onConflict((conflict) => conflict.column('pseudonym').doNothing())
    .execute();
}

export async function findFirst(
  db: CardsReader,
  pseudonyms: readonly string[],
): Promise<WellbeingFirstTable | null> {
  const row = await db
    .selectFrom('wellbeing_first')
    .selectAll()
    .where('pseudonym', 'in', pseudonyms)
    .executeTakeFirst();
  return row ?? null;
}

/** Forgets whose the first answer was. True: there was one. */
export async function forgetFirst(trx: CardsTransaction, pseudonyms: readonly string[]): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('wellbeing_first')
    .where('pseudonym', 'in', pseudonyms)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export interface PooledAnswers extends Pool {
  readonly measure: WellbeingMeasure;
  readonly value: number;
  readonly answers: number;
}

/** The released answers of a year: of one network, or with null of all that have any. */
export async function releasedAnswers(
  db: CardsReader,
  year: number,
  networkId: string | null,
): Promise<PooledAnswers[]> {
  let query = db
    .selectFrom('wellbeing_pool')
    .select(['network_id', 'measure', 'value', 'released'])
    .where('year', '=', year)
    .where('released', '>', 0);
  if (networkId !== null) query = query.where('network_id', '=', networkId);
  const rows = await query.execute();
  return rows.map((row) => ({
    networkId: row.network_id,
    year,
    measure: row.measure,
    value: row.value,
    answers: row.released,
  }));
}

export type Tally = Pick<WellbeingTallyTable, 'occasion' | 'answered' | 'declined'>;

/** How many were asked in a year, by occasion; with null in all networks. */
export async function tallies(db: CardsReader, year: number, networkId: string | null): Promise<Tally[]> {
  let query = db
    .selectFrom('wellbeing_tally')
    .select((eb) => [
      'occasion',
      eb.fn.sum<number>('answered').as('answered'),
      eb.fn.sum<number>('declined').as('declined'),
    ])
    .where('year', '=', year)
    .groupBy('occasion');
  if (networkId !== null) query = query.where('network_id', '=', networkId);
  return query.execute();
}
