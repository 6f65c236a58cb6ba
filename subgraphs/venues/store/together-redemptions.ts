import { insertJsonRows, type Engine, type JsonColumns } from '../../platform/database/index.ts';
import type { VenuesTransaction } from './database.ts';
import { toRow, type NewRedemption } from './redemptions.ts';
import type { RedemptionLineTable, RedemptionTable } from './tables.ts';

const redemptionColumns: JsonColumns<RedemptionTable> = {
  id: 'text',
  card_id: 'text',
  card_kind: 'text',
  performance_id: 'text',
  offering_id: 'text',
  venue_id: 'text',
  seen_key: 'text',
  tickets: 'integer',
  counted: 'integer',
  status: 'text',
  recorded_at: 'text',
  cancelled_at: 'text',
  cancelled_by: 'text',
};

const lineColumns: JsonColumns<RedemptionLineTable> = {
  redemption_id: 'text',
  type: 'text',
  count: 'integer',
};

/** insertRedemption for many. A seen key that somebody has breaks its unique index, and with it the transaction. */
export async function insertRedemptions(
  engine: Engine,
  trx: VenuesTransaction,
  redemptions: readonly NewRedemption[],
): Promise<void> {
  const rows = redemptions.map(({ redemption, seenKey }) => toRow(redemption, seenKey));
  await insertJsonRows(engine, 'redemption', redemptionColumns, rows).execute(trx);
  const lines = redemptions.flatMap(({ redemption: { id, lines: ofOne } }) =>
    ofOne.map(({ type, count }) => ({ redemption_id: id, type, count })),
  );
  await insertJsonRows(engine, 'redemption_line', lineColumns, lines).execute(trx);
}
