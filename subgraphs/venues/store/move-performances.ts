import type { Performance } from '../domain/catalogue.ts';
import type { Span } from '../domain/recurrence.ts';
import { offersEndAt } from '../domain/waiting-list.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { endHolds, lockHoldsOf } from './holds.ts';
import { shortenOffers } from './waiting-entries.ts';

export interface Ticket {
  readonly redemptionId: string;
  readonly cardId: string;
  readonly performanceId: string;
}

/**
 * Holds a performance's row and its open holds until the transaction ends. Before its counter, as a cancel does, so that
 * no two changes of a performance wait for each other in a circle.
 */
export async function lockPerformance(trx: VenuesTransaction, id: string): Promise<void> {
  await trx
    .updateTable('performance')
    .set((eb) => ({ status: eb.ref('status') }))
    .where('id', '=', id)
    .execute();
  await lockHoldsOf(trx, id);
}

/**
 * Sets the time of a performance that is still on; places for groups are kept until its new start at
 * most, and offers to those who wait until a while before it. False: it is
 * cancelled, or it has this time already.
 */
export async function movePerformance(
  trx: VenuesTransaction,
  id: string,
  { startsAt, endsAt }: Span,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('performance')
    .set({ starts_at: startsAt, ends_at: endsAt })
    .where('id', '=', id)
    .where('status', '=', 'SCHEDULED')
    .where((eb) => eb.or([eb('starts_at', '!=', startsAt), eb('ends_at', '!=', endsAt)]))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return false;
  await endHolds(trx, id, startsAt, 'GROUP');
  await shortenOffers(trx, id, offersEndAt(startsAt));
  return true;
}

/** Everybody who must hear of it: the valid redemptions of these performances. */
export async function findTickets(db: VenuesReader, performanceIds: readonly string[]): Promise<Ticket[]> {
  const rows = await db
    .selectFrom('redemption')
    .select(['id', 'card_id', 'performance_id'])
    .where('performance_id', 'in', performanceIds)
    .where('status', '=', 'VALID')
    .orderBy('id')
    .execute();
  return rows.map(({ id, card_id, performance_id }) => ({
    redemptionId: id,
    cardId: card_id,
    performanceId: performance_id,
  }));
}

/** Sets what the floor of the cap is counted from. */
export async function setTickets(
  trx: VenuesTransaction,
  id: string,
  { tickets, ticketBasis }: Pick<Performance, 'tickets' | 'ticketBasis'>,
): Promise<void> {
  await trx
    .updateTable('performance')
    .set({ tickets, ticket_basis: ticketBasis })
    .where('id', '=', id)
    .execute();
}
