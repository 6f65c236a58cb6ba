import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse, type ExecutionResult } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Executor } from '../../gateway/execution/executor.ts';
import { inProcess } from '../../gateway/execution/in-process.ts';
import { loadSupergraph } from '../../gateway/execution/supergraph.ts';
import { parseResult } from '../../gateway/execution/text-result.ts';
import type { Caller, SubgraphOperation, Transport } from '../../gateway/execution/transport.ts';
import { compose, subgraphSdl } from '../../gateway/supergraph/compose.ts';
import { unavailable } from '../../gateway/transports/unavailable.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const only = '@key(fields: "id", resolvable: false) { id: ID! }';

/** A boat has a home and a crew; each sailor has a home. Harbours are known to a subgraph of their own. */
const boats = buildSubgraphSchema({
  typeDefs: parse(`${link}
    type Query { boats(count: Int!, from: Int = 0): [Boat!]! }
    type Boat @key(fields: "id") { id: ID! home: Harbour }
    type Harbour ${only}`),
  resolvers: {
    Query: {
      boats: (_: unknown, { count, from }: { count: number; from: number }) =>
        Array.from({ length: count }, (_item, n) => ({ id: `b${from + n}`, home: { id: `h${from + n}` } })),
    },
  },
});
const crews = buildSubgraphSchema({
  typeDefs: parse(`${link}
    type Boat @key(fields: "id") { id: ID! crew: [Sailor!] }
    type Sailor { name: String! from: Harbour }
    type Harbour ${only}`),
  resolvers: {
    Boat: {
      crew: ({ id }: { id: string }) =>
        id === 'b9' ? [] : [{ name: `Sailor of ${id}`, from: { id: `h${Number(id.slice(1)) + 10}` } }],
    },
  },
});
const harbours = buildSubgraphSchema({
  typeDefs: parse(`${link}
    type Query { harbours: [Harbour!]! }
    type Harbour @key(fields: "id") { id: ID! name(upper: Boolean): String depth: Int lights: [String!]! }`),
  resolvers: {
    Harbour: {
      __resolveReference: (harbour: { id: string }) => harbour,
      name: ({ id }: { id: string }, { upper }: { upper?: boolean }) =>
        upper ? `HARBOUR ${id}` : `Harbour ${id}`,
      depth: ({ id }: { id: string }) => {
        if (id === 'h1') throw new GraphQLError('not measured', { extensions: { code: 'UNKNOWN' } });
        return 7;
      },
    },
  },
});

interface World {
  /** What the harbours were asked, in order. */
  readonly asked: SubgraphOperation[];
  readonly ask: (query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>;
}

type Answer = (
  operation: SubgraphOperation,
  ask: () => Promise<ExecutionResult>,
) => ExecutionResult | Promise<ExecutionResult>;

function world(answer: Answer = (_, ask) => ask()): World {
  const context = () => ({});
  const subgraphs = [
    { name: 'boats', schema: boats, context },
    { name: 'crews', schema: crews, context },
    { name: 'harbours', schema: harbours, context },
  ];
  const supergraphSdl = compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) })));
  const asked: SubgraphOperation[] = [];
  const transports = new Map(
    subgraphs.map((subgraph): [string, Transport<null>] => {
      const transport = inProcess<null>(subgraph);
      if (subgraph.name !== 'harbours') return [subgraph.name, transport];
      const execute = async (
        operation: SubgraphOperation,
        caller: Caller<null>,
      ): Promise<ExecutionResult> => {
        asked.push(operation);
        return answer(operation, async () => transport.execute(operation, caller));
      };
      return [subgraph.name, { ...transport, execute }];
    }),
  );
  const executor = new Executor<null>(loadSupergraph(supergraphSdl), transports);
  return {
    asked,
    async ask(query, variables = {}) {
      const prepared = executor.prepare(query, parse(query), undefined);
      if (!prepared) throw new Error('left to the stock executor');
      const { coerced = {} } = prepared.coerce(variables);
      return parseResult(await prepared.execute(variables, coerced, { viewer: null, requestId: 'test' }));
    },
  };
}

const query = `query Q($count: Int!, $upper: Boolean) {
  boats(count: $count) { home { name(upper: $upper) depth } crew { name from { name(upper: $upper) } } }
}`;
const first = { name: 'Harbour h0', depth: 7 };

describe('entities of one subgraph at two places of an answer', () => {
  test('are asked for with one request, each with its own fields and representations', async () => {
    const { ask, asked } = world();
    const { data, errors } = await ask(query, { count: 1, upper: true });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      boats: [
        {
          home: { name: 'HARBOUR h0', depth: 7 },
          crew: [{ name: 'Sailor of b0', from: { name: 'HARBOUR h10' } }],
        },
      ],
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.text).toBe(
      'query Q__harbours__2($representations:[_Any!]!$upper:Boolean$representations_1:[_Any!]!)' +
        '{_entities(representations:$representations){...on Harbour{name(upper:$upper)}}' +
        '_entities_1:_entities(representations:$representations_1){...on Harbour{name(upper:$upper)depth}}}',
    );
    expect(asked[0]?.variables).toEqual({
      upper: true,
      representations: [{ __typename: 'Harbour', id: 'h10' }],
      representations_1: [{ __typename: 'Harbour', id: 'h0' }],
    });
  });

  test('an error in one of them is at its own place, and takes nothing from the others', async () => {
    const { data, errors } = await world().ask(query, { count: 2 });
    expect(data?.['boats']).toMatchObject([
      { home: first },
      { home: { name: 'Harbour h1', depth: null }, crew: [{ from: { name: 'Harbour h11' } }] },
    ]);
    expect(errors).toMatchObject([
      { message: 'not measured', path: ['boats', 1, 'home', 'depth'], extensions: { code: 'UNKNOWN' } },
    ]);
  });

  test('are asked for as they would be alone where only one place has any', async () => {
    const { ask, asked } = world();
    const { data } = await ask('{ boats(count: 1, from: 9) { home { depth } crew { from { name } } } }');
    expect(data).toEqual({ boats: [{ home: { depth: 7 }, crew: [] }] });
    expect(asked.map(({ text, variables }) => [text.includes('_entities_1'), variables])).toEqual([
      [false, { representations: [{ __typename: 'Harbour', id: 'h9' }] }],
    ]);
    await ask('{ boats(count: 0) { home { depth } crew { from { name } } } }');
    expect(asked).toHaveLength(1);
  });

  test('are one request also when one of several places has none', async () => {
    const { ask, asked } = world();
    const { data } = await ask(`{
      a: boats(count: 1) { home { depth } }
      b: boats(count: 1, from: 9) { home { name } crew { from { name } } }
    }`);
    expect(data).toEqual({
      a: [{ home: { depth: 7 } }],
      b: [{ home: { name: 'Harbour h9' }, crew: [] }],
    });
    expect(asked).toHaveLength(1);
    expect(Object.values(asked[0]?.variables ?? {})).toContainEqual([]);
  });

  test('are asked for apart when they are more than one request may ask for', async () => {
    const { ask, asked } = world();
    const { data } = await ask(query, { count: 300 });
    expect(asked.map(({ variables }) => Object.keys(variables))).toEqual([
      ['representations'],
      ['representations'],
    ]);
    expect((data?.['boats'] as unknown[])[299]).toMatchObject({
      home: { name: 'Harbour h299' },
      crew: [{ from: { name: 'Harbour h309' } }],
    });
  });

  test('are asked for apart when a variable of the client has a name that they would need', async () => {
    const { ask, asked } = world();
    const { data } = await ask(
      query
        .replaceAll('$upper', '$representations_1')
        .replace('name(upper: $representations_1) depth', 'name depth'),
      { count: 1, representations_1: true },
    );
    expect(data).toEqual({
      boats: [{ home: first, crew: [{ name: 'Sailor of b0', from: { name: 'HARBOUR h10' } }] }],
    });
    expect(asked).toHaveLength(2);
  });

  test('what breaks the whole answer by one of them is not the loss of the other', async () => {
    const lights = `{ boats(count: 1) { home { lights } crew { from { name } } } }`;
    // A subgraph that gives up the whole answer where `lights` is asked for.
    const { ask, asked } = world(({ text }, answer) =>
      text.includes('lights')
        ? {
            data: null,
            errors: [
              new GraphQLError('no light', {
                path: [text.includes('_entities_1') ? '_entities_1' : '_entities'],
              }),
            ],
          }
        : answer(),
    );
    const { data, errors } = await ask(lights);
    expect(data).toEqual({ boats: [{ home: null, crew: [{ from: { name: 'Harbour h10' } }] }] });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([['no light', ['boats']]]);
    expect(asked).toHaveLength(2);
  });

  test('a subgraph that does not answer is told at every place that is missing', async () => {
    const { ask, asked } = world((operation) => unavailable('harbours', operation));
    const { data, errors } = await ask(query, { count: 2 });
    expect(data?.['boats']).toMatchObject([{ crew: [{ name: 'Sailor of b0' }] }, { crew: [{}] }]);
    expect(errors?.map(({ path }) => path?.join('.')).sort()).toEqual([
      'boats.0.crew.0.from',
      'boats.0.home',
      'boats.1.crew.0.from',
      'boats.1.home',
    ]);
    expect(asked).toHaveLength(1);
  });

  test('an answer that leaves one of them out is an error for it alone', async () => {
    const { ask } = world(async (_, answer) => {
      const { data, ...rest } = await answer();
      return { ...rest, data: { ...data, _entities_1: [] } };
    });
    const { data, errors } = await ask(query, { count: 1 });
    expect(data?.['boats']).toMatchObject([
      { home: { name: null }, crew: [{ from: { name: 'Harbour h10' } }] },
    ]);
    expect(errors?.map(({ message }) => message)).toEqual([
      '"harbours" did not answer every representation that it was sent.',
    ]);
  });
});
