import type { Cents, IsoInstant } from '../../platform/units.ts';
import type { FeeUse } from '../domain/fee-use.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import type { FeeUseTable } from './tables-passes.ts';

export type FeeYearKey = Pick<FeeUse, 'cardId' | 'offeringId' | 'feeKind' | 'year'>;

/**
 * Adds to what a card has covered in a year, if it stays within the limit: the guard is in the update itself. False: it
 * would not. `perYearCents` null: there is no limit.
 */
export async function coverFee(
  trx: VenuesTransaction,
  key: FeeYearKey,
  cents: Cents,
  perYearCents: Cents | null,
): Promise<boolean> {
  await beginFeeYear(trx, key);
  const moved = await trx
    .updateTable('fee_year')
    .set((eb) => ({ covered_cents: eb('covered_cents', '+', cents) }))
    .where('card_id', '=', key.cardId)
    .where('offering_id', '=', key.offeringId)
    .where('fee_kind', '=', key.feeKind)
    .where('year', '=', key.year)
    .$if(perYearCents !== null, (query) =>
      query.where((eb) => eb(eb('covered_cents', '+', cents), '<=', perYearCents ?? 0)),
    )
    .returning('covered_cents')
    .executeTakeFirst();
  return moved !== undefined;
}

async function beginFeeYear(
  trx: VenuesTransaction,
  { cardId, offeringId, feeKind, year }: FeeYearKey,
): Promise<void> {
  await trx
    .insertInto('fee_year')
    .values({ card_id: cardId, offering_id: offeringId, fee_kind: feeKind, year, covered_cents: 0 })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** What a card has covered of one fee in a year, in cents. */
export async function coveredInYear(
  db: VenuesReader,
  { cardId, offeringId, feeKind, year }: FeeYearKey,
): Promise<Cents> {
  const row = await db
    .selectFrom('fee_year')
    .select('covered_cents')
    .where('card_id', '=', cardId)
    .where('offering_id', '=', offeringId)
    .where('fee_kind', '=', feeKind)
    .where('year', '=', year)
    .executeTakeFirst();
  return row?.covered_cents ?? 0;
}

export async function insertFeeUse(trx: VenuesTransaction, use: FeeUse, requestId: string): Promise<void> {
  await trx
    .insertInto('fee_use')
    .values({
      id: use.id,
      venue_id: use.venueId,
      offering_id: use.offeringId,
      card_id: use.cardId,
      fee_kind: use.feeKind,
      cents: use.cents,
      covered_cents: use.coveredCents,
      year: use.year,
      recorded_at: use.recordedAt,
      request_id: requestId,
      status: use.status,
      cancelled_at: use.cancelledAt,
    })
    .execute();
}

export async function findFeeUse(db: VenuesReader, id: string): Promise<FeeUse | null> {
  const row = await db.selectFrom('fee_use').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toFeeUse(row) : null;
}

/** A fee is not covered after all, and the year of its card has the cents back. Null: it was undone already. */
export async function undoFeeUse(trx: VenuesTransaction, id: string, at: IsoInstant): Promise<FeeUse | null> {
  const row = await trx
    .updateTable('fee_use')
    .set({ status: 'CANCELLED', cancelled_at: at })
    .where('id', '=', id)
    .where('status', '=', 'VALID')
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  await trx
    .updateTable('fee_year')
    .set((eb) => ({ covered_cents: eb('covered_cents', '-', row.covered_cents) }))
    .where('card_id', '=', row.card_id)
    .where('offering_id', '=', row.offering_id)
    .where('fee_kind', '=', row.fee_kind)
    .where('year', '=', row.year)
    .execute();
  return toFeeUse(row);
}

/** The fee that this venue recorded with this key. */
export async function findFeeUseBy(
  db: VenuesReader,
  venueId: string,
  requestId: string,
): Promise<FeeUse | null> {
  const row = await db
    .selectFrom('fee_use')
    .selectAll()
    .where('venue_id', '=', venueId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? toFeeUse(row) : null;
}

function toFeeUse(row: FeeUseTable): FeeUse {
  return {
    kind: 'feeUse',
    id: row.id,
    venueId: row.venue_id,
    offeringId: row.offering_id,
    cardId: row.card_id,
    feeKind: row.fee_kind,
    cents: row.cents,
    coveredCents: row.covered_cents,
    year: row.year,
    recordedAt: row.recorded_at,
    status: row.status,
    cancelledAt: row.cancelled_at,
  };
}
