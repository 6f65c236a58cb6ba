import type { IsoInstant, LocalDate } from '../../platform/units.ts';

/** What a venue says of itself; no row: nothing yet. */
export interface VenueFactsTable {
  venue_id: string;
  pop_up_from: LocalDate | null;
  pop_up_to: LocalDate | null;
  /** JSON array of categories besides the venue's first. */
  more_categories: string;
  street_address: string | null;
  postcode: string | null;
  /** Millionths of a degree, WGS 84. */
  latitude_e6: number | null;
  longitude_e6: number | null;
  /** Of the organisation, never of a person. */
  organisation_email: string | null;
  organisation_phone: string | null;
  website: string | null;
  description_fi: string | null;
  description_sv: string | null;
  description_en: string | null;
  /** JSON of the facts that are known. */
  accessibility: string;
  changed_at: IsoInstant;
}

/** Local copy of the years in which a partner takes part, fed by partner.registered. */
export interface PartnerYearCopyTable {
  partner_id: string;
  year: number;
  network_id: string;
}

/** What an offering says besides its title; no row: nothing more. */
export interface OfferingFactsTable {
  offering_id: string;
  age_from: number | null;
  age_to: number | null;
  /** JSON array of language codes. */
  languages: string;
  /** JSON array of { url, alt: { fi, sv, en } }. */
  images: string;
  /** JSON of the terms of its kind: course, opening hours, pass, fee limits. */
  terms: string;
  /** Null: it has never been shown, so it is a draft. */
  first_published_at: IsoInstant | null;
  /** SHA-256 of the request that made it: the same request again is the same offering. */
  created_from: string | null;
  changed_at: IsoInstant;
}

/** What a venue's file said the last time: what it says anew is a change, what the desk changed since is kept. */
export interface ImportedTable {
  venue_id: string;
  kind: 'OFFERING' | 'PERFORMANCE';
  /** The file's own key: stable within the venue. */
  external_key: string;
  target_id: string;
  /** JSON of the row as it was read. */
  facts: string;
  at: IsoInstant;
}

/** A part of an upload that is too long for one request; kept for an hour. */
export interface ImportPartTable {
  venue_id: string;
  upload_id: string;
  part: number;
  parts: number;
  text: string;
  at: IsoInstant;
}

export interface OfferingTables {
  venue_facts: VenueFactsTable;
  partner_year_copy: PartnerYearCopyTable;
  offering_facts: OfferingFactsTable;
  imported: ImportedTable;
  import_part: ImportPartTable;
}
