import { sameInAll, type Text } from '../../platform/text.ts';
import { networkKey, readMunicipalityStatus, type Municipality } from '../domain/municipality.ts';
import type { Network } from '../domain/network.ts';
import { readRegionKind, type Region, type WellbeingServicesCounty } from '../domain/region.ts';
import { orNull, readTable, yesOrNo } from './table.ts';
import { countyId, municipalityId, networkId, regionId } from './ids.ts';

interface PrintedMunicipality {
  readonly municipality: string;
  readonly region_as_printed: string;
}

/** Regions, wellbeing services counties, networks and the 121 municipalities, as the documents print them. */
export function readAreas(): {
  regions: Region[];
  counties: WellbeingServicesCounty[];
  networks: Network[];
  municipalities: Municipality[];
} {
  const names = municipalityNames();
  const counties = readCounties();
  const municipalities = municipalityTable().map((row): Municipality => ({
    id: municipalityId(row.municipality),
    name: names(row.municipality),
    status: readMunicipalityStatus(row.status),
    statusAsOf: row.as_of,
    country: row.country,
    regionId: regionId(row.region_as_printed),
    wellbeingServicesCountyId: counties.find(({ covers }) => covers(row))?.county.id ?? null,
    networkId: networkId(networkKey(row.municipality, row.region_as_printed)),
    note: orNull(row.note),
    source: row.source,
  }));
  return {
    regions: readRegions(),
    counties: counties.map(({ county }) => county),
    networks: readNetworks(),
    municipalities,
  };
}

/** The network of a municipality of the documents, by its printed name. */
export function networkOf(municipality: string): string {
  const row = municipalityTable().find((known) => known.municipality === municipality);
  if (row === undefined) throw new Error(`${municipality} is not in municipalities.csv.`);
  return networkId(networkKey(row.municipality, row.region_as_printed));
}

function municipalityTable(): Record<
  'municipality' | 'region_as_printed' | 'status' | 'country' | 'as_of' | 'note' | 'source',
  string
>[] {
  return readTable('municipalities', [
    'municipality',
    'region_as_printed',
    'status',
    'country',
    'as_of',
    'note',
    'source',
  ]);
}

/** A name that no document or table gives in a language stays null there: the reader falls back openly. */
function municipalityNames(): (municipality: string) => Text {
  const rows = readTable('municipality_names', ['municipality', 'name_sv', 'name_en', 'basis']);
  const known = new Map(rows.map((row) => [row.municipality, row]));
  return (municipality) => {
    const row = known.get(municipality);
    return { fi: municipality, sv: orNull(row?.name_sv ?? ''), en: orNull(row?.name_en ?? '') };
  };
}

function readRegions(): Region[] {
  return readTable('regions', [
    'printed_as',
    'kind',
    'name_fi',
    'name_sv',
    'name_en',
    'official_region',
    'basis',
  ]).map((row) => ({
    id: regionId(row.printed_as),
    printedAs: row.printed_as,
    kind: readRegionKind(row.kind),
    name: { fi: row.name_fi, sv: orNull(row.name_sv), en: orNull(row.name_en) },
    officialRegionId: row.official_region === '' ? null : regionId(row.official_region),
    basis: row.basis,
  }));
}

interface CountyRow {
  readonly county: WellbeingServicesCounty;
  readonly covers: (municipality: PrintedMunicipality) => boolean;
}

/** A county covers a printed heading, or the municipalities in which a document names it. */
function readCounties(): CountyRow[] {
  return readTable('wellbeing_counties', [
    'county',
    'name_sv',
    'name_en',
    'printed_heading',
    'municipalities',
    'inferred',
    'basis',
    'source',
  ]).map((row) => {
    const listed = new Set(row.municipalities.split(';'));
    return {
      county: {
        id: countyId(row.county),
        name: { fi: row.county, sv: orNull(row.name_sv), en: orNull(row.name_en) },
        inferred: yesOrNo(row.inferred),
        basis: row.basis,
        source: row.source,
      },
      covers: (of) => of.region_as_printed === row.printed_heading || listed.has(of.municipality),
    };
  });
}

/** A network bears the name of the region or the municipality that its key is. */
function readNetworks(): Network[] {
  const municipalityName = municipalityNames();
  const regionNames = new Map(readRegions().map((region) => [region.printedAs, region.name]));
  const networks = new Map<string, Network>();
  for (const { municipality, region_as_printed: printed } of municipalityTable()) {
    const key = networkKey(municipality, printed);
    const name =
      key === municipality
        ? municipalityName(municipality)
        : (regionNames.get(printed) ?? sameInAll(printed));
    networks.set(key, { id: networkId(key), key, name });
  }
  return [...networks.values()];
}
