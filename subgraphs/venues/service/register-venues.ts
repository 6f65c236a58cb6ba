import type { NewGenre, NewVenue } from '../domain/catalogue.ts';
import { insertGenres, insertVenues } from '../store/catalogue.ts';
import type { VenuesDatabase } from '../store/database.ts';

export type { NewGenre, NewVenue };

/**
 * Registers venues; those whose id is already there stay as they are. Returns how many were new.
 * For the catalogue loader (SYSTEM): no viewer reaches it from outside.
 */
export async function registerVenues(database: VenuesDatabase, venues: readonly NewVenue[]): Promise<number> {
  return database.write((trx) => insertVenues(trx, venues));
}

/** Registers genres, parents before their sub-genres. Returns how many were new. */
export async function registerGenres(database: VenuesDatabase, genres: readonly NewGenre[]): Promise<number> {
  return database.write((trx) => insertGenres(trx, genres));
}
