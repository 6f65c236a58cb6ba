import type { NewOffering, NewPerformance } from '../domain/catalogue.ts';
import { insertOfferings } from '../store/catalogue.ts';
import type { VenuesDatabase } from '../store/database.ts';

export type { NewOffering, NewPerformance };

export interface Published {
  readonly offerings: number;
  readonly performances: number;
}

/**
 * Publishes offerings with their performances. What is already there by id stays as it is; a performance that is
 * new, also under a known offering, gets its cap counter and its first ledger entry. Returns how many were new.
 * For the season loader (SYSTEM): no viewer reaches it from outside.
 */
export async function publishOfferings(
  database: VenuesDatabase,
  offerings: readonly NewOffering[],
  now: Date,
): Promise<Published> {
  return database.write((trx) => insertOfferings(trx, offerings, now.toISOString()));
}
