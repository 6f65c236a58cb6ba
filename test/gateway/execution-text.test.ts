import fc from 'fast-check';
import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compileShaper, type Shaping } from '../../gateway/execution/shaper.ts';

const schema = buildSchema(`
  scalar Any
  type Query { text: String texts: [String!] number: Float whole: Int yes: Boolean any: Any id: ID child: Query must: String! }
`);

/** What the shaper writes for these data, and what it says of them. */
function shaped(
  selection: string,
  data: Record<string, unknown>,
): { text: string | undefined; shaping: Shaping } {
  const operation = parse(selection).definitions[0] as OperationDefinitionNode;
  const shaping: Shaping = { path: [], errors: [] };
  const context = { schema, fragments: new Map(), isIncluded: () => true };
  const queryType = schema.getQueryType();
  if (!queryType) throw new Error('The schema has no queries.');
  return { text: compileShaper(context, queryType, operation.selectionSet)(data, shaping), shaping };
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('"', '\\', '\n', '\0', '\u2028', '\ud800', '\udc00', 'ä', '🎭'))
    .map((parts) => parts.join('')),
);

describe('the text of an answer', () => {
  test('is what JSON.stringify makes of it, whatever the texts and numbers are', () => {
    fc.assert(
      fc.property(
        fc.record({
          text: fc.option(anyText),
          texts: fc.array(anyText),
          number: fc.double({ noNaN: true, noDefaultInfinity: true }),
          whole: fc.integer(),
          yes: fc.boolean(),
          id: anyText,
          any: fc.jsonValue(),
        }),
        (data) => {
          expect(shaped('{ text texts number whole yes id any }', data).text).toBe(JSON.stringify(data));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('has null for what JSON does not have', () => {
    expect(shaped('{ any }', { any: Number.NaN }).text).toBe('{"any":null}');
    expect(shaped('{ any }', { any: Number.POSITIVE_INFINITY }).text).toBe('{"any":null}');
  });

  test('is empty where nothing is selected or listed', () => {
    expect(shaped('{ texts child { ...on Query { text } } }', { texts: [], child: {} }).text).toBe(
      '{"texts":[],"child":{"text":null}}',
    );
  });

  test('has a null where something below may not be null, and says so once', () => {
    const { text, shaping } = shaped('{ whole child { must yes } }', {
      whole: 1,
      child: { must: null, yes: true },
    });
    expect(text).toBe('{"whole":1,"child":null}');
    expect(shaping.errors.map(({ path }) => path)).toEqual([['child', 'must']]);
  });
});
