import type { Facts } from '../../../platform/errors.ts';
import { refuse, type Refusal, type RuleReference } from '../../../platform/refusals.ts';
import type { Text } from '../../../platform/text.ts';
import type { LocalDate } from '../../../platform/units.ts';
import { nextStepOf } from './next-steps.ts';

/** Every limit there is, in the order in which a door asks them: the first that says no answers. */
export const limitNames = [
  'CARD_CHECK_SIGNATURE',
  'CARD_CHECK_VENUE',
  'CARD_CHECK_EXPIRY',
  'PERFORMANCE_CANCELLED',
  'PERFORMANCE_OVER',
  'REDEMPTION_WINDOW',
  'ENROLMENT_WINDOW',
  'NO_CHILDREN_AT_COURSES',
  'NO_COMMUNITY_CARDS_AT_COURSES',
  'LINES_OF_CARD',
  'ONCE_PER_PERFORMANCE',
  'ONCE_PER_PRODUCTION',
  'COURSES_AT_A_TIME',
  'COURSES_PER_TERM',
  'COURSES_PER_YEAR',
  'FEE_CEILING',
  'ASSISTANT_FREE',
  'CAP',
  'SHARED_CAP',
  'CAP_FLOOR',
] as const;
export type LimitName = (typeof limitNames)[number];

/** The limits that a venue may set aside at the door with a reason. Everything else is hard. */
export const softLimits = [
  'REDEMPTION_WINDOW',
  'ENROLMENT_WINDOW',
  'NO_CHILDREN_AT_COURSES',
  'ONCE_PER_PRODUCTION',
  'COURSES_AT_A_TIME',
  'COURSES_PER_TERM',
  'COURSES_PER_YEAR',
] as const satisfies readonly LimitName[];
export type SoftLimit = (typeof softLimits)[number];

export type DoorRefusalCode =
  | 'PRESENTATION_INVALID'
  | 'PRESENTATION_EXPIRED'
  | 'PERFORMANCE_CANCELLED'
  | 'OUTSIDE_WINDOW'
  | 'LINE_NOT_ALLOWED'
  | 'ALREADY_SEEN'
  | 'COURSE_LIMIT_REACHED'
  | 'CAP_REACHED';

/** What one limit says to one wish. */
export interface Verdict {
  readonly limit: LimitName;
  /** Key of the rule: the document's where one states it, else the software's own. */
  readonly rule: string;
  /** Null: whoever asks does not know enough, or may not (a card's uses are for its holder and the door). */
  readonly passes: boolean | null;
  /** What the door answers when it does not pass; null: it never closes a door, it only explains. */
  readonly code: DoorRefusalCode | null;
  /** The value of the rule and the numbers that it was compared with. */
  readonly facts: Facts;
  readonly since: LocalDate | null;
  /** The document; null: the venue's own choice, or part of how the card works everywhere. */
  readonly source: string | null;
  readonly soft: boolean;
  /** What to do next; null: nothing, it passes. */
  readonly nextStep: Text | null;
}

/** A refusal with everything that was looked at. */
export type Traced<Code extends string> = Refusal<Code> & { readonly trace: readonly Verdict[] };

interface Finding {
  readonly passes: boolean | null;
  readonly code: DoorRefusalCode | null;
  readonly facts: Verdict['facts'];
  readonly reference?: RuleReference | null;
}

/** The verdict of a limit; `ownKey` names the rule where no document does. */
export function verdict(
  limit: LimitName,
  ownKey: string,
  { passes, code, facts, reference = null }: Finding,
): Verdict {
  return {
    limit,
    rule: reference?.key ?? ownKey,
    passes,
    code,
    facts,
    since: reference?.since ?? null,
    source: reference?.source ?? null,
    soft: isSoft(limit),
    nextStep: passes === false ? nextStepOf(limit) : null,
  };
}

export function isSoft(limit: LimitName): limit is SoftLimit {
  return softLimits.some((soft) => soft === limit);
}

/** The no of a verdict as the door answers it; null: it is no no. */
export function refusalOf(found: Verdict): Refusal<DoorRefusalCode> | null {
  if (found.passes !== false || found.code === null) return null;
  const { rule, since, source } = found;
  return refuse(found.code, found.facts, source === null ? null : { key: rule, since, source });
}
