import { badInput, type AppError, type Facts } from '../../platform/errors.ts';
import { problemText } from './problem-texts.ts';

/** Every way in which what a venue writes, or a row of its file, cannot be taken. */
export const problemCodes = [
  'MISSING',
  'TOO_LONG',
  'TOO_MANY',
  'NOT_A_TEXT',
  'NOT_A_NUMBER',
  'NOT_A_DATE',
  'NOT_A_TIME',
  'NOT_A_LANGUAGE',
  'NOT_HTTPS',
  'NOT_AN_EMAIL',
  'NOT_A_PHONE',
  'OUT_OF_RANGE',
  'ENDS_BEFORE_START',
  'TOO_FAR_AWAY',
  'ALREADY_OVER',
  'UNKNOWN_GENRE',
  'TEXT_ALTERNATIVE_MISSING',
  'WRONG_KIND',
  'OVERLAPPING_HOURS',
  'PASS_TOO_SHORT',
  'PASS_WITHOUT_EXPIRY',
  'PASS_HAS_VISITS',
  'NOTHING_IN_RULE',
  'NOT_COMPLETE',
  'NOT_READABLE',
  'NO_EVENTS',
  'UNKNOWN_COLUMN',
  'UNKNOWN_TIME_ZONE',
  'UNSUPPORTED_RECURRENCE',
  'RECURRENCE_CUT',
  'DUPLICATE_KEY',
  'ROW_CANCELLED',
  'PERFORMANCE_CANCELLED',
  'PERFORMANCE_HAS_USES',
  'CAP_BELOW_USED',
  'CAP_BELOW_FLOOR',
  'END_ASSUMED',
  'IMAGE_LEFT_OUT',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export interface Problem {
  readonly code: ProblemCode;
  /** Where: 'title', 'performances[2].endsAt', a column of the file. */
  readonly field: string;
  /** The numbers behind it, and what would be right. */
  readonly facts: Facts;
}

export function problem(code: ProblemCode, field: string, facts: Facts = {}): Problem {
  return { code, field, facts };
}

/** BAD_INPUT for the first of these problems, if there is one: `facts.problem` is its stable code. */
export function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first) throw asError(first);
}

export function asError({ code, field, facts }: Problem): AppError {
  return badInput(`${field}: ${problemText(code, facts).en}`, { problem: code, field, ...facts });
}
