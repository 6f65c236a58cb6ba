import type { IsoInstant, TicketCount } from '../../../platform/units.ts';
import type { CountedPlaces } from '../cap.ts';
import type { Offering, Performance } from '../catalogue.ts';
import type { CardKind, TicketLine } from '../lines.ts';
import type { Presentation } from '../presentation.ts';
import type { Place, Rule } from '../rules.ts';
import type { CourseTerms } from '../terms.ts';
import type { CourseUse } from './course-uses.ts';
import type { Verdict } from './verdict.ts';

/** A valid use of this card at this offering. */
export interface Seen {
  readonly performanceId: string;
  readonly recordedAt: IsoInstant;
}

/** The counter: `held` is kept for a group, a device without a network, a family on the waiting list. */
export interface Places extends CountedPlaces {
  /** Of the held ones those that are offered to this very card, which waited for them; left out: none. */
  readonly own?: TicketCount;
}

/**
 * Everything that limits look at. What is left out or null is not known to whoever asks: a limit that needs it then
 * passes nobody and refuses nobody.
 */
export interface LimitQuestion {
  /** Null: no card was presented; the rules are explained all the same. */
  readonly presentation: Presentation | null;
  /** Why what was presented could not be read: FORM, KEY_UNKNOWN, SIGNATURE. */
  readonly tokenFault?: string | null;
  readonly performance: Performance;
  readonly offering: Offering;
  readonly lines: readonly TicketLine[];
  readonly rules: readonly Rule[];
  readonly place: Place;
  readonly now: IsoInstant;
  readonly seen?: readonly Seen[] | null;
  readonly courses?: readonly CourseUse[] | null;
  readonly places?: Places | null;
  /** Of a course that its venue has described: fee, ceiling, enrolment. */
  readonly course?: Omit<CourseTerms, 'sessions' | 'places'> | null;
  /** True: the holder asks, who may see numbers of uses at other venues too. */
  readonly isHolder?: boolean;
}

/** A limit that does not concern this offering or this card says null. */
export type Limit = (question: LimitQuestion) => Verdict | null;

/** Of a personal card unless a community card was presented. */
export function cardKindOf({ presentation }: LimitQuestion): CardKind {
  return presentation?.cardKind ?? 'PERSONAL';
}

export function countOf(lines: readonly TicketLine[], type: TicketLine['type']): TicketCount {
  return lines.reduce((sum, line) => (line.type === type ? sum + line.count : sum), 0);
}
