import { sql } from 'kysely';
import { readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { countsInCap, ticketLineTypes, type TicketLine } from '../domain/lines.ts';
import type { RecountedRedemption } from '../domain/ledger.ts';
import type { CancelledBy, Redemption } from '../domain/redemption.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import type { RedemptionTable } from './tables.ts';

export interface NewRedemption {
  readonly redemption: Redemption;
  readonly seenKey: string | null;
}

/** Stores a redemption. False: the same card has a valid one under this seen key, and nothing was stored. */
export async function insertRedemption(
  trx: VenuesTransaction,
  { redemption, seenKey }: NewRedemption,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('redemption')
    .values(toRow(redemption, seenKey))
    .onConflict((oc) => oc.column('seen_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return false;
  const lines = redemption.lines.map(({ type, count }) => ({ redemption_id: redemption.id, type, count }));
  await trx.insertInto('redemption_line').values(lines).execute();
  return true;
}

/** Marks a redemption cancelled and lets its card come again. False: it was cancelled already. */
export async function markCancelled(
  trx: VenuesTransaction,
  id: string,
  by: CancelledBy,
  at: IsoInstant,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('redemption')
    .set({ status: 'CANCELLED', cancelled_at: at, cancelled_by: by, seen_key: null })
    .where('id', '=', id)
    .where('status', '=', 'VALID')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export async function findRedemptions(db: VenuesReader, ids: readonly string[]): Promise<Redemption[]> {
  const rows = await db.selectFrom('redemption').selectAll().where('id', 'in', ids).execute();
  return withLines(db, rows);
}

/** The valid redemptions of a performance, for cancelling them all. */
export async function findValidOf(db: VenuesReader, performanceId: string): Promise<Redemption[]> {
  const rows = await db
    .selectFrom('redemption')
    .selectAll()
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'VALID')
    .orderBy('id')
    .execute();
  return withLines(db, rows);
}

/** A card's redemptions, the newest first. */
export async function listOfCard(
  db: VenuesReader,
  cardId: string,
  args: PageArgs,
): Promise<Page<Redemption>> {
  const page = await readPage(db.selectFrom('redemption').selectAll().where('card_id', '=', cardId), {
    args,
    order: [
      { column: 'recorded_at', as: 'recorded_at', direction: 'desc' },
      { column: 'id', as: 'id', direction: 'desc' },
    ],
  });
  return { ...page, items: await withLines(db, page.items) };
}

/** Every redemption of these performances, counted anew from its ticket lines. */
export async function recount(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<(RecountedRedemption & { readonly performanceId: string })[]> {
  const counting = ticketLineTypes.filter((type) => countsInCap[type]);
  const rows = await db
    .selectFrom('redemption')
    .leftJoin('redemption_line', 'redemption_line.redemption_id', 'redemption.id')
    .where('redemption.performance_id', 'in', performanceIds)
    .groupBy(['redemption.id', 'redemption.performance_id', 'redemption.status'])
    .select(['redemption.id', 'redemption.performance_id', 'redemption.status'])
    .select((eb) =>
      sql<number>`sum(case when ${eb('redemption_line.type', 'in', counting)} then ${eb.ref('redemption_line.count')} else 0 end)`.as(
        'counted',
      ),
    )
    .orderBy('redemption.id')
    .execute();
  return rows.map((row) => ({
    performanceId: row.performance_id,
    id: row.id,
    valid: row.status === 'VALID',
    counted: row.counted,
  }));
}

async function withLines(db: VenuesReader, rows: readonly RedemptionTable[]): Promise<Redemption[]> {
  const found = await db
    .selectFrom('redemption_line')
    .selectAll()
    .where(
      'redemption_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const lines = new Map<string, TicketLine[]>(rows.map(({ id }) => [id, []]));
  for (const { redemption_id, type, count } of found) lines.get(redemption_id)?.push({ type, count });
  const order = ({ type }: TicketLine): number => ticketLineTypes.indexOf(type);
  return rows.map((row) =>
    fromRow(
      row,
      (lines.get(row.id) ?? []).sort((a, b) => order(a) - order(b)),
    ),
  );
}

export function toRow(redemption: Redemption, seenKey: string | null): RedemptionTable {
  return {
    id: redemption.id,
    card_id: redemption.cardId,
    card_kind: redemption.cardKind,
    performance_id: redemption.performanceId,
    offering_id: redemption.offeringId,
    venue_id: redemption.venueId,
    seen_key: seenKey,
    tickets: redemption.tickets,
    counted: redemption.counted,
    status: redemption.status,
    recorded_at: redemption.recordedAt,
    cancelled_at: redemption.cancelledAt,
    cancelled_by: redemption.cancelledBy,
  };
}

function fromRow(row: RedemptionTable, lines: readonly TicketLine[]): Redemption {
  return {
    kind: 'redemption',
    id: row.id,
    cardId: row.card_id,
    cardKind: row.card_kind,
    performanceId: row.performance_id,
    offeringId: row.offering_id,
    venueId: row.venue_id,
    lines,
    tickets: row.tickets,
    counted: row.counted,
    status: row.status,
    recordedAt: row.recorded_at,
    cancelledAt: row.cancelled_at,
    cancelledBy: row.cancelled_by,
  };
}
