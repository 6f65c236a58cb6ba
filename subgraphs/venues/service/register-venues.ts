import type { NewGenre, NewVenue } from '../domain/catalogue.ts';
import { insertGenres, insertVenues } from '../store/catalogue.ts';
import { isUniqueViolation } from '../../platform/database/index.ts';
import type { VenuesDatabase, VenuesTransaction } from '../store/database.ts';

export type { NewGenre, NewVenue };

/**
 * Registers venues; those whose id is already there stay as they are. Returns how many were new.
 * For the catalogue loader (SYSTEM): no viewer reaches it from outside.
 */
export async function registerVenues(database: VenuesDatabase, venues: readonly NewVenue[]): Promise<number> {
  return writeSeeds(database, (trx) => insertVenues(trx, venues));
}

/** Registers genres, parents before their sub-genres. Returns how many were new. */
export async function registerGenres(database: VenuesDatabase, genres: readonly NewGenre[]): Promise<number> {
  return writeSeeds(database, (trx) => insertGenres(trx, genres));
}

/**
 * Two processes that load the same rows at once meet in whichever unique index PostgreSQL looks at first: a slug or a key,
 * which `on conflict (id)` does not cover. The one that lost finds the rows there the second time; two rows that really
 * differ in nothing but their id fail again.
 */
async function writeSeeds(
  database: VenuesDatabase,
  insert: (trx: VenuesTransaction) => Promise<number>,
): Promise<number> {
  try {
    return await database.write(insert);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return database.write(insert);
  }
}
