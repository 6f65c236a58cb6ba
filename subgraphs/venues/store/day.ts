import { sql } from 'kysely';
import type { IsoInstant } from '../../platform/units.ts';
import type { VenuesReader } from './database.ts';

/** Whose day it is: a venue's, or that of all venues of a network. */
export type DayOf = { readonly venueId: string } | { readonly networkId: string };

export interface Day {
  readonly from: IsoInstant;
  readonly to: IsoInstant;
  /** What has ended by now is left out first when there are too many. */
  readonly now: IsoInstant;
  readonly most: number;
}

/** The published performances that start on a day, by start. */
export async function findOfDay(
  db: VenuesReader,
  of: DayOf,
  { from, to, now, most }: Day,
): Promise<{ readonly id: string }[]> {
  let query = db
    .selectFrom('performance')
    .innerJoin('offering', 'offering.id', 'performance.offering_id')
    .select(['performance.id', 'performance.starts_at'])
    .where('offering.published', '=', 1)
    .where('performance.starts_at', '>=', from)
    .where('performance.starts_at', '<', to);
  query =
    'venueId' in of
      ? query.where('performance.venue_id', '=', of.venueId)
      : query.where('performance.venue_id', 'in', (eb) =>
          eb.selectFrom('venue').select('id').where('network_id', '=', of.networkId),
        );
  const rows = await query
    .orderBy(sql`case when performance.ends_at > ${now} then 0 else 1 end`)
    .orderBy('performance.starts_at')
    .orderBy('performance.id')
    .limit(most)
    .execute();
  return rows.sort((a, b) =>
    a.starts_at < b.starts_at ? -1 : a.starts_at > b.starts_at ? 1 : a.id < b.id ? -1 : 1,
  );
}

export async function venueIdsOfNetwork(db: VenuesReader, networkId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('venue')
    .select('id')
    .where('network_id', '=', networkId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
