import type { PlatformTables } from '../../platform/events/index.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { MunicipalityStatus } from '../domain/municipality.ts';
import type { PartnerRole } from '../domain/partner.ts';
import type { RegionKind } from '../domain/region.ts';
import type { RuleScopeKind, RuleStatus } from '../domain/rule.ts';

/** 0 or 1: neither engine's driver takes a boolean in the same way. */
export type Flag = 0 | 1;

interface Named {
  name_fi: string | null;
  name_sv: string | null;
  name_en: string | null;
  /** fold(Finnish name): Finnish alphabetical order. */
  name_key: string;
}

export interface RegionTable extends Named {
  id: string;
  printed_as: string;
  kind: RegionKind;
  official_region_id: string | null;
  basis: string;
}

export interface WellbeingServicesCountyTable extends Named {
  id: string;
  inferred: Flag;
  basis: string;
  source: string;
}

export interface NetworkTable extends Named {
  id: string;
  key: string;
  /** The folded names in all languages: what a search looks in. */
  search_key: string;
}

export interface MunicipalityTable extends Named {
  id: string;
  search_key: string;
  status: MunicipalityStatus;
  status_as_of: LocalDate;
  country: string;
  region_id: string;
  wellbeing_services_county_id: string | null;
  network_id: string;
  note: string | null;
  source: string;
}

export interface PartnerTable {
  id: string;
  role: PartnerRole;
  name: string;
  name_key: string;
  /** The folded name, organisation and other printings: what a search looks in. */
  search_key: string;
  organisation: string | null;
  unit: string | null;
  kind: string | null;
  municipality_id: string;
  network_id: string;
  source: string;
}

export interface PartnerYearTable {
  partner_id: string;
  year: number;
  source: string;
}

export interface PartnerAliasTable {
  partner_id: string;
  printed_as: string;
  inferred: Flag;
  basis: string;
  source: string;
}

export interface RuleTable {
  id: string;
  key: string;
  scope: RuleScopeKind;
  scope_id: string | null;
  network_id: string | null;
  scope_name: string;
  statement: string;
  value: string | null;
  status: RuleStatus;
  valid_from: LocalDate | null;
  valid_to: LocalDate | null;
  stated_when: string | null;
  source: string;
}

export interface PublishedFigureTable {
  id: string;
  metric: string;
  scope: string;
  partner_id: string | null;
  period: string | null;
  /** The number as printed: '31.5' stays '31.5' on both engines. */
  value: string;
  unit: string;
  precision: string | null;
  as_of: string | null;
  note: string | null;
  source: string;
  /** Order of the documents. */
  position: number;
}

export interface NetworksTables extends PlatformTables {
  region: RegionTable;
  wellbeing_services_county: WellbeingServicesCountyTable;
  network: NetworkTable;
  municipality: MunicipalityTable;
  partner: PartnerTable;
  partner_year: PartnerYearTable;
  partner_alias: PartnerAliasTable;
  rule: RuleTable;
  published_figure: PublishedFigureTable;
}
