import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { sizeRule } from '../../gateway/limits/size-rule.ts';

const schema = buildSchema('type Query { next: Query value: Int }');

function problems(query: string): unknown[] {
  return validate(schema, parse(query), [sizeRule]).map(({ extensions }) => extensions['code']);
}

test('twelve levels of fields pass, thirteen are OPERATION_TOO_DEEP', () => {
  const nested = (levels: number): string =>
    `{ ${'next { '.repeat(levels - 1)} value ${'} '.repeat(levels - 1)} }`;
  expect(problems(nested(12))).toEqual([]);
  expect(problems(nested(13))).toEqual(['OPERATION_TOO_DEEP']);
});

test('levels hidden in fragments count', () => {
  const fragments = Array.from({ length: 13 }, (_, n) => `fragment F${n} on Query { next { ...F${n + 1} } }`);
  expect(problems(`{ ...F0 } ${fragments.join(' ')} fragment F13 on Query { value }`)).toEqual([
    'OPERATION_TOO_DEEP',
  ]);
});

test('eight directives pass, nine are TOO_MANY_DIRECTIVES, also when fragments multiply them', () => {
  const fields = (count: number): string => 'value @include(if: true) '.repeat(count);
  expect(problems(`{ ${fields(8)} }`)).toEqual([]);
  expect(problems(`{ ${fields(9)} }`)).toEqual(['TOO_MANY_DIRECTIVES']);
  const spread = (count: number): string =>
    `{ ${'next { ...F } '.repeat(count)} } fragment F on Query { ${fields(4)} }`;
  expect(problems(spread(2))).toEqual([]);
  expect(problems(spread(3))).toEqual(['TOO_MANY_DIRECTIVES']);
});

test('a fragment bomb of 3 to the 30th fields is counted without walking them', () => {
  const layer = (n: number): string =>
    `fragment F${n} on Query { next { a: value ...F${n + 1} ...F${n + 1} ...F${n + 1} } }`;
  const bomb = `{ ...F0 } ${Array.from({ length: 30 }, (_, n) => layer(n)).join(' ')} fragment F30 on Query { value }`;
  expect(problems(bomb)).toContain('TOO_MANY_ALIASES');
});
