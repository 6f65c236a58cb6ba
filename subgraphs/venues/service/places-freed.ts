import type { IsoInstant } from '../../platform/units.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { promoteLine } from './waiting-promote.ts';

/**
 * Called wherever places of a performance come back: a ticket cancelled, a hold released or over, a cap raised or taken
 * away. It runs in the same transaction, after the counter says so and while its row is locked, so it locks neither a
 * request key nor a card. Whoever calls rings the performance after the commit.
 */
export async function placesFreed(
  trx: VenuesTransaction,
  performanceId: string,
  at: IsoInstant,
): Promise<void> {
  await promoteLine(trx, performanceId, at);
}
