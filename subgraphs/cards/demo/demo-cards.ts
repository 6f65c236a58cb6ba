import { stableId } from '../../platform/ids.ts';
import type { CardKind, HolderFacts } from '../domain/card.ts';
import { codeStartingWith, formatCode } from '../domain/code.ts';
import { demoPrefix } from '../domain/demo.ts';

export type DemoPurpose =
  | 'VALID_WITH_TWO_CHILDREN'
  | 'VALID_WITHOUT_CHILDREN'
  | 'EXPIRED'
  | 'SUSPENDED'
  | 'COMMUNITY'
  | 'ISSUED_IN_TAMPERE';

/** A made-up card with a known code, for whoever tries the product or tests it. */
export interface KnownDemoCard {
  readonly index: number;
  readonly purpose: DemoPurpose;
  /** As printed: `DEM0-0000-001A` for the first. */
  readonly code: string;
  readonly kind: CardKind;
  /** Where the issuer is, by the municipality's name. */
  readonly issuedIn: 'Kuopio' | 'Tampere';
  readonly issuedDaysAgo: number;
  readonly suspended: boolean;
  /** The holder's facts, with the age in years in place of the birth year; null for a community card. */
  readonly holder: (Omit<HolderFacts, 'birthYear'> & { readonly age: number }) | null;
}

type Given = Partial<Pick<KnownDemoCard, 'kind' | 'issuedIn' | 'issuedDaysAgo' | 'suspended' | 'holder'>>;

/** Easy to type: zeros and a number, where the other made-up cards have letters. */
function printedCode(number: number): string {
  return formatCode(codeStartingWith(`${demoPrefix}0000${String(number).padStart(3, '0')}`));
}

function known(index: number, purpose: DemoPurpose, given: Given = {}): KnownDemoCard {
  return {
    index,
    purpose,
    code: printedCode(index + 1),
    kind: 'PERSONAL',
    issuedIn: 'Kuopio',
    issuedDaysAgo: 30,
    suspended: false,
    holder: { age: 34, postcode: '70100', children: 0, grandchildren: 0 },
    ...given,
  };
}

/** The first cards of the demo season, in the order of their numbers. */
export const demoCards: readonly KnownDemoCard[] = [
  known(0, 'VALID_WITH_TWO_CHILDREN', {
    holder: { age: 34, postcode: '70100', children: 2, grandchildren: 0 },
  }),
  known(1, 'VALID_WITHOUT_CHILDREN'),
  known(2, 'EXPIRED', { issuedDaysAgo: 400 }),
  known(3, 'SUSPENDED', { suspended: true }),
  known(4, 'COMMUNITY', { kind: 'COMMUNITY', holder: null }),
  known(5, 'ISSUED_IN_TAMPERE', {
    issuedIn: 'Tampere',
    holder: { age: 61, postcode: '33100', children: 0, grandchildren: 1 },
  }),
];

/** A code without a mistake that no card has. */
export const unknownDemoCode = printedCode(999);

/** How many cards the demo season has, the known ones included. */
export const demoCardCount = 300;

export function demoCardId(index: number): string {
  return stableId('demo-card', String(index));
}

/** A postcode or two of each municipality that has named issuers, so that made-up holders live near their issuer. */
const postcodesByMunicipality: Readonly<Record<string, readonly string[]>> = {
  Kuopio: ['70100', '70200', '70420', '70600', '70800'],
  Tampere: ['33100', '33200', '33500', '33720', '33820'],
  Valkeakoski: ['37600', '37630'],
  Nokia: ['37100', '37120'],
  Orivesi: ['35300'],
};

const postcodesById = new Map(
  Object.entries(postcodesByMunicipality).map(([name, postcodes]) => [municipalityId(name), postcodes]),
);

export function municipalityId(name: string): string {
  return stableId('municipality', name);
}

export function postcodesOf(municipality: string | null): readonly string[] {
  return postcodesById.get(municipality ?? '') ?? ['00100'];
}
