import { sql } from 'kysely';
import type { IsoInstant } from '../../platform/units.ts';
import { noDefaults, type VenueDefaults } from '../domain/defaults.ts';
import type { Demand } from '../domain/suggest-cap.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** The defaults of these venues; a venue that has set none is not in it. */
export async function findDefaults(
  db: VenuesReader,
  venueIds: readonly string[],
): Promise<Map<string, VenueDefaults>> {
  const rows = await db.selectFrom('venue_default').selectAll().where('venue_id', 'in', venueIds).execute();
  return new Map(
    rows.map((row) => [
      row.venue_id,
      {
        cap: row.cap,
        redemptionWindow: row.redemption_window,
        windowDays: row.window_days,
        oncePerProduction: row.once_per_production === null ? null : row.once_per_production === 1,
        ticketBasis: row.ticket_basis,
        cancelUntilMinutes: row.cancel_until_minutes,
      },
    ]),
  );
}

/** A venue's defaults, locked until the end of the transaction: two who change different fields at once both keep theirs. */
export async function lockDefaults(
  trx: VenuesTransaction,
  venueId: string,
  at: IsoInstant,
): Promise<VenueDefaults> {
  await trx
    .insertInto('venue_default')
    .values({
      venue_id: venueId,
      cap: null,
      redemption_window: null,
      window_days: null,
      once_per_production: null,
      ticket_basis: null,
      cancel_until_minutes: null,
      changed_at: at,
    })
    .onConflict((oc) => oc.column('venue_id').doUpdateSet({ changed_at: at }))
    .execute();
  return (await findDefaults(trx, [venueId])).get(venueId) ?? noDefaults;
}

export async function saveDefaults(
  trx: VenuesTransaction,
  venueId: string,
  defaults: VenueDefaults,
): Promise<void> {
  const { oncePerProduction: once } = defaults;
  await trx
    .updateTable('venue_default')
    .set({
      cap: defaults.cap,
      redemption_window: defaults.redemptionWindow,
      window_days: defaults.windowDays,
      once_per_production: once === null ? null : once ? 1 : 0,
      ticket_basis: defaults.ticketBasis,
      cancel_until_minutes: defaults.cancelUntilMinutes,
    })
    .where('venue_id', '=', venueId)
    .execute();
}

/** What the venue's newest performances of a span were asked for, of those that took place; at most `most`. */
export async function findDemand(
  db: VenuesReader,
  { venueId, from, to, most }: { venueId: string; from: IsoInstant; to: IsoInstant; most: number },
): Promise<Demand[]> {
  const rows = await db
    .selectFrom('performance')
    .innerJoin('cap_counter', 'cap_counter.performance_id', 'performance.id')
    .where('performance.venue_id', '=', venueId)
    .where('performance.status', '=', 'SCHEDULED')
    .where('performance.ends_at', '>=', from)
    .where('performance.ends_at', '<', to)
    .orderBy('performance.ends_at', 'desc')
    .orderBy('performance.id')
    .limit(most)
    .select((eb) => [
      'cap_counter.used',
      eb
        .selectFrom('turn_away')
        .whereRef('turn_away.performance_id', '=', 'performance.id')
        .select(sql<number>`coalesce(sum(wanted), 0)`.as('wanted'))
        .as('turned_away'),
    ])
    .execute();
  return rows.map(({ used, turned_away }) => ({ used, turnedAway: Number(turned_away ?? 0) }));
}
