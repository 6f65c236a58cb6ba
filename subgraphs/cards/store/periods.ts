import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** One issue or renewal of a registration. */
export interface CardPeriod {
  readonly event: 'ISSUED' | 'RENEWED';
  readonly issuerId: string;
  readonly handedOn: LocalDate;
  /** When it was typed in: later than the handover for a form on paper. */
  readonly enteredAt: IsoInstant;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate;
}

/** Adds a period after those that are there. The card's row must be locked, so that two renewals do not take one number. */
export async function appendPeriod(trx: CardsTransaction, cardId: string, period: CardPeriod): Promise<void> {
  const { last } = await trx
    .selectFrom('card_period')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('card_id', '=', cardId)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('card_period')
    .values({
      card_id: cardId,
      seq: (last ?? 0) + 1,
      event: period.event,
      issuer_id: period.issuerId,
      handed_on: period.handedOn,
      entered_at: period.enteredAt,
      valid_from: period.validFrom,
      valid_until: period.validUntil,
    })
    .execute();
}

/** The periods of these cards, the first one first, under the card's id. */
export async function findPeriods(
  db: CardsReader,
  cardIds: readonly string[],
): Promise<Map<string, CardPeriod[]>> {
  const rows = await db
    .selectFrom('card_period')
    .selectAll()
    .where('card_id', 'in', cardIds)
    .orderBy('card_id')
    .orderBy('seq')
    .execute();
  const periods = new Map<string, CardPeriod[]>(cardIds.map((id) => [id, []]));
  for (const row of rows) {
    periods.get(row.card_id)?.push({
      event: row.event,
      issuerId: row.issuer_id,
      handedOn: row.handed_on,
      enteredAt: row.entered_at,
      validFrom: row.valid_from,
      validUntil: row.valid_until,
    });
  }
  return periods;
}
