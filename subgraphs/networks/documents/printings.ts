import type { PartnerRole } from '../domain/partner.ts';
import { orNull, readTable } from './table.ts';

/** One row of one document that names a partner. */
export interface Printing {
  readonly role: PartnerRole;
  readonly municipality: string;
  readonly printedAs: string;
  readonly organisation: string | null;
  readonly unit: string | null;
  readonly kind: string | null;
  /** The years in which the document shows it taking part. */
  readonly years: readonly number[];
  readonly source: string;
}

const nothingMore = { organisation: null, unit: null, kind: null } as const;

/** Every row of every document that names a partner, in the order of the documents. */
export function readPrintings(): Printing[] {
  return [
    ...kuopioMembers(),
    ...kuopioIssuers(),
    ...kuopioVenues(),
    ...pirkanmaaIssuers(),
    ...pirkanmaaVenues(),
    ...nationalExamples(),
  ];
}

/** The list of members is of the year of its document. */
function kuopioMembers(): Printing[] {
  return readTable('kuopio_network_members', ['name_as_printed', 'role', 'municipality', 'source']).map(
    (row) => ({
      ...nothingMore,
      role: row.role === 'issuer' ? 'ISSUER' : 'VENUE',
      municipality: row.municipality,
      printedAs: row.name_as_printed,
      years: [2025],
      source: row.source,
    }),
  );
}

/** A year counts when the table has a figure for it. */
function kuopioIssuers(): Printing[] {
  return readTable('kuopio_issuers', [
    'issuer',
    'issuer_kind_inferred',
    'municipality',
    'cards_issued_2024',
    'cards_issued_2025_to_aug',
    'source',
  ]).map((row) => ({
    ...nothingMore,
    role: 'ISSUER',
    municipality: row.municipality,
    printedAs: row.issuer,
    kind: row.issuer_kind_inferred,
    years: yearsWithFigures(row.cards_issued_2024, row.cards_issued_2025_to_aug),
    source: row.source,
  }));
}

function kuopioVenues(): Printing[] {
  return readTable('kuopio_venues_usage', [
    'venue',
    'municipality',
    'total_2024',
    'total_2025_to_aug',
    'source',
  ]).map((row) => ({
    ...nothingMore,
    role: 'VENUE',
    municipality: row.municipality,
    printedAs: row.venue,
    years: yearsWithFigures(row.total_2024, row.total_2025_to_aug),
    source: row.source,
  }));
}

function pirkanmaaIssuers(): Printing[] {
  const statuses = new Map(pirkanmaaVenueRows().map((row) => [row.municipality, row.municipality_status]));
  return readTable('pirkanmaa_issuers', [
    'municipality',
    'parent_organisation',
    'unit',
    'kind',
    'source',
  ]).map((row) => ({
    role: 'ISSUER',
    municipality: row.municipality,
    printedAs: row.unit,
    organisation: row.parent_organisation,
    unit: row.unit,
    kind: orNull(row.kind),
    years: pirkanmaaYears(statuses.get(row.municipality) ?? ''),
    source: row.source,
  }));
}

function pirkanmaaVenues(): Printing[] {
  return pirkanmaaVenueRows().map((row) => ({
    ...nothingMore,
    role: 'VENUE',
    municipality: row.municipality,
    printedAs: row.venue,
    kind: orNull(row.category),
    years: pirkanmaaYears(row.municipality_status),
    source: row.source,
  }));
}

function pirkanmaaVenueRows(): Record<
  'municipality' | 'venue' | 'category' | 'municipality_status' | 'source',
  string
>[] {
  return readTable('pirkanmaa_venues', [
    'municipality',
    'venue',
    'category',
    'municipality_status',
    'source',
  ]);
}

/** The slides are of 2024; where they print the municipality's pilot as 2024–25, both years are shown. */
function pirkanmaaYears(municipalityStatus: string): number[] {
  return municipalityStatus === 'pilot 2024-25' ? [2024, 2025] : [2024];
}

/** The leaflet is of 2026. An example without a municipality is no partner: nobody can say of which network. */
function nationalExamples(): Printing[] {
  return readTable('national_example_venues', ['venue', 'municipality_if_named', 'source'])
    .filter((row) => row.municipality_if_named !== '')
    .map((row) => ({
      ...nothingMore,
      role: 'VENUE',
      municipality: row.municipality_if_named,
      printedAs: row.venue,
      years: [2026],
      source: row.source,
    }));
}

function yearsWithFigures(in2024: string, in2025: string): number[] {
  return [...(in2024 === '' ? [] : [2024]), ...(in2025 === '' ? [] : [2025])];
}
