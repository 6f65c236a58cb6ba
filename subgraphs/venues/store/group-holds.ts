import type { VenuesReader, VenuesTransaction } from './database.ts';
import { findHolds, openHoldsOf, type Hold } from './holds.ts';

/** An open hold as its venue sees it. */
export interface NamedHold extends Hold {
  /** The organisation of a known group; null: it is kept for somebody else. */
  readonly label: string | null;
}

export async function insertGroupHold(
  trx: VenuesTransaction,
  row: { holdId: string; venueId: string; requestId: string; label: string },
): Promise<void> {
  const { holdId, venueId, requestId, label } = row;
  await trx
    .insertInto('group_hold')
    .values({ hold_id: holdId, venue_id: venueId, request_id: requestId, label })
    .execute();
}

/** The hold that this venue opened with this key. */
export async function findGroupHoldBy(
  db: VenuesReader,
  venueId: string,
  requestId: string,
): Promise<NamedHold | null> {
  const row = await db
    .selectFrom('group_hold')
    .select('hold_id')
    .where('venue_id', '=', venueId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? findNamedHold(db, row.hold_id) : null;
}

export async function findNamedHold(db: VenuesReader, id: string): Promise<NamedHold | null> {
  const [hold] = await withLabels(db, await findHolds(db, [id]));
  return hold ?? null;
}

/** The open holds of these performances, the oldest first: of every kind, since each takes places from others. */
export async function findOpenHolds(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<NamedHold[]> {
  return withLabels(db, await openHoldsOf(db, performanceIds));
}

/** Labels of the holds that have one. */
async function withLabels(db: VenuesReader, holds: readonly Hold[]): Promise<NamedHold[]> {
  const rows = await db
    .selectFrom('group_hold')
    .select(['hold_id', 'label'])
    .where(
      'hold_id',
      'in',
      holds.map(({ id }) => id),
    )
    .execute();
  const labels = new Map(rows.map(({ hold_id, label }) => [hold_id, label]));
  return holds.map((hold) => ({ ...hold, label: labels.get(hold.id) ?? null }));
}
