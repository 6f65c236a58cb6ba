import { badInput } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';

export const regionKinds = ['REGION', 'WELLBEING_SERVICES_COUNTY', 'ABROAD'] as const;

/** What a heading of the documents really is: the list of regions also prints wellbeing services counties and a country. */
export type RegionKind = (typeof regionKinds)[number];

export interface Region {
  readonly id: string;
  /** The heading under which the documents list municipalities. */
  readonly printedAs: string;
  readonly kind: RegionKind;
  readonly name: Text;
  /** The official region; itself when the heading is one, null abroad. */
  readonly officialRegionId: string | null;
  readonly basis: string;
}

export interface WellbeingServicesCounty {
  readonly id: string;
  readonly name: Text;
  /** True when the documents do not print the name itself. */
  readonly inferred: boolean;
  readonly basis: string;
  readonly source: string;
}

/** Throws BAD_INPUT for a kind that the table of regions may not have. */
export function readRegionKind(printed: string): RegionKind {
  const kind = regionKinds.find((known) => known === printed);
  if (kind === undefined) throw badInput(`A region's kind is one of ${regionKinds.join(', ')}.`);
  return kind;
}
