import { badInput } from '../../platform/errors.ts';

/** An answer on the scale from 0 to 10, or an explicit decline. 0 is an answer; nothing at all is neither. */
export interface ScaleAnswer {
  readonly answer?: number | null | undefined;
  readonly declined?: boolean | null | undefined;
}

export interface WellbeingInput {
  /** "How satisfied are you at the moment with your life overall?" */
  readonly satisfaction?: ScaleAnswer | null | undefined;
  /** At renewal: "The card has increased my wellbeing." */
  readonly increased?: ScaleAnswer | null | undefined;
  /** That the answers may be pooled: true with any answer. */
  readonly consent?: boolean | null | undefined;
}

export interface WellbeingAnswers {
  readonly satisfaction: number | null;
  readonly increased: number | null;
  readonly consent: boolean;
}

/**
 * What was asked of a holder on this occasion: each question answered or declined. Declining needs no consent and changes
 * nothing. Throws BAD_INPUT with the field.
 */
export function readWellbeing(
  input: WellbeingInput | null | undefined,
  occasion: 'ISSUE' | 'RENEWAL',
): WellbeingAnswers {
  const satisfaction = readScale('satisfaction', input?.satisfaction);
  if (occasion === 'ISSUE' && input?.increased)
    throw badInput('increased is asked at renewal only.', { field: 'increased' });
  const increased = occasion === 'RENEWAL' ? readScale('increased', input?.increased) : null;
  const consent = input?.consent === true;
  if (!consent && (satisfaction !== null || increased !== null)) {
    throw badInput('An answer needs consent: true; without it the question is declined.', {
      field: 'consent',
    });
  }
  return { satisfaction, increased, consent };
}

/** A community card has no holder to ask. */
export function readNoWellbeing(input: WellbeingInput | null | undefined): void {
  if (input) throw badInput('A community card has nobody to ask for wellbeing.', { field: 'wellbeing' });
}

function readScale(
  field: 'satisfaction' | 'increased',
  given: ScaleAnswer | null | undefined,
): number | null {
  const answer = given?.answer ?? null;
  const declined = given?.declined === true;
  if (answer === null && declined) return null;
  if (answer !== null && !declined && Number.isInteger(answer) && answer >= 0 && answer <= 10) return answer;
  throw badInput(`${field} is either answer: a whole number from 0 to 10, or declined: true.`, { field });
}
