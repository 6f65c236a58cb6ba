import type { IsoInstant } from '../../platform/units.ts';
import { checkPerformance, type OfferingFacts, type PerformanceWish } from './offering-facts.ts';
import { problem, type Problem } from './problem.ts';
import { checkRecurrence, expand, mostPerformances, type Recurrence } from './recurrence.ts';
import { courseSpan, type CourseTerms, type Terms } from './terms.ts';
import type { OfferingKind } from './words.ts';

/** The dates that a venue asks for: one by one, by a rule, or both. */
export interface DatesWish {
  readonly performances: readonly PerformanceWish[];
  readonly recurring: (Recurrence & Pick<PerformanceWish, 'tickets' | 'ticketBasis' | 'cap'>) | null;
}

export const noDates: DatesWish = { performances: [], recurring: null };

/** Kinds whose dates its venue writes; a course has its sessions, a pass and a fee have none. */
const dated: readonly OfferingKind[] = ['PRODUCTION', 'OPEN_ENTRY'];

export function checkDates(
  { performances, recurring }: DatesWish,
  kind: OfferingKind,
  now: IsoInstant,
): Problem[] {
  if (performances.length === 0 && recurring === null) return [];
  if (!dated.includes(kind)) return [problem('WRONG_KIND', 'performances', { kind })];
  if (performances.length > mostPerformances) {
    return [problem('TOO_MANY', 'performances', { most: mostPerformances, is: performances.length })];
  }
  const wrong = [
    ...performances.flatMap((each, index) => checkPerformance(each, `performances[${index}]`, now)),
    ...(recurring ? checkRecurrence(recurring) : []),
  ];
  if (wrong.length > 0 || !recurring) return wrong;
  return datesOf({ performances: [], recurring }).flatMap((each) => checkPerformance(each, 'recurring', now));
}

/** Every date that is asked for; the rule must have been checked. */
export function datesOf({ performances, recurring }: DatesWish): PerformanceWish[] {
  if (!recurring) return [...performances];
  const { tickets, ticketBasis, cap } = recurring;
  return [...performances, ...expand(recurring).map((span) => ({ ...span, tickets, ticketBasis, cap }))];
}

/** A course's one performance: from its first session to the end of its last; its places are its tickets. */
export function dateOfCourse(
  { course }: Pick<Terms, 'course'>,
  cap: PerformanceWish['cap'],
): PerformanceWish | null {
  const span = course && courseSpan(course);
  return span
    ? { ...span, tickets: course.places, ticketBasis: placesBasis(course), cap: cap ?? course.places }
    : null;
}

const placesBasis = ({ places }: CourseTerms): PerformanceWish['ticketBasis'] =>
  places === null ? null : 'CAPACITY';

/** The facts that an offering begins with. */
export type WrittenFacts = Omit<OfferingFacts, 'offeringId' | 'firstPublishedAt'>;
