import type { Text } from '../../platform/text.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { checkNumber, checkText, checkUrl, longestDescription, longestTitle } from './check-values.ts';
import { problem, type Problem } from './problem.ts';
import type { Span } from './recurrence.ts';
import { checkTerms, noTerms, type Terms } from './terms.ts';
import type { OfferingKind, TicketBasis, VenueType } from './words.ts';

/** An image by its address, with what it shows in words. */
export interface Image {
  readonly url: string;
  readonly alt: Text;
}

/** What an offering says besides its title. */
export interface OfferingFacts {
  readonly offeringId: string;
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  /** Of the performance or the teaching: 'fi', 'sme'. Empty: not said, or without words. */
  readonly languages: readonly string[];
  readonly images: readonly Image[];
  readonly terms: Terms;
  /** Null: never shown. */
  readonly firstPublishedAt: IsoInstant | null;
}

export const offeringStates = ['DRAFT', 'PUBLISHED', 'UNPUBLISHED'] as const;
export type OfferingState = (typeof offeringStates)[number];

export const noFacts = (offeringId: string): OfferingFacts => ({
  offeringId,
  ageFrom: null,
  ageTo: null,
  languages: [],
  images: [],
  terms: noTerms,
  firstPublishedAt: null,
});

/** DRAFT: nobody but its venue has ever seen it. UNPUBLISHED: it was shown once. */
export function stateOf(published: boolean, { firstPublishedAt }: OfferingFacts): OfferingState {
  if (published) return 'PUBLISHED';
  return firstPublishedAt === null ? 'DRAFT' : 'UNPUBLISHED';
}

/** Everything of an offering that its venue may write. */
export interface OfferingWish {
  readonly kind: OfferingKind;
  readonly title: Text;
  readonly description: Text | null;
  readonly facts: Omit<OfferingFacts, 'offeringId' | 'firstPublishedAt'>;
}

export const oldest = 120;
const mostLanguages = 10;
const mostImages = 5;
const longestAlt = 500;

export function checkOffering(
  { kind, title, description, facts }: OfferingWish,
  venueType: VenueType,
): Problem[] {
  return [
    ...checkText(title, 'title', longestTitle, true),
    ...checkText(description, 'description', longestDescription),
    ...checkAges(facts),
    ...checkLanguages(facts.languages),
    ...checkImages(facts.images),
    ...checkTerms(facts.terms, kind, venueType),
  ];
}

export function checkAges({ ageFrom, ageTo }: Pick<OfferingFacts, 'ageFrom' | 'ageTo'>): Problem[] {
  return [
    ...checkNumber(ageFrom, 'ageFrom', 0, oldest),
    ...checkNumber(ageTo, 'ageTo', ageFrom ?? 0, oldest),
  ];
}

/** ISO 639: two or three small letters. */
export function checkLanguages(languages: readonly string[]): Problem[] {
  if (languages.length > mostLanguages) return [problem('TOO_MANY', 'languages', { most: mostLanguages })];
  return languages.every((each) => /^[a-z]{2,3}$/.test(each)) ? [] : [problem('NOT_A_LANGUAGE', 'languages')];
}

/** Who cannot see the image reads what it shows, in each of the three languages. */
export function checkImages(images: readonly Image[]): Problem[] {
  if (images.length > mostImages) return [problem('TOO_MANY', 'images', { most: mostImages })];
  return images.flatMap(({ url, alt }, index) => {
    const field = `images[${index}]`;
    const says = [alt.fi, alt.sv, alt.en].every((each) => each !== null && each.trim() !== '');
    return [
      ...checkUrl(url, `${field}.url`),
      ...(says
        ? checkText(alt, `${field}.alt`, longestAlt)
        : [problem('TEXT_ALTERNATIVE_MISSING', `${field}.alt`)]),
    ];
  });
}

/** One date as its venue wishes it. */
export interface PerformanceWish extends Span {
  readonly tickets: TicketCount | null;
  readonly ticketBasis: TicketBasis | null;
  /** Most card tickets; null: no cap. */
  readonly cap: TicketCount | null;
}

const mostTickets: TicketCount = 1_000_000;
/** Nobody plans further, and a year of five digits is a slip of the hand. */
export const furthestDays = 1_830;
const dayMs = 86_400_000;

/** A date that ends after it starts, is not over yet, and has numbers that can be. */
export function checkPerformance(wish: PerformanceWish, field: string, now: IsoInstant): Problem[] {
  return [
    ...checkSpan(wish, field, now),
    ...checkNumber(wish.tickets, `${field}.tickets`, 0, mostTickets),
    ...checkNumber(wish.cap, `${field}.cap`, 0, mostTickets),
  ];
}

export function checkSpan({ startsAt, endsAt }: Span, field: string, now: IsoInstant): Problem[] {
  if (endsAt <= startsAt) return [problem('ENDS_BEFORE_START', `${field}.endsAt`)];
  if (endsAt <= now) return [problem('ALREADY_OVER', `${field}.endsAt`, { endsAt })];
  return Date.parse(endsAt) - Date.parse(now) > furthestDays * dayMs
    ? [problem('TOO_FAR_AWAY', `${field}.endsAt`, { days: furthestDays })]
    : [];
}

/** What an offering lacks before holders may see it. */
export function checkComplete(kind: OfferingKind, { terms }: OfferingFacts, performances: number): Problem[] {
  const needs: Record<OfferingKind, readonly [string, boolean]> = {
    PRODUCTION: ['performances', performances > 0],
    COURSE: ['course.sessions', performances > 0],
    OPEN_ENTRY: ['openingHours', performances > 0 || (terms.opening?.hours.length ?? 0) > 0],
    SERIES_PASS: ['pass', performances > 0 || terms.pass !== null],
    FEE_BENEFIT: ['feeLimits', performances > 0 || terms.fees.length > 0],
  };
  const [name, isThere] = needs[kind];
  return isThere ? [] : [problem('NOT_COMPLETE', 'offering', { needs: name, kind })];
}
