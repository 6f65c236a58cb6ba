import { expect, test } from 'vitest';
import { groupedCode, plainCode } from '../../clients/door/card-code.ts';

test.each([
  ['k7m4 2q9x 3b0t', 'K7M42Q9X3B0T'],
  ['K7M4-2Q9X-3B0T', 'K7M42Q9X3B0T'],
  ['k7m4–2q9x–3bot', 'K7M42Q9X3B0T'],
  ['*K7M42Q9X3BOT*', 'K7M42Q9X3B0T'],
  ['iLiL oOoO', '11110000'],
])('the code %s is read as %s', (typed, plain) => {
  expect(plainCode(typed)).toBe(plain);
});

test('a code is shown in groups of four', () => {
  expect(groupedCode('k7m42q9x3b0t')).toBe('K7M4-2Q9X-3B0T');
  expect(groupedCode('k7m42')).toBe('K7M4-2');
});

test('the code of a phone is left as it is, blanks, hyphens and letters O and all', () => {
  const token = 'K:6O0 I-L/O*1:ILO -';
  expect(plainCode(` ${token}\n`)).toBe(token);
  expect(groupedCode(token)).toBe(token);
});
