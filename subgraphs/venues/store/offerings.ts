import { sql, type SelectQueryBuilder } from 'kysely';
import { containing, readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Offering, Performance } from '../domain/catalogue.ts';
import type { OfferingKind } from '../domain/words.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { toOffering, toPerformance } from './rows.ts';
import type { VenuesTables } from './tables.ts';

/** Which offerings may be shown: all, or the published ones and those of one venue. */
export type Shown = { readonly all: true } | { readonly all: false; readonly ownVenueId: string | null };

export interface OfferingFilter {
  readonly venueId?: string | null | undefined;
  readonly kind?: OfferingKind | null | undefined;
  readonly municipalityId?: string | null | undefined;
  /** A genre's id; its sub-genres count too. */
  readonly genreId?: string | null | undefined;
  readonly search?: string | null | undefined;
}

export interface PerformanceFilter {
  readonly venueId?: string | null | undefined;
  readonly offeringId?: string | null | undefined;
  /** Those that end after this moment. */
  readonly from?: IsoInstant | null | undefined;
  /** Those that start before this moment. */
  readonly to?: IsoInstant | null | undefined;
}

function onlyShown<Tables extends 'offering' | 'venue' | 'performance', Row>(
  query: SelectQueryBuilder<VenuesTables, Tables, Row>,
  shown: Shown,
): SelectQueryBuilder<VenuesTables, Tables, Row> {
  if (shown.all) return query;
  const published = sql<boolean>`offering.published = 1`;
  if (shown.ownVenueId === null) return query.where(published);
  return query.where(sql<boolean>`(${published} or offering.venue_id = ${shown.ownVenueId})`);
}

export async function findOfferings(db: VenuesReader, ids: readonly string[]): Promise<Offering[]> {
  return (await db.selectFrom('offering').selectAll().where('id', 'in', ids).execute()).map(toOffering);
}

/** Offerings in Finnish alphabetical order of their titles. */
export async function listOfferings(
  db: VenuesReader,
  filter: OfferingFilter,
  shown: Shown,
  args: PageArgs,
): Promise<Page<Offering>> {
  let query = onlyShown(
    db.selectFrom('offering').innerJoin('venue', 'venue.id', 'offering.venue_id').selectAll('offering'),
    shown,
  );
  if (filter.venueId) query = query.where('offering.venue_id', '=', filter.venueId);
  if (filter.kind) query = query.where('offering.kind', '=', filter.kind);
  if (filter.municipalityId) query = query.where('venue.municipality_id', '=', filter.municipalityId);
  if (filter.search) {
    query = query.where(sql<boolean>`offering.title_key like ${containing(filter.search)} escape '\\'`);
  }
  const { genreId } = filter;
  if (genreId) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('offering_genre')
          .innerJoin('genre', 'genre.id', 'offering_genre.genre_id')
          .select('genre.id')
          .whereRef('offering_genre.offering_id', '=', 'offering.id')
          .where((or) => or.or([or('genre.id', '=', genreId), or('genre.parent_id', '=', genreId)])),
      ),
    );
  }
  const page = await readPage(query, {
    args,
    order: [
      { column: 'offering.title_key', as: 'title_key', direction: 'asc' },
      { column: 'offering.id', as: 'id', direction: 'asc' },
    ],
  });
  return { ...page, items: page.items.map(toOffering) };
}

export async function findPerformances(db: VenuesReader, ids: readonly string[]): Promise<Performance[]> {
  return (await db.selectFrom('performance').selectAll().where('id', 'in', ids).execute()).map(toPerformance);
}

/** All dates of one offering that are still on, by their start. */
export async function findPerformancesOf(db: VenuesReader, offeringId: string): Promise<Performance[]> {
  const rows = await db
    .selectFrom('performance')
    .selectAll()
    .where('offering_id', '=', offeringId)
    .where('status', '=', 'SCHEDULED')
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return rows.map(toPerformance);
}

/** Performances by their start. */
export async function listPerformances(
  db: VenuesReader,
  filter: PerformanceFilter,
  shown: Shown,
  args: PageArgs,
): Promise<Page<Performance>> {
  let query = onlyShown(
    db
      .selectFrom('performance')
      .innerJoin('offering', 'offering.id', 'performance.offering_id')
      .selectAll('performance'),
    shown,
  );
  if (filter.venueId) query = query.where('performance.venue_id', '=', filter.venueId);
  if (filter.offeringId) query = query.where('performance.offering_id', '=', filter.offeringId);
  if (filter.from) query = query.where('performance.ends_at', '>', filter.from);
  if (filter.to) query = query.where('performance.starts_at', '<', filter.to);
  const page = await readPage(query, {
    args,
    order: [
      { column: 'performance.starts_at', as: 'starts_at', direction: 'asc' },
      { column: 'performance.id', as: 'id', direction: 'asc' },
    ],
  });
  return { ...page, items: page.items.map(toPerformance) };
}

/** The first performance of each offering that has not ended and is not cancelled. */
export async function findNextPerformances(
  db: VenuesReader,
  offeringIds: readonly string[],
  now: IsoInstant,
): Promise<Performance[]> {
  const ranked = db
    .selectFrom('performance')
    .selectAll()
    .select(sql<number>`row_number() over (partition by offering_id order by starts_at, id)`.as('place'))
    .where('offering_id', 'in', offeringIds)
    .where('ends_at', '>', now)
    .where('status', '=', 'SCHEDULED');
  const rows = await db.selectFrom(ranked.as('ranked')).selectAll().where('place', '=', 1).execute();
  return rows.map(toPerformance);
}

/** A venue's published performances that have not ended, by start: what its display shows. */
export async function findOnDisplay(
  db: VenuesReader,
  venueId: string,
  now: IsoInstant,
  most: number,
): Promise<Performance[]> {
  const rows = await db
    .selectFrom('performance')
    .innerJoin('offering', 'offering.id', 'performance.offering_id')
    .selectAll('performance')
    .where('performance.venue_id', '=', venueId)
    .where('performance.ends_at', '>', now)
    .where('offering.published', '=', 1)
    .orderBy('performance.starts_at')
    .orderBy('performance.id')
    .limit(most)
    .execute();
  return rows.map(toPerformance);
}

/** Marks a performance cancelled. False: it was already. */
export async function markPerformanceCancelled(trx: VenuesTransaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('performance')
    .set({ status: 'CANCELLED' })
    .where('id', '=', id)
    .where('status', '=', 'SCHEDULED')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Every performance's id after this one, in order: for walking through all of them. */
export async function performanceIdsAfter(
  db: VenuesReader,
  after: string,
  limit: number,
  venueId: string | null = null,
): Promise<string[]> {
  const rows = await db
    .selectFrom('performance')
    .select('id')
    .where('id', '>', after)
    .$if(venueId !== null, (query) => query.where('venue_id', '=', venueId))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
