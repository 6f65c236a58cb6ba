import {
  buildSchema,
  getOperationAST,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createCostOf } from '../../gateway/limits/cost/cost-of.ts';
import { conditionalQuery } from './support/conditional-query.ts';
import { seeded } from './support/random-operations.ts';

const sdl = `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query { tree: Tree trees: [Tree!]! page(first: Int = 50, last: Int, like: String @cost(weight: 7)): Page @listSize(assumedSize: 40, slicingArguments: ["first", "last"], sizedFields: ["nodes"]) plant: Plant any: Any }
  type Mutation { plant: Tree }
  interface Plant { name: String seed: Seed }
  union Any = Tree | Seed
  type Tree implements Plant { name: String seed: Seed @cost(weight: 5) bark: Bark leaves: [Tree!]! @listSize(assumedSize: 4) next: Tree }
  type Bark @cost(weight: 0) { colour: String }
  type Seed { grams: Int }
  type Page { nodes: [Tree!]! count: Int @cost(weight: 3) }
`;
const schema = buildSchema(sdl);
const costOf = createCostOf(sdl, schema);

/** A test need not use every variable that it declares. */
const rules = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule);

function cost(query: string, variables?: Record<string, unknown>): number {
  const document = parse(query);
  expect(validate(schema, document, rules)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('No operation.');
  return costOf(document, operation, variables);
}

describe('the static cost', () => {
  test.each([
    ['an object is 1, its leaves nothing', '{ tree { name } }', 1],
    ['introspection is nothing', '{ __typename __schema { types { name } } }', 0],
    ['@cost on a type counts instead', '{ tree { bark { colour } } }', 1],
    ['@cost on a field counts instead', '{ tree { seed { grams } } }', 6],
    ['a list without @listSize has ten items', '{ trees { name } }', 10],
    ['lists in lists multiply', '{ trees { leaves { name } } }', 10 * (1 + 4)],
    ['a page is as long as its argument', '{ page(first: 20) { nodes { name } } }', 1 + 20],
    ['and its items cost as often', '{ page(first: 20) { nodes { seed { grams } } } }', 1 + 20 * 6],
    ['a default counts when nothing is given', '{ page { nodes { name } } }', 1 + 50],
    ['null is what the schema assumes', '{ page(first: null) { nodes { name } } }', 1 + 40],
    ['the largest of several arguments counts', '{ page(first: 2, last: 9) { nodes { name } } }', 1 + 9],
    ['an argument may cost', '{ page(first: 1, like: "x") { count } }', 1 + 7 + 3],
    ['what is changed weighs ten more', 'mutation { plant { name } }', 11],
    ['an interface is as dear as the dearest behind it', '{ plant { seed { grams } } }', 6],
    [
      'the same field through several fragments counts once',
      '{ tree { ...A ...B seed { grams } } } fragment A on Tree { seed { grams } } fragment B on Plant { seed { grams } }',
      6,
    ],
    ['under two names it counts twice', '{ a: tree { name } b: tree { name } }', 2],
    ['each type of a union counts', '{ any { ... on Tree { seed { grams } } ... on Seed { grams } } }', 6],
  ])('%s', (_name, query, expected) => {
    expect(cost(query)).toBe(expected);
  });

  test('variables and their defaults decide the length of a page', () => {
    const query = 'query ($n: Int = 30) { page(first: $n) { nodes { name } } }';
    expect(cost(query, { n: 5 })).toBe(6);
    expect(cost(query, {})).toBe(31);
    expect(cost(query, { n: null })).toBe(41);
    expect(cost(query, { n: -5 })).toBe(1);
    expect(cost('query ($n: Int) { page(first: $n) { nodes { name } } }')).toBe(51);
  });

  describe('what @skip and @include leave out is not counted', () => {
    const condition = 'query ($a: Boolean!, $b: Boolean = false) ';

    test.each([
      ['a field that is never answered', '{ tree { name } trees @skip(if: true) { name } }', undefined, 1],
      ['one that always is', '{ tree @skip(if: false) @include(if: true) { name } }', undefined, 1],
      [
        'a fragment that never is',
        '{ tree { name ... @include(if: false) { seed { grams } } } }',
        undefined,
        1,
      ],
      [
        'a page that is too long, but never answered',
        '{ tree { name } page(first: 2000) @skip(if: true) { count } }',
        undefined,
        1,
      ],
      [
        'by a variable: left out',
        `${condition}{ tree @include(if: $a) { seed { grams } } }`,
        { a: false },
        0,
      ],
      ['by a variable: answered', `${condition}{ tree @include(if: $a) { seed { grams } } }`, { a: true }, 6],
      ['the other way round', `${condition}{ tree { seed @skip(if: $a) { grams } } }`, { a: true }, 1],
      [
        'a variable that is not known may be either',
        `${condition}{ tree @include(if: $a) { name } }`,
        undefined,
        1,
      ],
      [
        'and so may one that is no truth value',
        `${condition}{ tree @include(if: $a) { name } }`,
        { a: 'false' },
        1,
      ],
      [
        'a default counts when nothing is given',
        `${condition}{ tree @include(if: $b) { name } trees @include(if: $a) { name } }`,
        { a: true },
        10,
      ],
      [
        'what is given counts before the default',
        `${condition}{ tree @include(if: $b) { name } trees @include(if: $a) { name } }`,
        { a: false, b: true },
        1,
      ],
      [
        'both directives have to agree',
        `${condition}{ trees @include(if: $a) @skip(if: $b) { name } }`,
        { a: true, b: true },
        0,
      ],
      [
        'below a fragment its condition holds too',
        `${condition}{ ...F @include(if: $a) } fragment F on Query { trees { name } tree @skip(if: $b) { name } }`,
        { a: false },
        0,
      ],
      [
        'of its own conditions as well',
        `${condition}{ ...F @include(if: $a) } fragment F on Query { trees { name } tree @skip(if: $b) { name } }`,
        { a: true, b: true },
        10,
      ],
      [
        'the same field counts when one of its places is answered',
        `${condition}{ tree @include(if: $a) { seed { grams } } tree @skip(if: $a) { name } }`,
        { a: false },
        1,
      ],
      [
        'with what is selected there',
        `${condition}{ tree @include(if: $a) { seed { grams } } tree @skip(if: $a) { name } }`,
        { a: true },
        6,
      ],
      [
        'once, however many places are',
        `${condition}{ tree @include(if: $a) { seed { grams } } tree { seed { grams } } }`,
        { a: true },
        6,
      ],
      [
        'a list is as long as before',
        `${condition}{ trees { leaves @include(if: $a) { name } } }`,
        { a: true },
        50,
      ],
      [
        'and its items cost nothing when they are not asked for',
        `${condition}{ trees { leaves @include(if: $a) { name } } }`,
        { a: false },
        10,
      ],
      [
        'arguments that cost are free where the field is not answered',
        `${condition}{ page(first: 1, like: "x") @include(if: $a) { count } tree { name } }`,
        { a: false },
        1,
      ],
    ])('%s', (_name, query, variables, expected) => {
      expect(cost(query, variables)).toBe(expected);
    });

    test('a fragment under two conditions counts where either holds', () => {
      const query = `${condition}{ ...F @include(if: $a) ...F @include(if: $b) } fragment F on Query { trees { name } }`;
      expect(cost(query, { a: false, b: true })).toBe(10);
      expect(cost(query, { a: true, b: false })).toBe(10);
      const third = `${condition}{ ...F @include(if: $a) ...F @skip(if: $a) ...F @include(if: $b) } fragment F on Query { trees { name } }`;
      expect(cost(third, { a: false })).toBe(10);
    });

    test('one operation is taken apart once and asked with any variables', () => {
      const document = parse(`${condition}{ trees @include(if: $a) { name } }`);
      const operation = getOperationAST(document);
      if (!operation) throw new Error('No operation.');
      const costs = [{ a: true }, { a: false }, { a: true }, {}].map((sent) =>
        costOf(document, operation, sent),
      );
      expect(costs).toEqual([10, 0, 10, 10]);
    });

    test('costs as much as the operation without what is left out, in 500 random ones', () => {
      const random = seeded(20_261_122);
      for (let round = 0; round < 500; round += 1) {
        const { text, kept } = conditionalQuery(random);
        for (const [a, b] of [
          [false, false],
          [false, true],
          [true, false],
          [true, true],
        ] as const) {
          expect([text, cost(text, { a, b })]).toEqual([text, cost(kept({ a, b }))]);
        }
        for (const a of [false, true]) {
          expect(cost(text)).toBeGreaterThanOrEqual(cost(text, { a, b: false }));
        }
      }
    });

    test('fragments that multiply under conditions are still looked at in no time', () => {
      const layer = (n: number): string =>
        `fragment F${n} on Tree { ...F${n + 1} @include(if: $a) ...F${n + 1} @skip(if: $a) ...F${n + 1} @include(if: $b) }`;
      const layers = Array.from({ length: 30 }, (_, n) => layer(n)).join(' ');
      const bomb = `${condition}{ tree { ...F0 } } ${layers} fragment F30 on Tree { seed { grams } }`;
      expect(cost(bomb, { a: true })).toBe(6);
    });
  });

  test('a page of more than 1 000 is LIST_TOO_LONG whatever it costs', () => {
    expect(cost('{ page(first: 1000) { count } }')).toBe(4);
    expect(() => cost('{ page(first: 1001) { count } }')).toThrow('too long');
    expect(() => cost('query ($n: Int) { page(first: $n) { count } }', { n: 1_001 })).toThrow('too long');
  });

  test('fragments that multiply fields without end cost more than anything', () => {
    const layer = (n: number): string =>
      `fragment F${n} on Tree { next { ...F${n + 1} } leaves { ...F${n + 1} } }`;
    const layers = Array.from({ length: 30 }, (_, n) => layer(n)).join(' ');
    const bomb = `{ tree { ...F0 } } ${layers} fragment F30 on Tree { name }`;
    expect(cost(bomb)).toBe(Infinity);
  });
});
