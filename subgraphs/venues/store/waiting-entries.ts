import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { WaitingStatus } from '../domain/words.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { endHolds } from './holds.ts';
import type { WaitingEntryTable } from './tables-waiting.ts';

/** A family on the waiting list of a performance, and what became of it. */
export interface WaitingEntry {
  readonly id: string;
  readonly performanceId: string;
  readonly venueId: string;
  /** The card that joined. */
  readonly cardId: string;
  readonly number: number;
  readonly lines: readonly TicketLine[];
  readonly places: TicketCount;
  readonly overtaken: number;
  readonly status: WaitingStatus;
  readonly joinedAt: IsoInstant;
  readonly holdId: string | null;
  readonly offerExpiresAt: IsoInstant | null;
  readonly endedAt: IsoInstant | null;
  readonly redemptionId: string | null;
}

export type NewWaitingEntry = Pick<
  WaitingEntry,
  'id' | 'performanceId' | 'venueId' | 'cardId' | 'lines' | 'places' | 'joinedAt'
> & { readonly requestId: string };

/**
 * The end of the line; the counter's row must be locked, which keeps its numbers apart. False: this card waits there
 * already, and nothing was stored.
 */
export async function insertEntry(trx: VenuesTransaction, entry: NewWaitingEntry): Promise<boolean> {
  const last = await trx
    .selectFrom('waiting_entry')
    .select(({ fn }) => fn.max<number | null>('number').as('number'))
    .where('performance_id', '=', entry.performanceId)
    .executeTakeFirst();
  const inserted = await trx
    .insertInto('waiting_entry')
    .values({
      id: entry.id,
      performance_id: entry.performanceId,
      venue_id: entry.venueId,
      card_id: entry.cardId,
      request_id: entry.requestId,
      number: (last?.number ?? 0) + 1,
      lines: JSON.stringify(entry.lines),
      places: entry.places,
      overtaken: 0,
      status: 'WAITING',
      live_key: `${entry.performanceId}:${entry.cardId}`,
      joined_at: entry.joinedAt,
      hold_id: null,
      offer_expires_at: null,
      ended_at: null,
      redemption_id: null,
    })
    .onConflict((oc) => oc.column('live_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Who waits for a performance, the first in line first: without those who have an offer. */
export function waitingLine(db: VenuesReader, performanceId: string): Promise<WaitingEntry[]> {
  return entriesAt(db, performanceId, ['WAITING']);
}

/** The same with those who have an offer. */
export function stillInLine(db: VenuesReader, performanceId: string): Promise<WaitingEntry[]> {
  return entriesAt(db, performanceId, ['WAITING', 'OFFERED']);
}

async function entriesAt(
  db: VenuesReader,
  performanceId: string,
  statuses: readonly WaitingStatus[],
): Promise<WaitingEntry[]> {
  const rows = await db
    .selectFrom('waiting_entry')
    .selectAll()
    .where('performance_id', '=', performanceId)
    .where('status', 'in', statuses)
    .orderBy('number')
    .execute();
  return rows.map(toEntry);
}

/** The offer goes out. The counter's row must be locked, so that nobody leaves meanwhile. */
export async function markOffered(
  trx: VenuesTransaction,
  { id, holdId, expiresAt }: { id: string; holdId: string; expiresAt: IsoInstant },
): Promise<void> {
  await trx
    .updateTable('waiting_entry')
    .set({ status: 'OFFERED', hold_id: holdId, offer_expires_at: expiresAt })
    .where('id', '=', id)
    .where('status', '=', 'WAITING')
    .executeTakeFirstOrThrow();
}

/** Offers of a performance stand until this moment at most. Its holds and its counter must be locked. */
export async function shortenOffers(
  trx: VenuesTransaction,
  performanceId: string,
  moment: IsoInstant,
): Promise<void> {
  await endHolds(trx, performanceId, moment, 'WAITING_OFFER');
  await trx
    .updateTable('waiting_entry')
    .set({ offer_expires_at: moment })
    .where('performance_id', '=', performanceId)
    .where('status', '=', 'OFFERED')
    .where('offer_expires_at', '>', moment)
    .execute();
}

export async function noteOvertaken(trx: VenuesTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('waiting_entry')
    .set((eb) => ({ overtaken: eb('overtaken', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
}

/** How an entry ends. False: it was not `from` any more, and nothing changed. */
export async function endEntry(
  trx: VenuesTransaction,
  id: string,
  change: {
    readonly from: 'WAITING' | 'OFFERED';
    readonly to: Exclude<WaitingStatus, 'WAITING' | 'OFFERED'>;
    readonly at: IsoInstant;
    readonly redemptionId?: string;
  },
): Promise<boolean> {
  const { from, to, at, redemptionId = null } = change;
  const ended = await trx
    .updateTable('waiting_entry')
    .set({ status: to, ended_at: at, live_key: null, redemption_id: redemptionId })
    .where('id', '=', id)
    .where('status', '=', from)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

export async function findEntry(db: VenuesReader, id: string): Promise<WaitingEntry | null> {
  const row = await db.selectFrom('waiting_entry').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** The entry whose offer this hold keeps. */
export async function findEntryOfHold(db: VenuesReader, holdId: string): Promise<WaitingEntry | null> {
  const row = await db
    .selectFrom('waiting_entry')
    .selectAll()
    .where('hold_id', '=', holdId)
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** The entry that one of these cards made with this key. */
export async function findEntryBy(
  db: VenuesReader,
  cardIds: readonly string[],
  requestId: string,
): Promise<WaitingEntry | null> {
  const row = await db
    .selectFrom('waiting_entry')
    .selectAll()
    .where('card_id', 'in', cardIds)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** The offer that one of these cards has for a performance. */
export async function findOffer(
  db: VenuesReader,
  performanceId: string,
  cardIds: readonly string[],
): Promise<WaitingEntry | null> {
  const row = await db
    .selectFrom('waiting_entry')
    .selectAll()
    .where('performance_id', '=', performanceId)
    .where('card_id', 'in', cardIds)
    .where('status', '=', 'OFFERED')
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** Whether one of these cards waits for this performance or has an offer there. */
export async function isWaiting(
  db: VenuesReader,
  performanceId: string,
  cardIds: readonly string[],
): Promise<boolean> {
  const keys = cardIds.map((cardId) => `${performanceId}:${cardId}`);
  const row = await db
    .selectFrom('waiting_entry')
    .select('id')
    .where('live_key', 'in', keys)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export function toEntry(row: WaitingEntryTable): WaitingEntry {
  return {
    id: row.id,
    performanceId: row.performance_id,
    venueId: row.venue_id,
    cardId: row.card_id,
    number: row.number,
    lines: JSON.parse(row.lines) as readonly TicketLine[],
    places: row.places,
    overtaken: row.overtaken,
    status: row.status,
    joinedAt: row.joined_at,
    holdId: row.hold_id,
    offerExpiresAt: row.offer_expires_at,
    endedAt: row.ended_at,
    redemptionId: row.redemption_id,
  };
}
