import type { IsoInstant } from '../../platform/units.ts';
import type { SoftLimit } from '../domain/limits/index.ts';
import type { Override, OverrideReason } from '../domain/override.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** Records the limits that were set aside for a redemption, in its transaction. */
export async function insertOverrides(
  trx: VenuesTransaction,
  redemption: { readonly id: string; readonly venueId: string; readonly recordedAt: IsoInstant },
  overrides: readonly Override[],
): Promise<void> {
  if (overrides.length === 0) return;
  const { id, venueId, recordedAt: at } = redemption;
  const rows = overrides.map(({ limit, reason }) => ({
    redemption_id: id,
    limit_name: limit,
    reason,
    venue_id: venueId,
    at,
  }));
  await trx.insertInto('redemption_override').values(rows).execute();
}

export async function findOverrides(
  db: VenuesReader,
  redemptionIds: readonly string[],
): Promise<(Override & { readonly redemptionId: string })[]> {
  const rows = await db
    .selectFrom('redemption_override')
    .selectAll()
    .where('redemption_id', 'in', redemptionIds)
    .orderBy('limit_name')
    .execute();
  return rows.map(({ redemption_id, limit_name, reason }) => ({
    redemptionId: redemption_id,
    limit: limit_name,
    reason,
  }));
}

export interface OverrideCount {
  readonly limit: SoftLimit;
  readonly reason: OverrideReason;
  readonly count: number;
}

/** How often a venue set each limit aside, from one moment to before another. A cancelled redemption counts no more. */
export async function countOverrides(
  db: VenuesReader,
  venueId: string,
  from: IsoInstant,
  to: IsoInstant,
): Promise<OverrideCount[]> {
  const rows = await db
    .selectFrom('redemption_override')
    .innerJoin('redemption', 'redemption.id', 'redemption_override.redemption_id')
    .where('redemption_override.venue_id', '=', venueId)
    .where('redemption_override.at', '>=', from)
    .where('redemption_override.at', '<', to)
    .where('redemption.status', '=', 'VALID')
    .groupBy(['limit_name', 'reason'])
    .orderBy('limit_name')
    .orderBy('reason')
    .select((eb) => ['limit_name', 'reason', eb.fn.countAll<number>().as('count')])
    .execute();
  return rows.map(({ limit_name, reason, count }) => ({ limit: limit_name, reason, count: Number(count) }));
}
