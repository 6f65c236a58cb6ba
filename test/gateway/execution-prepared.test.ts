import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Executor } from '../../gateway/execution/executor.ts';
import { inProcess } from '../../gateway/execution/in-process.ts';
import { loadSupergraph } from '../../gateway/execution/supergraph.ts';
import { library } from './support/library.ts';
import { parseResult } from '../../gateway/execution/text-result.ts';
import { codes, running } from './support/running.ts';

const toys = library();
const supergraph = loadSupergraph(toys.supergraphSdl);

function executing() {
  const sent: number[] = [];
  const transports = toys.subgraphs.map((subgraph) => {
    const transport = inProcess(subgraph);
    const execute: typeof transport.execute = (operation, caller) => {
      const { representations } = operation.variables;
      if (Array.isArray(representations)) sent.push(representations.length);
      return transport.execute(operation, caller);
    };
    return [subgraph.name, { ...transport, execute }] as const;
  });
  const executor = new Executor(supergraph, new Map(transports));
  const ask = async (text: string, variables = {}) => {
    const prepared = executor.prepare(text, parse(text), undefined);
    const { coerced } = prepared?.coerce(variables) ?? {};
    return prepared && coerced
      ? parseResult(await prepared.execute(variables, coerced, { viewer: null, requestId: 'test' }))
      : undefined;
  };
  return { executor, ask, sent };
}

describe('an answer', () => {
  test('has its fields in the order of the document, also through fragments and joins', async () => {
    const { ask } = executing();
    const answer = await ask(
      '{ book(id: "b1") { score ...F title(upper: true) id } } fragment F on Book { pages weight kind: __typename }',
    );
    expect(Object.keys(answer?.data?.['book'] as object)).toEqual([
      'score',
      'pages',
      'weight',
      'kind',
      'title',
      'id',
    ]);
  });

  test('has the fields of a fragment on a type inside a fragment on its interface', async () => {
    const { ask } = executing();
    const answer = await ask('{ book(id: "b1") { ... on Work { title ... on Book { mood } } } }');
    expect(JSON.stringify(answer?.data)).toBe('{"book":{"title":"Title b1","mood":"SAD"}}');
  });

  test('never holds a value that clients do not know', async () => {
    const { ask } = executing();
    const answer = await ask('{ book(id: "b2") { mood } }');
    expect(answer?.data).toEqual({ book: { mood: null } });
    expect(answer?.errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_GRAPHQL']);
  });

  test('that breaks a promise of the schema is null up to the next nullable field, with an error', async () => {
    const { ask } = executing();
    // Nobody knows p6, who is in the last of the three lists; the second is null.
    const answer = await ask('{ crowd { name } }');
    expect(answer?.data).toEqual({ crowd: [[{ name: 'Name p0' }, { name: 'Name p1' }], null, null] });
    expect(answer?.errors?.map(({ path }) => path)).toEqual([['crowd', 2, 1, 'name']]);
  });
});

test('an entity that is at many places is asked for once', async () => {
  const { ask, sent } = executing();
  await ask('{ works(first: 6) { author { name } } top { by { name } } again: top { by { name } } }');
  expect(sent.every((count) => count <= 4)).toBe(true);
  expect(sent.length).toBeGreaterThan(0);
});

test('introspection is left to the stock executor, an ordinary operation is not', async () => {
  const { executor, ask } = executing();
  expect(await ask('{ __schema { queryType { name } } }')).toBeUndefined();
  expect(await ask('{ book(id: "b1") { id } }')).toBeDefined();
  expect(executor.counts).toEqual({ prepared: 1, left: 1 });
});

test('what was prepared longest ago is forgotten when other operations come', () => {
  const { executor } = executing();
  const text = '{ book(id: "b1") { id } }';
  const document = parse(text);
  executor.prepare(text, document, undefined);
  expect(executor.known(text, undefined)).toBeDefined();
  for (let index = 0; index < 20; index += 1) {
    executor.prepare(`${text} #${index}${'x'.repeat(20_000)}`, document, undefined);
  }
  expect(executor.known(text, undefined)).toBeUndefined();
});

describe('over HTTP', () => {
  test.each([
    ['data', '{ sensors { id temperature alarm room { name size } } }', {}],
    ['a refusal', '{ refused sensor(id: "a") { id } }', {}],
    ['a null with an error', '{ missing { id room { size } } }', {}],
    ['a wrong variable', 'query ($at: Moment!) { later(at: $at) }', { at: 'soon' }],
    ['a missing variable', 'query ($at: Moment!) { later(at: $at) }', {}],
    ['U+0000 in a variable', 'query ($at: Moment!) { later(at: $at) }', { at: 'a\0' }],
  ])('%s is the same the short way as the long way', async (_, query, variables) => {
    const { ask, fetch } = await running();
    const long = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/plain' },
      body: JSON.stringify({ query, variables }),
    });
    const without = (text: string): string => text.replaceAll(/"id":"[\w-]{15,}"/g, '');
    for (let time = 0; time < 4; time += 1) {
      const short = await ask(query, { variables });
      expect(without(short.text)).toBe(without(long.text));
      expect(codes(short)).toEqual(codes(long));
      expect(short.headers.get('content-type')).toBe(long.headers.get('content-type'));
      expect(short.headers.get('cache-control')).toBe(long.headers.get('cache-control'));
    }
  });

  test('a budget counts on the short way too', async () => {
    const { ask } = await running({ entryLimits: { addressBudget: 20 } });
    const answers = [];
    for (let time = 0; time < 30; time += 1) answers.push(await ask('{ whoami }'));
    expect(answers[0]?.status).toBe(200);
    expect(answers.at(-1)?.status).toBe(429);
    expect(answers.at(-1)?.headers.get('retry-after')).not.toBeNull();
    expect(codes(answers.at(-1) as (typeof answers)[0])).toEqual(['TOO_MANY_REQUESTS']);
  });
});
