import type { IsoInstant } from '../../platform/units.ts';
import type { Offering } from '../domain/catalogue.ts';
import type { Image, OfferingFacts } from '../domain/offering-facts.ts';
import type { Terms } from '../domain/terms.ts';
import { keyOf } from './catalogue.ts';
import { inChunks } from './chunks.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import type { OfferingFactsTable } from './tables-offerings.ts';

export async function findOfferingFacts(
  db: VenuesReader,
  offeringIds: readonly string[],
): Promise<OfferingFacts[]> {
  const rows = await db
    .selectFrom('offering_facts')
    .selectAll()
    .where('offering_id', 'in', offeringIds)
    .execute();
  return rows.map(toFacts);
}

/** Which request made an offering; null: no offering, or none of a request. */
export async function findCreatedFrom(db: VenuesReader, offeringId: string): Promise<string | null> {
  const row = await db
    .selectFrom('offering_facts')
    .select('created_from')
    .where('offering_id', '=', offeringId)
    .executeTakeFirst();
  return row?.created_from ?? null;
}

/** The facts of new offerings; those that have some keep them. */
export async function insertOfferingFacts(
  trx: VenuesTransaction,
  all: readonly { readonly facts: OfferingFacts; readonly createdFrom: string | null }[],
  at: IsoInstant,
): Promise<void> {
  for (const chunk of inChunks(all)) {
    await trx
      .insertInto('offering_facts')
      .values(chunk.map(({ facts, createdFrom }) => ({ ...toRow(facts, at), created_from: createdFrom })))
      .onConflict((oc) => oc.column('offering_id').doNothing())
      .execute();
  }
}

export async function saveOfferingFacts(
  trx: VenuesTransaction,
  facts: OfferingFacts,
  at: IsoInstant,
): Promise<void> {
  const row = toRow(facts, at);
  const { offering_id: _, ...changed } = row;
  await trx
    .insertInto('offering_facts')
    .values({ ...row, created_from: null })
    .onConflict((oc) => oc.column('offering_id').doUpdateSet(changed))
    .execute();
}

/** What stands in the offering's own row, and its genres. */
export async function saveOffering(
  trx: VenuesTransaction,
  { id, title, description, published, oncePerProduction }: Offering,
  genreIds: readonly string[] | null,
): Promise<void> {
  await trx
    .updateTable('offering')
    .set({
      title_fi: title.fi,
      title_sv: title.sv,
      title_en: title.en,
      title_key: keyOf(title),
      description_fi: description?.fi ?? null,
      description_sv: description?.sv ?? null,
      description_en: description?.en ?? null,
      published: published ? 1 : 0,
      once_per_production: oncePerProduction ? 1 : 0,
    })
    .where('id', '=', id)
    .execute();
  if (genreIds === null) return;
  await trx.deleteFrom('offering_genre').where('offering_id', '=', id).execute();
  if (genreIds.length === 0) return;
  await trx
    .insertInto('offering_genre')
    .values(genreIds.map((genreId) => ({ offering_id: id, genre_id: genreId })))
    .execute();
}

/** Holds the offering's row until the transaction ends. False: no such offering. */
export async function lockOffering(trx: VenuesTransaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('offering')
    .set((eb) => ({ venue_id: eb.ref('venue_id') }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** How many performances of each offering are not cancelled. */
export async function countPerformances(
  db: VenuesReader,
  offeringIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('performance')
    .where('offering_id', 'in', offeringIds)
    .where('status', '=', 'SCHEDULED')
    .groupBy('offering_id')
    .select((eb) => ['offering_id', eb.fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.map(({ offering_id, count }) => [offering_id, Number(count)]));
}

function toRow(facts: OfferingFacts, at: IsoInstant): Omit<OfferingFactsTable, 'created_from'> {
  return {
    offering_id: facts.offeringId,
    age_from: facts.ageFrom,
    age_to: facts.ageTo,
    languages: JSON.stringify(facts.languages),
    images: JSON.stringify(facts.images),
    terms: JSON.stringify(facts.terms),
    first_published_at: facts.firstPublishedAt,
    changed_at: at,
  };
}

function toFacts(row: OfferingFactsTable): OfferingFacts {
  return {
    offeringId: row.offering_id,
    ageFrom: row.age_from,
    ageTo: row.age_to,
    languages: JSON.parse(row.languages) as string[],
    images: JSON.parse(row.images) as Image[],
    terms: JSON.parse(row.terms) as Terms,
    firstPublishedAt: row.first_published_at,
  };
}
