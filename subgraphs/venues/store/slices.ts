import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { Traced } from '../domain/limits/index.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';
import { findHolds, type Hold } from './holds.ts';

/** Places of the cap that one device uses without a network. */
export interface Slice extends Hold {
  readonly deviceId: string;
}

export interface OfflineConflict {
  readonly venueId: string;
  readonly requestId: string;
  readonly fingerprint: string;
  readonly sliceId: string;
  readonly performanceId: string;
  /** Guests who were let in. */
  readonly tickets: TicketCount;
  readonly usedAt: IsoInstant;
  readonly uploadedAt: IsoInstant;
  readonly refusal: Traced<RedemptionRefusalCode>;
}

export async function insertSlice(
  trx: VenuesTransaction,
  slice: Pick<Slice, 'id' | 'performanceId' | 'venueId' | 'deviceId'> & { readonly requestId: string },
): Promise<void> {
  const { id, performanceId, venueId, requestId, deviceId } = slice;
  await trx
    .insertInto('offline_slice')
    .values({
      hold_id: id,
      performance_id: performanceId,
      venue_id: venueId,
      request_id: requestId,
      device_id: deviceId,
    })
    .execute();
}

export async function findSlice(db: VenuesReader, id: string): Promise<Slice | null> {
  const row = await db
    .selectFrom('offline_slice')
    .select('device_id')
    .where('hold_id', '=', id)
    .executeTakeFirst();
  const [hold] = row ? await findHolds(db, [id]) : [];
  return row && hold ? { ...hold, deviceId: row.device_id } : null;
}

/** The slice that this venue reserved with this key. */
export async function findSliceBy(
  db: VenuesReader,
  venueId: string,
  requestId: string,
): Promise<Slice | null> {
  const row = await db
    .selectFrom('offline_slice')
    .select('hold_id')
    .where('venue_id', '=', venueId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? findSlice(db, row.hold_id) : null;
}

/** The id of another slice of this device that is open and not over; null: it has none. */
export async function otherOpenSlice(
  db: VenuesReader,
  { performanceId, deviceId, id }: Pick<Slice, 'performanceId' | 'deviceId' | 'id'>,
  now: IsoInstant,
): Promise<string | null> {
  const row = await db
    .selectFrom('offline_slice')
    .innerJoin('hold', 'hold.id', 'offline_slice.hold_id')
    .select('hold.id')
    .where('offline_slice.performance_id', '=', performanceId)
    .where('offline_slice.device_id', '=', deviceId)
    .where('hold.id', '!=', id)
    .where('hold.status', '=', 'OPEN')
    .where('hold.expires_at', '>', now)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function insertConflict(trx: VenuesTransaction, conflict: OfflineConflict): Promise<void> {
  await trx
    .insertInto('offline_conflict')
    .values({
      venue_id: conflict.venueId,
      request_id: conflict.requestId,
      fingerprint: conflict.fingerprint,
      hold_id: conflict.sliceId,
      performance_id: conflict.performanceId,
      tickets: conflict.tickets,
      used_at: conflict.usedAt,
      uploaded_at: conflict.uploadedAt,
      refusal: JSON.stringify(conflict.refusal),
    })
    .execute();
}

export async function findConflict(
  db: VenuesReader,
  venueId: string,
  requestId: string,
): Promise<OfflineConflict | null> {
  const row = await db
    .selectFrom('offline_conflict')
    .selectAll()
    .where('venue_id', '=', venueId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ? toConflict(row) : null;
}

/** Conflicts of a performance, the latest use first. */
export async function conflictsOf(
  db: VenuesReader,
  performanceId: string,
  most: number,
): Promise<OfflineConflict[]> {
  const rows = await db
    .selectFrom('offline_conflict')
    .selectAll()
    .where('performance_id', '=', performanceId)
    .orderBy('used_at', 'desc')
    .orderBy('request_id')
    .limit(most)
    .execute();
  return rows.map(toConflict);
}

function toConflict(row: {
  readonly venue_id: string;
  readonly request_id: string;
  readonly fingerprint: string;
  readonly hold_id: string;
  readonly performance_id: string;
  readonly tickets: TicketCount;
  readonly used_at: IsoInstant;
  readonly uploaded_at: IsoInstant;
  readonly refusal: string;
}): OfflineConflict {
  return {
    venueId: row.venue_id,
    requestId: row.request_id,
    fingerprint: row.fingerprint,
    sliceId: row.hold_id,
    performanceId: row.performance_id,
    tickets: row.tickets,
    usedAt: row.used_at,
    uploadedAt: row.uploaded_at,
    refusal: JSON.parse(row.refusal) as OfflineConflict['refusal'],
  };
}
