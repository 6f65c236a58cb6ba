import { sql } from 'kysely';
import { containing, readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { Genre, Venue } from '../domain/catalogue.ts';
import type { VenueKind } from '../domain/words.ts';
import type { VenuesReader } from './database.ts';
import { toGenre, toVenue } from './rows.ts';

export interface VenueFilter {
  readonly kind?: VenueKind | null | undefined;
  readonly municipalityId?: string | null | undefined;
  readonly networkId?: string | null | undefined;
  readonly search?: string | null | undefined;
}

export async function findVenues(db: VenuesReader, ids: readonly string[]): Promise<Venue[]> {
  return (await db.selectFrom('venue').selectAll().where('id', 'in', ids).execute()).map(toVenue);
}

export async function findVenueBySlug(db: VenuesReader, slug: string): Promise<Venue | null> {
  const row = await db.selectFrom('venue').selectAll().where('slug', '=', slug).executeTakeFirst();
  return row ? toVenue(row) : null;
}

/** The venues of these partners of the networks subgraph. */
export async function findVenuesOfPartners(
  db: VenuesReader,
  partnerIds: readonly string[],
): Promise<Venue[]> {
  return (await db.selectFrom('venue').selectAll().where('partner_id', 'in', partnerIds).execute()).map(
    toVenue,
  );
}

/** Venues in Finnish alphabetical order. */
export async function listVenues(
  db: VenuesReader,
  filter: VenueFilter,
  args: PageArgs,
): Promise<Page<Venue>> {
  let query = db.selectFrom('venue').selectAll();
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.municipalityId) query = query.where('municipality_id', '=', filter.municipalityId);
  if (filter.networkId) query = query.where('network_id', '=', filter.networkId);
  if (filter.search)
    query = query.where(sql<boolean>`name_key like ${containing(filter.search)} escape '\\'`);
  const page = await readPage(query, {
    args,
    order: [
      { column: 'name_key', as: 'name_key', direction: 'asc' },
      { column: 'id', as: 'id', direction: 'asc' },
    ],
  });
  return { ...page, items: page.items.map(toVenue) };
}

/** All genres, in Finnish alphabetical order: they are a few dozen. */
export async function listGenres(db: VenuesReader): Promise<Genre[]> {
  return (await db.selectFrom('genre').selectAll().orderBy('name_key').orderBy('id').execute()).map(toGenre);
}

export async function findGenresOf(
  db: VenuesReader,
  offeringIds: readonly string[],
): Promise<{ offeringId: string; genre: Genre }[]> {
  const rows = await db
    .selectFrom('offering_genre')
    .innerJoin('genre', 'genre.id', 'offering_genre.genre_id')
    .selectAll('genre')
    .select('offering_genre.offering_id')
    .where('offering_genre.offering_id', 'in', offeringIds)
    .orderBy('genre.name_key')
    .orderBy('genre.id')
    .execute();
  return rows.map((row) => ({ offeringId: row.offering_id, genre: toGenre(row) }));
}
