import type { Cents, IsoInstant, LocalDate, TicketCount } from '../../platform/units.ts';
import { checkNumber } from './check-values.ts';
import { checkFees, type FeeLimit } from './fee.ts';
import { checkOpening, type Opening } from './opening-hours.ts';
import { problem, type Problem } from './problem.ts';
import type { Span } from './recurrence.ts';
import type { OfferingKind, VenueType } from './words.ts';

/** A course: one performance from its first session to the end of its last. */
export interface CourseTerms {
  readonly sessions: readonly Span[];
  /** When places are given; null: no such limit. */
  readonly enrolFrom: IsoInstant | null;
  readonly enrolTo: IsoInstant | null;
  readonly feeCents: Cents;
  /** The most that the card covers; null: all of the fee. Source: domain.md, Pedersöre up to 25 €. */
  readonly feeCeilingCents: Cents | null;
  readonly places: TicketCount | null;
}

/** A series pass: so many visits, for so many days from its first day or to a last day. */
export interface PassTerms {
  readonly visits: number;
  readonly validDays: number | null;
  readonly validUntil: LocalDate | null;
}

/** What an offering says of its own kind; the rest is null or empty. */
export interface Terms {
  readonly course: CourseTerms | null;
  readonly opening: Opening | null;
  readonly pass: PassTerms | null;
  readonly fees: readonly FeeLimit[];
}

export const noTerms: Terms = { course: null, opening: null, pass: null, fees: [] };

/** Fewest visits of a swimming hall's pass. Source: domain.md "Swimming halls". */
export const fewestSwimmingVisits = 30;
const mostVisits = 1_000;
const mostSessions = 200;
const highestFee: Cents = 1_000_000;
const mostPlaces: TicketCount = 100_000;

/** What the holder pays for a course: the part of the fee that is over the ceiling, in cents. */
export function holderPays({
  feeCents,
  feeCeilingCents,
}: Pick<CourseTerms, 'feeCents' | 'feeCeilingCents'>): Cents {
  return feeCeilingCents === null ? 0 : Math.max(0, feeCents - feeCeilingCents);
}

/** From the first session to the end of the last; null: a course without sessions. */
export function courseSpan({ sessions }: CourseTerms): Span | null {
  const [first] = sessions.map(({ startsAt }) => startsAt).sort();
  const last = sessions
    .map(({ endsAt }) => endsAt)
    .sort()
    .at(-1);
  return first === undefined || last === undefined ? null : { startsAt: first, endsAt: last };
}

/** Terms that belong to the kind, with numbers that can be. */
export function checkTerms(terms: Terms, kind: OfferingKind, venueType: VenueType): Problem[] {
  const belongs: readonly [string, boolean, OfferingKind][] = [
    ['course', terms.course !== null, 'COURSE'],
    ['openingHours', terms.opening !== null, 'OPEN_ENTRY'],
    ['pass', terms.pass !== null, 'SERIES_PASS'],
    ['feeLimits', terms.fees.length > 0, 'FEE_BENEFIT'],
  ];
  return [
    ...belongs.flatMap(([field, isThere, of]) =>
      isThere && kind !== of ? [problem('WRONG_KIND', field, { kind })] : [],
    ),
    ...(terms.course ? checkCourse(terms.course) : []),
    ...(terms.opening ? checkOpening(terms.opening) : []),
    ...(terms.pass ? checkPass(terms.pass, venueType) : []),
    ...checkFees(terms.fees),
  ];
}

function checkCourse(course: CourseTerms): Problem[] {
  const { sessions, enrolFrom, enrolTo } = course;
  if (sessions.length > mostSessions) {
    return [problem('TOO_MANY', 'course.sessions', { most: mostSessions })];
  }
  return [
    ...sessions.flatMap(({ startsAt, endsAt }, index) =>
      startsAt < endsAt ? [] : [problem('ENDS_BEFORE_START', `course.sessions[${index}]`)],
    ),
    ...(enrolFrom !== null && enrolTo !== null && enrolTo <= enrolFrom
      ? [problem('ENDS_BEFORE_START', 'course.enrolTo')]
      : []),
    ...checkNumber(course.feeCents, 'course.feeCents', 0, highestFee),
    ...checkNumber(course.feeCeilingCents, 'course.feeCeilingCents', 0, highestFee),
    ...checkNumber(course.places, 'course.places', 0, mostPlaces),
  ];
}

function checkPass({ visits, validDays, validUntil }: PassTerms, venueType: VenueType): Problem[] {
  return [
    ...checkNumber(visits, 'pass.visits', 1, mostVisits),
    ...(venueType === 'SWIMMING_HALL' && visits < fewestSwimmingVisits
      ? [problem('PASS_TOO_SHORT', 'pass.visits', { least: fewestSwimmingVisits, is: visits })]
      : []),
    ...((validDays === null) === (validUntil === null) ? [problem('PASS_WITHOUT_EXPIRY', 'pass')] : []),
    ...checkNumber(validDays, 'pass.validDays', 1, 3_660),
  ];
}
