import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { countOverrides, type OverrideCount } from '../store/overrides.ts';
import type { Environment } from './environment.ts';

export type { OverrideCount };

/** How often a venue set its soft limits aside; null for whom it is not. */
export async function overrideCounts(
  { database }: Environment,
  viewer: Viewer,
  venueId: string,
  from: IsoInstant,
  to: IsoInstant,
): Promise<OverrideCount[] | null> {
  if (!policy.readOverrideCounts(viewer, venueId)) return null;
  return countOverrides(database.reader, venueId, from, to);
}
