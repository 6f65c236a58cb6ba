import type { Text } from '../../platform/text.ts';
import type { LocalDate } from '../../platform/units.ts';
import { problem, type Problem } from './problem.ts';

export const longestTitle = 300;
export const longestDescription = 5_000;
const longestUrl = 2_000;

const clean = (value: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- those are what PostgreSQL or a screen cannot take
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(value);

/** One text: not longer than `most` characters, nothing that cannot be shown. */
export function checkString(value: string | null | undefined, field: string, most: number): Problem[] {
  if (value === null || value === undefined) return [];
  if (!clean(value)) return [problem('NOT_A_TEXT', field)];
  return value.length > most ? [problem('TOO_LONG', field, { most, is: value.length })] : [];
}

/** A text in up to three languages; `needed`: at least one of them says something. */
export function checkText(value: Text | null, field: string, most: number, needed = false): Problem[] {
  const { fi = null, sv = null, en = null } = value ?? {};
  if (needed && ![fi, sv, en].some((each) => each !== null && each.trim() !== '')) {
    return [problem('MISSING', field)];
  }
  return [
    ...checkString(fi, `${field}.fi`, most),
    ...checkString(sv, `${field}.sv`, most),
    ...checkString(en, `${field}.en`, most),
  ];
}

/** A whole number within limits. */
export function checkNumber(
  value: number | null | undefined,
  field: string,
  least: number,
  most: number,
): Problem[] {
  if (value === null || value === undefined) return [];
  if (!Number.isInteger(value)) return [problem('NOT_A_NUMBER', field)];
  return value < least || value > most ? [problem('OUT_OF_RANGE', field, { least, most, is: value })] : [];
}

/** An address on the web that a browser may be sent to: https, no name or password in it. */
export function checkUrl(value: string | null | undefined, field: string): Problem[] {
  if (value === null || value === undefined) return [];
  const broken = checkString(value, field, longestUrl);
  if (broken.length > 0) return broken;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && !/\s/.test(value) ? [] : [problem('NOT_HTTPS', field)];
}

/** Hours and minutes of a day; '24:00' ends it. */
export function isTime(value: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) || value === '24:00';
}

/** Whole days from one date to another. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
