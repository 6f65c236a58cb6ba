import type { IsoInstant } from '../../platform/units.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** Marking it twice is marking it once. */
export async function insertNoShow(
  trx: VenuesTransaction,
  { id, performanceId, venueId }: Redemption,
  at: IsoInstant,
): Promise<void> {
  await trx
    .insertInto('no_show')
    .values({ redemption_id: id, performance_id: performanceId, venue_id: venueId, marked_at: at })
    .onConflict((oc) => oc.column('redemption_id').doNothing())
    .execute();
}

export async function deleteNoShow(trx: VenuesTransaction, redemptionId: string): Promise<void> {
  await trx.deleteFrom('no_show').where('redemption_id', '=', redemptionId).execute();
}

/** Those of these redemptions that nobody came with. */
export async function findNoShows(db: VenuesReader, redemptionIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('no_show')
    .select('redemption_id')
    .where('redemption_id', 'in', redemptionIds)
    .execute();
  return rows.map(({ redemption_id }) => redemption_id);
}

/** How many valid redemptions of each performance nobody came with; without those that have none. */
export async function countNoShowsOf(
  db: VenuesReader,
  performanceIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('no_show')
    .innerJoin('redemption', 'redemption.id', 'no_show.redemption_id')
    .where('no_show.performance_id', 'in', performanceIds)
    .where('redemption.status', '=', 'VALID')
    .groupBy('no_show.performance_id')
    .select((eb) => ['no_show.performance_id', eb.fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.map(({ performance_id, count }) => [performance_id, count]));
}

/** How many valid redemptions of a venue's performances that start in a span nobody came with. */
export async function countNoShowsAt(
  db: VenuesReader,
  venueId: string,
  from: IsoInstant,
  to: IsoInstant,
): Promise<number> {
  const { count } = await db
    .selectFrom('no_show')
    .innerJoin('redemption', 'redemption.id', 'no_show.redemption_id')
    .innerJoin('performance', 'performance.id', 'no_show.performance_id')
    .where('no_show.venue_id', '=', venueId)
    .where('redemption.status', '=', 'VALID')
    .where('performance.starts_at', '>=', from)
    .where('performance.starts_at', '<', to)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
