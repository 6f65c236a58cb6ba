import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createCostOf } from '../../gateway/limits/cost/cost-of.ts';

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

function cost(query: string, variables?: Record<string, unknown>): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
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
