import type { IsoInstant } from '../../platform/units.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Visit } from '../domain/visit.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import type { VisitTable } from './tables-passes.ts';

export async function insertVisit(trx: VenuesTransaction, visit: Visit, requestId: string): Promise<void> {
  await trx
    .insertInto('visit')
    .values({
      id: visit.id,
      venue_id: visit.venueId,
      offering_id: visit.offeringId,
      card_id: visit.cardId,
      pass_id: visit.passId,
      lines: JSON.stringify(visit.lines),
      tickets: visit.tickets,
      status: visit.status,
      recorded_at: visit.recordedAt,
      cancelled_at: visit.cancelledAt,
      request_id: requestId,
    })
    .execute();
}

export async function findVisit(db: VenuesReader, id: string): Promise<Visit | null> {
  const row = await db.selectFrom('visit').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toVisit(row) : null;
}

/** The visit that this venue recorded with this key. */
export async function findVisitBy(
  db: VenuesReader,
  venueId: string,
  requestId: string,
): Promise<Visit | null> {
  const row = await db
    .selectFrom('visit')
    .selectAll()
    .where('venue_id', '=', venueId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? toVisit(row) : null;
}

/** Null: it was undone already. */
export async function markUndone(trx: VenuesTransaction, id: string, at: IsoInstant): Promise<Visit | null> {
  const row = await trx
    .updateTable('visit')
    .set({ status: 'CANCELLED', cancelled_at: at })
    .where('id', '=', id)
    .where('status', '=', 'VALID')
    .returningAll()
    .executeTakeFirst();
  return row ? toVisit(row) : null;
}

function toVisit(row: VisitTable): Visit {
  return {
    kind: 'visit',
    id: row.id,
    venueId: row.venue_id,
    offeringId: row.offering_id,
    cardId: row.card_id,
    passId: row.pass_id,
    lines: JSON.parse(row.lines) as TicketLine[],
    tickets: row.tickets,
    status: row.status,
    recordedAt: row.recorded_at,
    cancelledAt: row.cancelled_at,
  };
}
