import type { IsoInstant } from '../../platform/units.ts';
import type { LoadPerformance, LoadUse, Span } from '../domain/load.ts';
import type { VenuesReader } from './database.ts';
import { placesOfPools } from './pools.ts';

/** How much a venue recorded in a span: valid redemptions and visits with their tickets, and fees, which have none. */
export async function countUses(
  db: VenuesReader,
  venueId: string,
  { from, to }: Span,
): Promise<{ readonly uses: number; readonly tickets: number }> {
  const counted = (table: 'redemption' | 'visit'): Promise<{ uses: number; tickets: number }> =>
    db
      .selectFrom(table)
      .where('venue_id', '=', venueId)
      .where('recorded_at', '>=', from)
      .where('recorded_at', '<', to)
      .where('status', '=', 'VALID')
      .select((eb) => [
        eb.fn.countAll<number>().as('uses'),
        eb.fn.coalesce(eb.fn.sum<number>('tickets'), eb.lit(0)).as('tickets'),
      ])
      .executeTakeFirstOrThrow();
  const fees = db
    .selectFrom('fee_use')
    .where('venue_id', '=', venueId)
    .where('recorded_at', '>=', from)
    .where('recorded_at', '<', to)
    .where('status', '=', 'VALID')
    .select((eb) => [eb.fn.countAll<number>().as('uses'), eb.lit(0).as('tickets')])
    .executeTakeFirstOrThrow();
  const rows = await Promise.all([counted('redemption'), counted('visit'), fees]);
  return {
    uses: rows.reduce((sum, { uses }) => sum + Number(uses), 0),
    tickets: rows.reduce((sum, { tickets }) => sum + Number(tickets), 0),
  };
}

/** The newest valid uses of a span, at most `most`. */
export async function findUses(
  db: VenuesReader,
  venueId: string,
  { from, to }: Span,
  most: number,
): Promise<LoadUse[]> {
  const rows = await db
    .selectFrom('redemption')
    .innerJoin('performance', 'performance.id', 'redemption.performance_id')
    .where('redemption.venue_id', '=', venueId)
    .where('redemption.recorded_at', '>=', from)
    .where('redemption.recorded_at', '<', to)
    .where('redemption.status', '=', 'VALID')
    .orderBy('redemption.recorded_at', 'desc')
    .limit(most)
    .select([
      'redemption.card_id',
      'redemption.card_kind',
      'redemption.offering_id',
      'redemption.recorded_at',
      'performance.starts_at',
    ])
    .execute();
  return rows.map(({ card_id, card_kind, offering_id, recorded_at, starts_at }) => ({
    cardId: card_id,
    cardKind: card_kind,
    offeringId: offering_id,
    recordedAt: recorded_at,
    startsAt: starts_at,
  }));
}

/** The performances of a venue that began in a span and were not cancelled, with their counters. */
export async function findLoadPerformances(
  db: VenuesReader,
  venueId: string,
  { from, to }: Span,
): Promise<LoadPerformance[]> {
  const rows = await db
    .selectFrom('performance')
    .innerJoin('cap_counter', 'cap_counter.performance_id', 'performance.id')
    .where('performance.venue_id', '=', venueId)
    .where('performance.starts_at', '>=', from)
    .where('performance.starts_at', '<', to)
    .where('performance.status', '=', 'SCHEDULED')
    .select([
      'performance.starts_at',
      'performance.tickets',
      'cap_counter.cap',
      'cap_counter.used',
      'cap_counter.held',
      'cap_counter.pool_id',
    ])
    .execute();
  const pools = await placesOfPools(db, new Set(rows.flatMap(({ pool_id }) => pool_id ?? [])));
  return rows.map(({ starts_at, pool_id, ...counts }) => ({
    startsAt: starts_at,
    ...counts,
    shared: pools.get(pool_id ?? '') ?? null,
  }));
}

/** How often a venue had to say no because a cap was full, and to how many people. */
export async function countTurnAways(
  db: VenuesReader,
  venueId: string,
  { from, to }: { readonly from: IsoInstant; readonly to: IsoInstant },
): Promise<{ readonly turnAways: number; readonly turnedAway: number }> {
  const row = await db
    .selectFrom('turn_away')
    .where('venue_id', '=', venueId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .select((eb) => [
      eb.fn.countAll<number>().as('times'),
      eb.fn.coalesce(eb.fn.sum<number>('wanted'), eb.lit(0)).as('wanted'),
    ])
    .executeTakeFirstOrThrow();
  return { turnAways: Number(row.times), turnedAway: Number(row.wanted) };
}
