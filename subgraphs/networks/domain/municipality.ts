import { badInput } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { LocalDate } from '../../platform/units.ts';

export const municipalityStatuses = ['IN_USE', 'PILOT', 'PILOT_OR_COMING', 'INTERESTED'] as const;

/** How far a municipality has come. PILOT_OR_COMING: the document prints both under one heading and does not say which. */
export type MunicipalityStatus = (typeof municipalityStatuses)[number];

export interface Municipality {
  readonly id: string;
  readonly name: Text;
  readonly status: MunicipalityStatus;
  readonly statusAsOf: LocalDate;
  /** ISO 3166 code: one municipality is in Sweden. */
  readonly country: string;
  readonly regionId: string;
  readonly wellbeingServicesCountyId: string | null;
  readonly networkId: string;
  readonly note: string | null;
  readonly source: string;
}

const printedStatuses: ReadonlyMap<string, MunicipalityStatus> = new Map([
  ['in_use', 'IN_USE'],
  ['pilot', 'PILOT'],
  ['pilot_or_coming_2025', 'PILOT_OR_COMING'],
  ['interested', 'INTERESTED'],
]);

/** The status behind a word of municipalities.csv. Throws BAD_INPUT for a word nobody has read before. */
export function readMunicipalityStatus(printed: string): MunicipalityStatus {
  const status = printedStatuses.get(printed);
  if (status === undefined)
    throw badInput(`A municipality's status is one of ${[...printedStatuses.keys()].join(', ')}.`);
  return status;
}

/**
 * Which network a municipality belongs to, by the network's key. Pirkanmaa has a network per municipality (Pirkanmaa
 * slides 2024), Haaparanta in Sweden stands alone; elsewhere the documents show one network per printed heading.
 */
export function networkKey(municipality: string, regionAsPrinted: string): string {
  return regionAsPrinted === 'Pirkanmaa' || regionAsPrinted === 'Ruotsi' ? municipality : regionAsPrinted;
}
