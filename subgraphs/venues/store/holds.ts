import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { RecountedHold } from '../domain/ledger.ts';
import type { HoldKind, HoldStatus } from '../domain/words.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { holdPlaces, releasePlaces, type Counter } from './ledger.ts';
import type { HoldTable } from './tables-holds.ts';

/** Places of one performance kept for somebody until a moment. */
export interface Hold {
  readonly id: string;
  readonly performanceId: string;
  readonly venueId: string;
  readonly kind: HoldKind;
  /** As many as were kept at first. */
  readonly places: TicketCount;
  /** As many as are kept still. */
  readonly remaining: TicketCount;
  readonly status: HoldStatus;
  readonly openedAt: IsoInstant;
  readonly expiresAt: IsoInstant;
  readonly closedAt: IsoInstant | null;
}

export type NewHold = Pick<Hold, 'id' | 'performanceId' | 'venueId' | 'kind' | 'places' | 'expiresAt'>;

/** Keeps free places, all or none. Null: there are not so many, and nothing changed. */
export async function openHold(
  trx: VenuesTransaction,
  hold: NewHold,
  at: IsoInstant,
): Promise<Counter | null> {
  const { id, performanceId, venueId, kind, places, expiresAt } = hold;
  const counter = await holdPlaces(trx, performanceId, { holdId: id, places }, at);
  if (!counter) return null;
  await trx
    .insertInto('hold')
    .values({
      id,
      performance_id: performanceId,
      venue_id: venueId,
      kind,
      places,
      remaining: places,
      status: 'OPEN',
      opened_at: at,
      expires_at: expiresAt,
      closed_at: null,
    })
    .execute();
  return counter;
}

/**
 * Takes places out of a hold that is open and not over; the caller takes them from the counter in the same transaction
 * (`takePlaces`, with `from`). False: it has not so many, and nothing changed.
 */
export async function useHold(
  trx: VenuesTransaction,
  { holdId, places, at }: { readonly holdId: string; readonly places: TicketCount; readonly at: IsoInstant },
): Promise<boolean> {
  const used = await trx
    .updateTable('hold')
    .set((eb) => ({ remaining: eb('remaining', '-', places) }))
    .where('id', '=', holdId)
    .where('status', '=', 'OPEN')
    .where('expires_at', '>', at)
    .where('remaining', '>=', places)
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}

/** Closes a hold and gives back what it has left. Null: it was closed already, and nothing changed. */
export async function closeHold(trx: VenuesTransaction, id: string, at: IsoInstant): Promise<Hold | null> {
  const row = await trx
    .updateTable('hold')
    .set({ status: 'CLOSED', closed_at: at })
    .where('id', '=', id)
    .where('status', '=', 'OPEN')
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  const hold = toHold(row);
  if (hold.remaining > 0) {
    await trx.updateTable('hold').set({ remaining: 0 }).where('id', '=', id).execute();
    const given = { holdId: id, places: hold.remaining };
    await releasePlaces(trx, hold.performanceId, given, at);
  }
  return { ...hold, remaining: 0 };
}

/** A hold as it is, locked until the end of the transaction: nobody uses or closes it meanwhile. */
export async function lockHold(trx: VenuesTransaction, id: string): Promise<Hold | null> {
  const row = await trx
    .updateTable('hold')
    .set((eb) => ({ remaining: eb.ref('remaining') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ? toHold(row) : null;
}

/** The open holds of a performance stay as they are until the transaction ends. */
export async function lockHoldsOf(trx: VenuesTransaction, performanceId: string): Promise<void> {
  await trx
    .updateTable('hold')
    .set((eb) => ({ remaining: eb.ref('remaining') }))
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'OPEN')
    .execute();
}

/**
 * Open holds of a performance are over from this moment on at the latest. Before the counter is locked: holds come before
 * it. Their places come back when they are closed, which whoever finds them over does.
 */
export async function endHolds(
  trx: VenuesTransaction,
  performanceId: string,
  moment: IsoInstant,
  kind?: HoldKind,
): Promise<void> {
  let query = trx
    .updateTable('hold')
    .set({ expires_at: moment })
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'OPEN')
    .where('expires_at', '>', moment);
  if (kind) query = query.where('kind', '=', kind);
  await query.execute();
}

export async function findHolds(db: VenuesReader, ids: readonly string[]): Promise<Hold[]> {
  const rows = await db.selectFrom('hold').selectAll().where('id', 'in', ids).execute();
  return rows.map(toHold);
}

/** The open holds of a performance or of several, the oldest first. */
export async function openHoldsOf(
  db: VenuesReader,
  performanceId: string | readonly string[],
  kind?: HoldKind,
): Promise<Hold[]> {
  let query = db
    .selectFrom('hold')
    .selectAll()
    .where('performance_id', 'in', typeof performanceId === 'string' ? [performanceId] : performanceId)
    .where('status', '=', 'OPEN');
  if (kind) query = query.where('kind', '=', kind);
  return (await query.orderBy('id').execute()).map(toHold);
}

/** Open holds whose time is over, the longest over first, without the first `skip`; of one performance or of all. */
export async function expiredHolds(
  db: VenuesReader,
  now: IsoInstant,
  most: number,
  { performanceId, skip = 0 }: { readonly performanceId?: string; readonly skip?: number } = {},
): Promise<Hold[]> {
  let query = db.selectFrom('hold').selectAll().where('status', '=', 'OPEN').where('expires_at', '<=', now);
  if (performanceId !== undefined) query = query.where('performance_id', '=', performanceId);
  const rows = await query.orderBy('expires_at').orderBy('id').limit(most).offset(skip).execute();
  return rows.map(toHold);
}

/** What the holds of these performances say they keep, for the ledger's check. */
export async function recountHolds(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<(RecountedHold & { readonly performanceId: string })[]> {
  const rows = await db
    .selectFrom('hold')
    .select(['id', 'performance_id', 'remaining'])
    .where('performance_id', 'in', performanceIds)
    .execute();
  return rows.map(({ id, performance_id, remaining }) => ({
    id,
    performanceId: performance_id,
    left: remaining,
  }));
}

function toHold(row: HoldTable): Hold {
  return {
    id: row.id,
    performanceId: row.performance_id,
    venueId: row.venue_id,
    kind: row.kind,
    places: row.places,
    remaining: row.remaining,
    status: row.status,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
    closedAt: row.closed_at,
  };
}
