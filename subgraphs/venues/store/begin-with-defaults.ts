import { localDate } from '../../platform/clock.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { floorRule } from '../domain/cap.ts';
import type { NewPerformance } from '../domain/catalogue.ts';
import { withDefaults } from '../domain/defaults.ts';
import { findRules } from './copies.ts';
import type { VenuesTransaction } from './database.ts';
import { inChunks } from './chunks.ts';
import { findDefaults } from './venue-defaults.ts';

type Begin = (offering: { readonly venueId: string }, performance: NewPerformance) => NewPerformance;

/** How new performances of these venues begin: with what they say themselves, else with their venue's defaults. */
export async function beginWithDefaults(
  trx: VenuesTransaction,
  offerings: readonly { readonly venueId: string }[],
  at: IsoInstant,
): Promise<Begin> {
  const venueIds = [...new Set(offerings.map(({ venueId }) => venueId))];
  const found = new Map<string, Parameters<typeof withDefaults>[1]>();
  for (const ids of inChunks(venueIds)) {
    for (const [venueId, defaults] of await findDefaults(trx, ids)) found.set(venueId, defaults);
  }
  if (found.size === 0) return (_, performance) => performance;
  const rules = await findRules(trx, ['cap.floor_pct']);
  const networks = new Map<string, string | null>();
  for (const ids of inChunks([...found.keys()])) {
    const rows = await trx.selectFrom('venue').select(['id', 'network_id']).where('id', 'in', ids).execute();
    for (const { id, network_id } of rows) networks.set(id, network_id);
  }
  const today = localDate(at);
  return ({ venueId }, performance) => {
    const defaults = found.get(venueId);
    if (!defaults) return performance;
    const place = { venueId, networkId: networks.get(venueId) ?? null };
    const { binds, percent } = floorRule(rules, place, today);
    return withDefaults(performance, defaults, binds ? percent : null);
  };
}
