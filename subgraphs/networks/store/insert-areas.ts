import type { Municipality } from '../domain/municipality.ts';
import type { Network } from '../domain/network.ts';
import type { Region, WellbeingServicesCounty } from '../domain/region.ts';
import { inChunks } from './chunks.ts';
import type { NetworksTransaction } from './database.ts';
import { nameColumns, searchKey } from './names.ts';
import type { MunicipalityTable, NetworkTable, RegionTable, WellbeingServicesCountyTable } from './tables.ts';

/** Inserts what is not there yet; a row that is there stays as it is. The same holds for all inserts below. */
export async function insertRegions(trx: NetworksTransaction, regions: readonly Region[]): Promise<void> {
  const rows = regions.map((region): RegionTable => ({
    id: region.id,
    printed_as: region.printedAs,
    kind: region.kind,
    ...nameColumns(region.name),
    official_region_id: region.officialRegionId,
    basis: region.basis,
  }));
  for (const chunk of inChunks(rows)) {
    await trx
      .insertInto('region')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .execute();
  }
}

export async function insertCounties(
  trx: NetworksTransaction,
  counties: readonly WellbeingServicesCounty[],
): Promise<void> {
  const rows = counties.map((county): WellbeingServicesCountyTable => ({
    id: county.id,
    ...nameColumns(county.name),
    inferred: county.inferred ? 1 : 0,
    basis: county.basis,
    source: county.source,
  }));
  for (const chunk of inChunks(rows)) {
    await trx
      .insertInto('wellbeing_services_county')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .execute();
  }
}

export async function insertNetworks(trx: NetworksTransaction, networks: readonly Network[]): Promise<void> {
  const rows = networks.map((network): NetworkTable => ({
    id: network.id,
    key: network.key,
    ...nameColumns(network.name),
    search_key: searchKey([network.name.fi, network.name.sv, network.name.en]),
  }));
  for (const chunk of inChunks(rows)) {
    await trx
      .insertInto('network')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .execute();
  }
}

export async function insertMunicipalities(
  trx: NetworksTransaction,
  municipalities: readonly Municipality[],
): Promise<void> {
  const rows = municipalities.map((municipality): MunicipalityTable => ({
    id: municipality.id,
    ...nameColumns(municipality.name),
    search_key: searchKey([municipality.name.fi, municipality.name.sv, municipality.name.en]),
    status: municipality.status,
    status_as_of: municipality.statusAsOf,
    country: municipality.country,
    region_id: municipality.regionId,
    wellbeing_services_county_id: municipality.wellbeingServicesCountyId,
    network_id: municipality.networkId,
    note: municipality.note,
    source: municipality.source,
  }));
  for (const chunk of inChunks(rows)) {
    await trx
      .insertInto('municipality')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .execute();
  }
}
