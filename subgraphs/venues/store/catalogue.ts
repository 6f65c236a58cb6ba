import { fold } from '../../platform/pagination.ts';
import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { NewOffering, NewPerformance, NewGenre, NewVenue } from '../domain/catalogue.ts';
import { inChunks } from './chunks.ts';
import type { VenuesTransaction } from './database.ts';
import { beginWithDefaults } from './begin-with-defaults.ts';
import { openLedgers } from './ledger.ts';
import { joinPoolsOfOfferings } from './pool-offerings.ts';
import type { GenreTable, OfferingTable, PerformanceTable, VenueTable } from './tables.ts';

/** Inserts the venues that are new by id; returns how many. A slug that another venue has is an error. */
export async function insertVenues(trx: VenuesTransaction, venues: readonly NewVenue[]): Promise<number> {
  let count = 0;
  for (const chunk of inChunks(venues.map(venueRow))) {
    const inserted = await trx
      .insertInto('venue')
      .values(chunk)
      .onConflict((oc) => oc.column('id').doNothing())
      .returning('id')
      .execute();
    count += inserted.length;
  }
  return count;
}

/** Inserts the genres that are new by id, parents first; returns how many. */
export async function insertGenres(trx: VenuesTransaction, genres: readonly NewGenre[]): Promise<number> {
  let count = 0;
  for (const chunk of inChunks(genres.map(genreRow))) {
    const inserted = await trx
      .insertInto('genre')
      .values(chunk)
      .onConflict((oc) => oc.column('id').doNothing())
      .returning('id')
      .execute();
    count += inserted.length;
  }
  return count;
}

/** Inserts what is new by id: offerings, their genres, performances with their counters and ledgers. */
export async function insertOfferings(
  trx: VenuesTransaction,
  offerings: readonly NewOffering[],
  at: IsoInstant,
): Promise<{ offerings: number; performances: number }> {
  let offeringCount = 0;
  for (const chunk of inChunks(offerings)) {
    const inserted = await trx
      .insertInto('offering')
      .values(chunk.map(offeringRow))
      .onConflict((oc) => oc.column('id').doNothing())
      .returning('id')
      .execute();
    offeringCount += inserted.length;
  }
  const genres = offerings.flatMap(({ id, genreIds }) =>
    genreIds.map((genreId) => ({ offering_id: id, genre_id: genreId })),
  );
  for (const chunk of inChunks(genres)) {
    await trx
      .insertInto('offering_genre')
      .values(chunk)
      .onConflict((oc) => oc.columns(['offering_id', 'genre_id']).doNothing())
      .execute();
  }
  return { offerings: offeringCount, performances: await insertPerformances(trx, offerings, at) };
}

async function insertPerformances(
  trx: VenuesTransaction,
  offerings: readonly NewOffering[],
  at: IsoInstant,
): Promise<number> {
  const begin = await beginWithDefaults(trx, offerings, at);
  const performances = offerings.flatMap((offering) =>
    offering.performances.map((performance) => ({ offering, performance: begin(offering, performance) })),
  );
  let count = 0;
  for (const chunk of inChunks(performances)) {
    const inserted = await trx
      .insertInto('performance')
      .values(chunk.map(({ offering, performance }) => performanceRow(offering, performance)))
      .onConflict((oc) => oc.column('id').doNothing())
      .returning('id')
      .execute();
    const isNew = new Set(inserted.map(({ id }) => id));
    const openings = chunk
      .filter(({ performance }) => isNew.has(performance.id))
      .map(({ performance, offering }) => ({
        performanceId: performance.id,
        offeringId: offering.id,
        cap: performance.cap ?? null,
      }));
    await openLedgers(trx, openings, at);
    await joinPoolsOfOfferings(trx, openings, at);
    count += openings.length;
  }
  return count;
}

/** Every printed form of a name is searched; the Finnish one leads, because it sorts. */
export function keyOf({ fi, sv, en }: Text, aliases: readonly string[] = []): string {
  return [...new Set([fi, sv, en, ...aliases].filter((value) => value !== null).map(fold))].join(' ');
}

function venueRow(venue: NewVenue): VenueTable {
  return {
    id: venue.id,
    slug: venue.slug,
    name_fi: venue.name.fi,
    name_sv: venue.name.sv,
    name_en: venue.name.en,
    name_key: keyOf(venue.name, venue.aliases),
    kind: venue.kind,
    type: venue.type,
    category: venue.category,
    municipality_id: venue.municipalityId,
    locality: venue.locality,
    network_id: venue.networkId,
    partner_id: venue.partnerId,
    pop_up_period: venue.popUpPeriod,
    aliases: JSON.stringify(venue.aliases),
    source: venue.source,
  };
}

function genreRow({ id, key, parentId, name }: NewGenre): GenreTable {
  return {
    id,
    parent_id: parentId,
    key,
    name_fi: name.fi,
    name_sv: name.sv,
    name_en: name.en,
    name_key: keyOf(name),
  };
}

function offeringRow(offering: NewOffering): OfferingTable {
  return {
    id: offering.id,
    venue_id: offering.venueId,
    kind: offering.kind,
    title_fi: offering.title.fi,
    title_sv: offering.title.sv,
    title_en: offering.title.en,
    title_key: keyOf(offering.title),
    description_fi: offering.description?.fi ?? null,
    description_sv: offering.description?.sv ?? null,
    description_en: offering.description?.en ?? null,
    published: offering.published ? 1 : 0,
    demo: offering.demo ? 1 : 0,
    once_per_production: offering.oncePerProduction ? 1 : 0,
  };
}

function performanceRow(offering: NewOffering, performance: NewPerformance): PerformanceTable {
  return {
    id: performance.id,
    offering_id: offering.id,
    venue_id: offering.venueId,
    starts_at: performance.startsAt,
    ends_at: performance.endsAt,
    status: 'SCHEDULED',
    tickets: performance.tickets,
    ticket_basis: performance.ticketBasis,
    redemption_window: performance.redemptionWindow ?? null,
    window_days: performance.windowDays ?? null,
    cancel_until_minutes: performance.cancelUntilMinutes ?? null,
  };
}
