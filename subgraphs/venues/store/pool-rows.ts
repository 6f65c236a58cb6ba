import type { Text } from '../../platform/text.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import type { VenuesReader } from './database.ts';
import type { CapPoolTable } from './tables-pools.ts';

/** One cap over several performances of a venue. */
export interface Pool {
  readonly id: string;
  readonly venueId: string;
  /** Null: over performances that were chosen; else over all of this offering's. */
  readonly offeringId: string | null;
  readonly cap: TicketCount;
  readonly label: Text;
  readonly sequence: number;
  readonly headHash: string;
  readonly changedAt: IsoInstant;
  readonly removedAt: IsoInstant | null;
}

export function toPool(row: CapPoolTable): Pool {
  return {
    id: row.id,
    venueId: row.venue_id,
    offeringId: row.offering_id,
    cap: row.cap,
    label: { fi: row.label_fi, sv: row.label_sv, en: row.label_en },
    sequence: row.sequence,
    headHash: row.head_hash,
    changedAt: row.changed_at,
    removedAt: row.removed_at,
  };
}

export async function findPools(db: VenuesReader, ids: readonly string[]): Promise<Pool[]> {
  return (await db.selectFrom('cap_pool').selectAll().where('id', 'in', ids).execute()).map(toPool);
}

/** The shared caps that a venue has now, the oldest first. */
export async function poolsOfVenue(db: VenuesReader, venueId: string, most: number): Promise<Pool[]> {
  const rows = await db
    .selectFrom('cap_pool')
    .selectAll()
    .where('venue_id', '=', venueId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(toPool);
}

/** The shared caps that are over all performances of these offerings now. */
export async function poolsOfOfferings(db: VenuesReader, offeringIds: readonly string[]): Promise<Pool[]> {
  const rows = await db
    .selectFrom('cap_pool')
    .selectAll()
    .where('offering_id', 'in', offeringIds)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toPool);
}

/** Every shared cap's id after this one, in order: for walking through all of them. */
export async function poolIdsAfter(
  db: VenuesReader,
  after: string,
  most: number,
  venueId: string | null,
): Promise<string[]> {
  let query = db.selectFrom('cap_pool').select('id').where('id', '>', after);
  if (venueId !== null) query = query.where('venue_id', '=', venueId);
  return (await query.orderBy('id').limit(most).execute()).map(({ id }) => id);
}

/** The performances under a shared cap, in order of id. */
export async function membersOf(
  db: VenuesReader,
  poolIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('cap_counter')
    .select(['pool_id', 'performance_id'])
    .where('pool_id', 'in', poolIds)
    .orderBy('performance_id')
    .execute();
  const members = new Map<string, string[]>(poolIds.map((id) => [id, []]));
  for (const { pool_id, performance_id } of rows) members.get(pool_id ?? '')?.push(performance_id);
  return members;
}
