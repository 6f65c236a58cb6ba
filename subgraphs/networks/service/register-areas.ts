import type { Viewer } from '../../platform/viewer.ts';
import type { Municipality } from '../domain/municipality.ts';
import type { Network } from '../domain/network.ts';
import { authorise } from '../domain/policy.ts';
import type { Region, WellbeingServicesCounty } from '../domain/region.ts';
import type { NetworksDatabase } from '../store/database.ts';
import {
  insertCounties,
  insertMunicipalities,
  insertNetworks,
  insertRegions,
} from '../store/insert-areas.ts';

export interface Areas {
  readonly regions: readonly Region[];
  readonly counties: readonly WellbeingServicesCounty[];
  readonly networks: readonly Network[];
  readonly municipalities: readonly Municipality[];
}

/** Registers areas; those whose id is already there stay as they are. Throws FORBIDDEN. */
export async function registerAreas(database: NetworksDatabase, viewer: Viewer, areas: Areas): Promise<void> {
  authorise(viewer, 'registerArea');
  await database.write(async (trx) => {
    await insertRegions(trx, areas.regions);
    await insertCounties(trx, areas.counties);
    await insertNetworks(trx, areas.networks);
    await insertMunicipalities(trx, areas.municipalities);
  });
}
