import type { RawBuilder } from 'kysely';
import { insertJsonRows, type Engine, type JsonColumns } from '../../platform/database/index.ts';
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

/**
 * insertRedemption for many, as statements. A seen key that somebody has breaks its unique index, and with it the
 * transaction.
 */
export function insertingRedemptions(
  engine: Engine,
  redemptions: readonly NewRedemption[],
): RawBuilder<never>[] {
  const rows = redemptions.map(({ redemption, seenKey }) => toRow(redemption, seenKey));
  const lines = redemptions.flatMap(({ redemption: { id, lines: ofOne } }) =>
    ofOne.map(({ type, count }) => ({ redemption_id: id, type, count })),
  );
  return [
    insertJsonRows(engine, 'redemption', redemptionColumns, rows),
    insertJsonRows(engine, 'redemption_line', lineColumns, lines),
  ];
}
