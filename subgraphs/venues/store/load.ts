import type { IsoInstant } from '../../platform/units.ts';
import type { LoadPerformance, LoadUse, Span } from '../domain/load.ts';
import type { VenuesReader } from './database.ts';

/** How many valid redemptions a venue recorded in a span, and their tickets. */
export async function countUses(
  db: VenuesReader,
  venueId: string,
  { from, to }: Span,
): Promise<{ readonly uses: number; readonly tickets: number }> {
  const row = await db
    .selectFrom('redemption')
    .where('venue_id', '=', venueId)
    .where('recorded_at', '>=', from)
    .where('recorded_at', '<', to)
    .where('status', '=', 'VALID')
    .select((eb) => [
      eb.fn.countAll<number>().as('uses'),
      eb.fn.coalesce(eb.fn.sum<number>('tickets'), eb.lit(0)).as('tickets'),
    ])
    .executeTakeFirstOrThrow();
  return { uses: Number(row.uses), tickets: Number(row.tickets) };
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
    ])
    .execute();
  return rows.map(({ starts_at, ...counts }) => ({ startsAt: starts_at, ...counts }));
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
