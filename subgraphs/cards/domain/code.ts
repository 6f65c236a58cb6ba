import { refuse, type Refusal } from '../../platform/refusals.ts';

/** A card's code as it is stored: twelve characters of `alphabet`, the last one a check character. */
export type CardCode = string;

/** Crockford's base 32: no I, L, O or U, so that nothing is mistaken for 1, 0 or V. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const codeLength = 12;
/** The characters of a code that carry the number: all but the check character. */
export const digitCount = codeLength - 1;
/** A digit of a code is a number from 0 to 31: an element of the field GF(32). */
export const digitBase = alphabet.length;

const groupLength = 4;
/** What people and scanners put between the characters: blanks, hyphens and dashes, Code 39's start and stop sign. */
const separators = /[\s\-\u2010-\u2015\u2212*]/gu;

const digitOf: ReadonlyMap<string, number> = new Map(
  Array.from(alphabet).flatMap((character, digit): [string, number][] => [
    [character, digit],
    [character.toLowerCase(), digit],
    ...lookAlikes(character).map((other): [string, number] => [other, digit]),
  ]),
);

function lookAlikes(character: string): string[] {
  if (character === '0') return ['O', 'o'];
  if (character === '1') return ['I', 'i', 'L', 'l'];
  return [];
}

/** Multiplies by the generator α of GF(32), where α⁵ = α² + 1. */
function timesAlpha(element: number): number {
  const shifted = element << 1;
  return shifted >= digitBase ? shifted ^ 0b100101 : shifted;
}

/**
 * The check digit that makes Σ α^(11-i)·digit[i] zero over GF(32). α has order 31, so the twelve weights differ and none
 * is zero: every wrong character changes the sum, and so does every swap of two different characters.
 */
function checkDigit(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => timesAlpha(sum ^ digit), 0);
}

function spell(digits: readonly number[]): string {
  return digits.map((digit) => alphabet.charAt(digit)).join('');
}

/** The code with these eleven digits (0 to 31 each) and their check character. */
export function codeOf(digits: readonly number[]): CardCode {
  const right =
    digits.length === digitCount &&
    digits.every((digit) => Number.isInteger(digit) && digit >= 0 && digit < digitBase);
  if (!right)
    throw new RangeError(`A card code is made of ${digitCount} whole numbers from 0 to ${digitBase - 1}.`);
  return spell([...digits, checkDigit(digits)]);
}

/** The code whose first eleven characters are these, such as the `DEM0…` of a made-up card. */
export function codeStartingWith(characters: string): CardCode {
  return codeOf(Array.from(characters, (character) => digitOf.get(character) ?? -1));
}

/**
 * Reads a code as a person typed or a scanner read it: any case, with blanks or hyphens, O for 0, I or L for 1.
 * Refuses CARD_CODE_MISTYPED with the `problem` LENGTH, CHARACTER or CHECK_CHARACTER; never shows the input back.
 */
export function parseCode(typed: string): CardCode | Refusal<'CARD_CODE_MISTYPED'> {
  const digits = Array.from(typed.replace(separators, ''), (character) => digitOf.get(character) ?? -1);
  if (digits.includes(-1)) return mistyped('CHARACTER');
  if (digits.length !== codeLength) return mistyped('LENGTH', { characters: digits.length });
  const check = digits[digitCount];
  return checkDigit(digits.slice(0, digitCount)) === check ? spell(digits) : mistyped('CHECK_CHARACTER');
}

function mistyped(
  problem: 'LENGTH' | 'CHARACTER' | 'CHECK_CHARACTER',
  facts = {},
): Refusal<'CARD_CODE_MISTYPED'> {
  return refuse('CARD_CODE_MISTYPED', { problem, ...facts, expectedCharacters: codeLength });
}

/** The code as it is printed and read aloud: three groups of four, `K7M4-2Q9X-3B0T`. */
export function formatCode(code: CardCode): string {
  const groups: string[] = [];
  for (let at = 0; at < code.length; at += groupLength) groups.push(code.slice(at, at + groupLength));
  return groups.join('-');
}
