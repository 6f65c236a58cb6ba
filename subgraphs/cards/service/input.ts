import { badInput } from '../../platform/errors.ts';
import type { LocalDate } from '../../platform/units.ts';
import { backgrounds, type Background, type HolderFacts } from '../domain/card.ts';
import { yearOf } from '../domain/validity.ts';

const maxTypedCode = 64;
const maxId = 64;
const oldestAge = 120;
const maxChildren = 20;
const maxGrandchildren = 50;

/** A code as somebody typed it. Whether it is one, the domain says; here only whether anything was typed at all. */
export function readTypedCode(code: string, field = 'code'): string {
  if (code.trim() === '') throw badInput('Type or scan the card code: it is empty.', { field });
  if (code.length > maxTypedCode) {
    throw badInput(`A card code has 12 characters; at most ${maxTypedCode} are read.`, { field });
  }
  return code;
}

/** Whether it can be an id of anything. What cannot is never looked for: PostgreSQL takes not every text. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= maxId && /^[\w-]+$/.test(id);
}

export function readId(field: string, id: string): string {
  if (isId(id)) return id;
  throw badInput(`${field} is an id of 1 to ${maxId} letters, digits, - or _.`, { field });
}

/** The facts of a holder that an issuer asks for, and no others. Refuses BAD_INPUT with the field and its bounds. */
export function readHolder(holder: HolderFacts, today: LocalDate): HolderFacts {
  const thisYear = yearOf(today);
  const { birthYear, postcode, children, grandchildren } = holder;
  const background = readBackground(holder.background ?? []);
  wholeNumber('birthYear', birthYear, thisYear - oldestAge, thisYear);
  if (!/^\d{5}$/.test(postcode))
    throw badInput('postcode is five digits, such as 70100.', { field: 'postcode' });
  wholeNumber('children', children, 0, maxChildren);
  wholeNumber('grandchildren', grandchildren, 0, maxGrandchildren);
  return { birthYear, postcode, children, grandchildren, ...(background.length > 0 && { background }) };
}

/** Words of the list, each at most once and in the order of the list. */
function readBackground(told: readonly Background[]): Background[] {
  const known = backgrounds.filter((word) => told.includes(word));
  if (known.length === told.length) return known;
  throw badInput(`background holds each of ${backgrounds.join(', ')} at most once.`, { field: 'background' });
}

/** Whoever gets a card must hear that a ticket may not be left unused without telling the venue. */
export function readTold(told: boolean | null | undefined): void {
  if (told === true) return;
  throw badInput('Tell the holder not to leave a ticket unused without telling the venue, then say true.', {
    field: 'toldNotToLeaveUnused',
  });
}

/** One of a list of codes, such as a reason. */
export function readWord<Word extends string>(field: string, word: string, words: readonly Word[]): Word {
  const found = words.find((known) => known === word);
  if (found !== undefined) return found;
  throw badInput(`${field} is one of ${words.join(', ')}.`, { field });
}

/** The day of handover: today, or an earlier day for a paper form that is typed in later. */
export function readIssuedOn(
  issuedOn: LocalDate | undefined,
  today: LocalDate,
  field = 'issuedOn',
): LocalDate {
  if (issuedOn === undefined) return today;
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(issuedOn) ? Date.parse(`${issuedOn}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(millis) || !new Date(millis).toISOString().startsWith(issuedOn) || issuedOn > today) {
    throw badInput(`${field} is a day of the calendar, today or earlier.`, { field });
  }
  return issuedOn;
}

export function readYear(year: number): number {
  return wholeNumber('year', year, 2000, 2999);
}

export function wholeNumber(field: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw badInput(`${field} is a whole number from ${least} to ${most}.`, { field, least, most });
  }
  return value;
}
