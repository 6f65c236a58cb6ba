import type { Booked, BookingFacts } from '../domain/booking.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/**
 * Where a card is counted, its row locked until the end of the transaction: two consumers may hear of one card at once.
 * On both engines an insert that meets its own row locks it.
 */
export async function lockBooking(trx: CardsTransaction, cardId: string): Promise<Booked> {
  const { cells } = await trx
    .insertInto('card_booking')
    .values({ card_id: cardId, cells: '{}' })
    .onConflict((conflict) =>
      conflict.column('card_id').doUpdateSet((eb) => ({ cells: eb.ref('card_booking.cells') })),
    )
    .returning('cells')
    .executeTakeFirstOrThrow();
  return JSON.parse(cells) as Booked;
}

export async function saveBooking(trx: CardsTransaction, cardId: string, booked: Booked): Promise<void> {
  await trx
    .updateTable('card_booking')
    .set({ cells: JSON.stringify(booked) })
    .where('card_id', '=', cardId)
    .execute();
}

export interface CardToBook extends BookingFacts {
  readonly id: string;
  readonly issuerId: string;
  /** '' for none. */
  readonly networkId: string;
}

/** What of these cards counts; those that are not in the register are left out. */
export async function factsToBook(db: CardsReader, ids: readonly string[]): Promise<CardToBook[]> {
  if (ids.length === 0) return [];
  const cards = await db
    .selectFrom('card')
    .leftJoin('issuer', 'issuer.id', 'card.issuer_id')
    .select(['card.id', 'card.issuer_id', 'card.status', 'card.issued_on', 'card.valid_until'])
    .select('issuer.network_id')
    .select((eb) =>
      eb
        .selectFrom('card_period')
        .select('handed_on')
        .whereRef('card_period.card_id', '=', 'card.id')
        .orderBy('seq', 'desc')
        .limit(1)
        .as('since'),
    )
    .where('card.id', 'in', ids)
    .execute();
  const months = await db
    .selectFrom('card_month')
    .select(['card_id', 'month', 'uses'])
    .where('card_id', 'in', ids)
    .execute();
  const usesOf = new Map<string, { month: string; uses: number }[]>();
  for (const { card_id, month, uses } of months) {
    const list = usesOf.get(card_id) ?? [];
    list.push({ month, uses });
    usesOf.set(card_id, list);
  }
  return cards.map((card) => ({
    id: card.id,
    issuerId: card.issuer_id,
    networkId: card.network_id ?? '',
    status: card.status,
    issuedOn: card.issued_on,
    since: card.since ?? card.issued_on,
    validUntil: card.valid_until,
    uses: usesOf.get(card.id) ?? [],
  }));
}
