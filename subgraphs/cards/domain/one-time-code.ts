const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const separators = /[\s\-\u2010-\u2015\u2212]/gu;

/** 40 bits, read aloud and typed: with five guesses at most one in 200 000 million is hit by chance. */
export const holderCodeLength = 8;
/** 130 bits, in a link: nobody guesses it. */
export const linkCodeLength = 26;

/** A code of Crockford's 32 characters from as many random bytes: 256 is eight times 32, so none comes up more often. */
export function spellCode(random: Uint8Array): string {
  return Array.from(random, (byte) => alphabet.charAt(byte & 31)).join('');
}

/** `K7M42Q9X` → `K7M4-2Q9X` */
export function groupCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** As it was made, from however it was typed: any case, blanks and hyphens, O for 0, I and L for 1. Null: it cannot be one. */
export function readCode(typed: string, length: number): string | null {
  const code = typed.replace(separators, '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === length && Array.from(code).every((character) => alphabet.includes(character))
    ? code
    : null;
}
