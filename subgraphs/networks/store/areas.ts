import { sql } from 'kysely';
import { containing, mapPage, readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { Municipality, MunicipalityStatus } from '../domain/municipality.ts';
import type { Network } from '../domain/network.ts';
import type { Region, WellbeingServicesCounty } from '../domain/region.ts';
import type { NetworksReader } from './database.ts';
import { readName } from './names.ts';
import type { MunicipalityTable, NetworkTable, RegionTable, WellbeingServicesCountyTable } from './tables.ts';

export interface MunicipalityFilter {
  readonly status?: MunicipalityStatus | null | undefined;
  readonly networkId?: string | null | undefined;
  readonly search?: string | null | undefined;
}

export async function municipalitiesById(
  db: NetworksReader,
  ids: readonly string[],
): Promise<Municipality[]> {
  const rows = await db.selectFrom('municipality').selectAll().where('id', 'in', ids).execute();
  return rows.map(readMunicipality);
}

/** All municipalities of these networks, in Finnish order. */
export async function municipalitiesOfNetworks(
  db: NetworksReader,
  networkIds: readonly string[],
): Promise<Municipality[]> {
  const rows = await db
    .selectFrom('municipality')
    .selectAll()
    .where('network_id', 'in', networkIds)
    .orderBy('name_key')
    .orderBy('id')
    .execute();
  return rows.map(readMunicipality);
}

export async function municipalityPage(
  db: NetworksReader,
  args: PageArgs,
  { status, networkId, search }: MunicipalityFilter,
): Promise<Page<Municipality>> {
  let query = db.selectFrom('municipality').selectAll();
  if (status) query = query.where('status', '=', status);
  if (networkId) query = query.where('network_id', '=', networkId);
  if (search) query = query.where(sql<boolean>`search_key like ${containing(search)} escape '\\'`);
  return mapPage(await readPage(query, { args, order: nameOrder }), readMunicipality);
}

export async function networksById(db: NetworksReader, ids: readonly string[]): Promise<Network[]> {
  const rows = await db.selectFrom('network').selectAll().where('id', 'in', ids).execute();
  return rows.map(readNetwork);
}

export async function networkPage(
  db: NetworksReader,
  args: PageArgs,
  search: string | null | undefined,
): Promise<Page<Network>> {
  let query = db.selectFrom('network').selectAll();
  if (search) query = query.where(sql<boolean>`search_key like ${containing(search)} escape '\\'`);
  return mapPage(await readPage(query, { args, order: nameOrder }), readNetwork);
}

export async function allRegions(db: NetworksReader): Promise<Region[]> {
  return (await db.selectFrom('region').selectAll().orderBy('name_key').orderBy('id').execute()).map(
    readRegion,
  );
}

export async function regionsById(db: NetworksReader, ids: readonly string[]): Promise<Region[]> {
  return (await db.selectFrom('region').selectAll().where('id', 'in', ids).execute()).map(readRegion);
}

export async function countiesById(
  db: NetworksReader,
  ids: readonly string[],
): Promise<WellbeingServicesCounty[]> {
  const rows = await db.selectFrom('wellbeing_services_county').selectAll().where('id', 'in', ids).execute();
  return rows.map(readCounty);
}

/** Finnish alphabetical order; the id decides between equal names. */
export const nameOrder = [
  { column: 'name_key', as: 'name_key', direction: 'asc' },
  { column: 'id', as: 'id', direction: 'asc' },
] as const;

function readMunicipality(row: MunicipalityTable): Municipality {
  return {
    id: row.id,
    name: readName(row),
    status: row.status,
    statusAsOf: row.status_as_of,
    country: row.country,
    regionId: row.region_id,
    wellbeingServicesCountyId: row.wellbeing_services_county_id,
    networkId: row.network_id,
    note: row.note,
    source: row.source,
  };
}

function readNetwork(row: NetworkTable): Network {
  return { id: row.id, key: row.key, name: readName(row) };
}

function readRegion(row: RegionTable): Region {
  return {
    id: row.id,
    printedAs: row.printed_as,
    kind: row.kind,
    name: readName(row),
    officialRegionId: row.official_region_id,
    basis: row.basis,
  };
}

function readCounty(row: WellbeingServicesCountyTable): WellbeingServicesCounty {
  return {
    id: row.id,
    name: readName(row),
    inferred: row.inferred === 1,
    basis: row.basis,
    source: row.source,
  };
}
