import { cellsOf, rebook, type BookingChange } from '../domain/booking.ts';
import { factsToBook, lockBooking, saveBooking } from '../store/bookings.ts';
import type { CardsTransaction } from '../store/database.ts';
import { applyFigure, applyStanding } from '../store/figure-deltas.ts';

/**
 * Brings the counters up to what a card now is: valid, used, merged. They differ by exactly what changed since the last
 * time, so it may be called after every change, also twice, also late. A card that is not in the register is left alone.
 */
export async function bookCard(trx: CardsTransaction, cardId: string): Promise<void> {
  const before = await lockBooking(trx, cardId);
  const [card] = await factsToBook(trx, [cardId]);
  if (!card) return;
  const { issuerId, networkId } = card;
  const { changes, booked } = rebook(before, cellsOf(card), { issuerId, networkId });
  if (changes.length === 0) return;
  for (const change of changes) await apply(trx, change);
  await saveBooking(trx, cardId, booked);
}

async function apply(
  trx: CardsTransaction,
  { cell, issuerId, networkId, delta }: BookingChange,
): Promise<void> {
  if (cell.kind === 'MONTH') {
    const { month, figure } = cell;
    await applyFigure(trx, { issuerId, networkId, month, figure, delta });
  } else {
    const { validUntil, since, used } = cell;
    await applyStanding(trx, { issuerId, networkId, validUntil, since, used }, delta);
  }
}
