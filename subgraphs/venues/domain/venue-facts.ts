import type { Text } from '../../platform/text.ts';
import type { LocalDate } from '../../platform/units.ts';
import { checkNumber, checkString, checkText, checkUrl, longestDescription } from './check-values.ts';
import { problem, type Problem } from './problem.ts';
import type { VenueCategory } from './words.ts';

export const accessibilityFacts = ['STEP_FREE', 'HEARING_LOOP', 'CALM_HOURS', 'COMPANION_SEAT'] as const;
export type AccessibilityFact = (typeof accessibilityFacts)[number];

/** UNKNOWN is an answer of its own: nobody has said. */
export const accessibilityAnswers = ['YES', 'NO', 'UNKNOWN'] as const;
export type AccessibilityAnswer = (typeof accessibilityAnswers)[number];

export interface Accessibility {
  readonly fact: AccessibilityFact;
  readonly answer: AccessibilityAnswer;
  readonly note: Text | null;
}

/** What a venue says of itself. Contacts are the organisation's, never a person's. */
export interface VenueFacts {
  readonly venueId: string;
  readonly popUpFrom: LocalDate | null;
  readonly popUpTo: LocalDate | null;
  /** Besides the venue's first category. */
  readonly moreCategories: readonly VenueCategory[];
  readonly streetAddress: string | null;
  readonly postcode: string | null;
  /** Degrees, WGS 84, six decimals. Both, or neither. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly organisationEmail: string | null;
  readonly organisationPhone: string | null;
  readonly website: string | null;
  readonly description: Text | null;
  /** Those that somebody has answered. */
  readonly accessibility: readonly Accessibility[];
}

export const noVenueFacts = (venueId: string): VenueFacts => ({
  venueId,
  popUpFrom: null,
  popUpTo: null,
  moreCategories: [],
  streetAddress: null,
  postcode: null,
  latitude: null,
  longitude: null,
  organisationEmail: null,
  organisationPhone: null,
  website: null,
  description: null,
  accessibility: [],
});

/** All four, in their order: what nobody has answered is UNKNOWN. */
export function accessibilityOf({ accessibility }: VenueFacts): Accessibility[] {
  return accessibilityFacts.map(
    (fact) => accessibility.find((each) => each.fact === fact) ?? { fact, answer: 'UNKNOWN', note: null },
  );
}

const longestNote = 500;

export function checkVenueFacts(facts: VenueFacts): Problem[] {
  const { popUpFrom, popUpTo, latitude, longitude, organisationEmail, organisationPhone, accessibility } =
    facts;
  return [
    ...(popUpFrom !== null && popUpTo !== null && popUpTo < popUpFrom
      ? [problem('ENDS_BEFORE_START', 'popUpTo')]
      : []),
    ...checkString(facts.streetAddress, 'streetAddress', 200),
    ...(facts.postcode !== null && !/^\d{5}$|^\d{3} ?\d{2}$/.test(facts.postcode)
      ? [problem('NOT_A_NUMBER', 'postcode')]
      : []),
    ...((latitude === null) === (longitude === null)
      ? []
      : [problem('MISSING', latitude === null ? 'latitude' : 'longitude')]),
    ...checkDegrees(latitude, 'latitude', 90),
    ...checkDegrees(longitude, 'longitude', 180),
    ...(organisationEmail !== null && !isEmail(organisationEmail)
      ? [problem('NOT_AN_EMAIL', 'organisationEmail')]
      : []),
    ...(organisationPhone !== null && !/^\+?[\d ()-]{5,25}$/.test(organisationPhone)
      ? [problem('NOT_A_PHONE', 'organisationPhone')]
      : []),
    ...checkUrl(facts.website, 'website'),
    ...checkText(facts.description, 'description', longestDescription),
    ...checkNumber(accessibility.length, 'accessibility', 0, accessibilityFacts.length),
    ...accessibility.flatMap(({ fact, note }, index) => [
      ...(accessibility.findIndex((each) => each.fact === fact) < index
        ? [problem('TOO_MANY', `accessibility[${index}]`, { most: 1 })]
        : []),
      ...checkText(note, `accessibility[${index}].note`, longestNote),
    ]),
  ];
}

function checkDegrees(value: number | null, field: string, most: number): Problem[] {
  if (value === null) return [];
  return Number.isFinite(value) && Math.abs(value) <= most
    ? []
    : [problem('OUT_OF_RANGE', field, { least: -most, most })];
}

function isEmail(value: string): boolean {
  return value.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i.test(value);
}
