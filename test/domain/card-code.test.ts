import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeLength,
  codeOf,
  codeStartingWith,
  digitBase,
  digitCount,
  formatCode,
  parseCode,
} from '../../subgraphs/cards/domain/code.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';

const alphabet = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const codes = fc
  .array(fc.integer({ min: 0, max: digitBase - 1 }), { minLength: digitCount, maxLength: digitCount })
  .map(codeOf);

const problemOf = (typed: string): unknown => {
  const read = parseCode(typed);
  return isRefusal(read) ? read.facts['problem'] : undefined;
};

describe('a card code', () => {
  it('has twelve characters without I, L, O and U', () => {
    fc.assert(fc.property(codes, (code) => /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code)));
  });

  it('with any one character wrong is CARD_CODE_MISTYPED', () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let at = 0; at < codeLength; at++) {
          for (const other of alphabet) {
            if (other === code[at]) continue;
            expect(problemOf(code.slice(0, at) + other + code.slice(at + 1))).toBe('CHECK_CHARACTER');
          }
        }
      }),
    );
  });

  it('with two neighbours swapped is CARD_CODE_MISTYPED', () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 0, max: codeLength - 2 }), (code, at) => {
        const [left = '', right = ''] = [code[at], code[at + 1]];
        fc.pre(left !== right);
        expect(problemOf(code.slice(0, at) + right + left + code.slice(at + 2))).toBe('CHECK_CHARACTER');
      }),
    );
  });

  it('with any two different characters swapped, however far apart, is CARD_CODE_MISTYPED', () => {
    const place = fc.integer({ min: 0, max: codeLength - 1 });
    fc.assert(
      fc.property(codes, place, place, (code, a, b) => {
        fc.pre(code[a] !== code[b]);
        const swapped = Array.from(code);
        [swapped[a], swapped[b]] = [code[b] ?? '', code[a] ?? ''];
        expect(problemOf(swapped.join(''))).toBe('CHECK_CHARACTER');
      }),
    );
  });

  it('is read in any case, with blanks and hyphens anywhere, and as Code 39 scanners send it', () => {
    const noise = fc.array(fc.constantFrom('', ' ', '-', '–', '\u00a0', '\t'), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        codes,
        noise,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (code, gaps, lower) => {
          const typed = Array.from(code, (c, i) => (lower[i] ? c.toLowerCase() : c) + (gaps[i] ?? '')).join(
            '',
          );
          expect(parseCode(typed)).toBe(code);
          expect(parseCode(`*${code}*\r\n`)).toBe(code);
        },
      ),
    );
  });

  it('is read with O for 0 and I or L for 1', () => {
    const code = codeStartingWith('0101ABCD010');
    for (const one of ['I', 'i', 'L', 'l']) {
      const typed = code.replaceAll('0', 'o').replaceAll('1', one);
      expect(parseCode(typed)).toBe(code);
    }
    expect(parseCode(code.replaceAll('0', 'O'))).toBe(code);
  });

  it('is printed in three groups of four and read back from print', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(formatCode(code)).toMatch(/^.{4}-.{4}-.{4}$/);
        expect(parseCode(formatCode(code))).toBe(code);
      }),
    );
  });

  it('that is too short or too long is CARD_CODE_MISTYPED with the number of characters', () => {
    const code = codeStartingWith('K7M42Q9X3B0');
    expect(parseCode(code.slice(1))).toMatchObject({
      code: 'CARD_CODE_MISTYPED',
      facts: { problem: 'LENGTH', characters: 11, expectedCharacters: 12 },
    });
    expect(problemOf(`${code}0`)).toBe('LENGTH');
    expect(problemOf('')).toBe('LENGTH');
  });

  it('with a character that no code has is CARD_CODE_MISTYPED', () => {
    const wrong = ['U', 'u', 'Ä', 'ß', 'ı', '０', '😀', "'", '\0', '%'];
    const problems = wrong.map((character) => problemOf(`K7M42Q9X3B0${character}`));
    expect(problems).toEqual(wrong.map(() => 'CHARACTER'));
  });

  it('never throws and never repeats what was typed, whatever that was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const read = parseCode(typed);
        const facts = isRefusal(read) ? Object.keys(read.facts) : [];
        expect(isRefusal(read) || read.length === codeLength).toBe(true);
        expect(['problem', 'characters', 'expectedCharacters']).toEqual(expect.arrayContaining(facts));
      }),
    );
  });

  it('is made of eleven digits from 0 to 31 and nothing else', () => {
    for (const digits of [
      [],
      [1, 2, 3],
      Array(11).fill(32),
      Array(11).fill(-1),
      Array(11).fill(0.5),
      Array(12).fill(1),
    ]) {
      expect(() => codeOf(digits as number[])).toThrow(RangeError);
    }
    expect(() => codeStartingWith('DEM0UUUUUUU')).toThrow(RangeError);
  });
});
