import { ApolloServer } from '@apollo/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFederation } from '../../gateway/execution/federation.ts';
import { inProcess } from '../../gateway/execution/in-process.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { anonymous } from '../../subgraphs/platform/viewer.ts';
import { greenhouse } from './support/toys.ts';
import { codes, running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

function repeat(count: number, part: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => part(n)).join(' ');
}

/** A field path of this many levels: rooms and sensors do not nest, so fragments on one type stand in. */
function deep(levels: number): string {
  return `{ ${'... { '.repeat(levels)} rooms { id } ${'} '.repeat(levels)} }`;
}

const refused: readonly (readonly [name: string, query: string, code: string])[] = [
  ['an alias that is the key of the type', '{ sensor(id: "a") { id: note alarm } }', 'ALIAS_NOT_ALLOWED'],
  [
    'an alias that is what another subgraph requires',
    '{ sensor(id: "a") { temperature: note alarm } }',
    'ALIAS_NOT_ALLOWED',
  ],
  ['an alias of __typename', '{ sensor(id: "a") { __typename: note alarm } }', 'ALIAS_NOT_ALLOWED'],
  [
    'such an alias inside a fragment',
    '{ sensor(id: "a") { ...F alarm } } fragment F on Sensor { id: note }',
    'ALIAS_NOT_ALLOWED',
  ],
  [
    'such an alias on an interface of the type',
    '{ thing { ... on Thing { id: note } } }',
    'ALIAS_NOT_ALLOWED',
  ],
  ['31 aliases', `{ sensor(id: "a") { ${repeat(31, (n) => `x${n}: note`)} } }`, 'TOO_MANY_ALIASES'],
  [
    'aliases multiplied by fragments',
    `{ ${repeat(9, (n) => `s${n}: sensor(id: "a") { ...F }`)} } fragment F on Sensor { ${repeat(5, (n) => `x${n}: note`)} }`,
    'TOO_MANY_ALIASES',
  ],
  ['11 root fields', `{ ${repeat(11, (n) => `r${n}: rooms { id }`)} }`, 'TOO_MANY_ROOT_FIELDS'],
  [
    '11 root fields in a fragment',
    `{ ...F } fragment F on Query { ${repeat(11, (n) => `r${n}: rooms { id }`)} }`,
    'TOO_MANY_ROOT_FIELDS',
  ],
  ['more than 2 000 tokens', `{ rooms { ${'id '.repeat(2_000)} } }`, 'GRAPHQL_PARSE_FAILED'],
  [
    'a variable that the executor uses itself',
    'query ($representations: ID!) { sensor(id: $representations) { id } }',
    'VARIABLE_NAME_RESERVED',
  ],
  ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a fragment that spreads itself',
    '{ rooms { ...F } } fragment F on Room { id ...F }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a broken text', '{ rooms { ', 'GRAPHQL_PARSE_FAILED'],
  ['an empty document', '#', 'GRAPHQL_PARSE_FAILED'],
  [
    'a subscription with a condition on its root',
    'subscription { measured(sensorId: "a") @skip(if: false) { id } }',
    'SUBSCRIPTION_CONDITIONAL_ROOT',
  ],
  [
    'a subscription with a condition on a fragment at its root',
    'subscription { ...F @include(if: true) } fragment F on Subscription { measured(sensorId: "a") { id } }',
    'SUBSCRIPTION_CONDITIONAL_ROOT',
  ],
  [
    'a subscription with two roots',
    'subscription { measured(sensorId: "a") { id } quiet { id } }',
    'SUBSCRIPTION_ONE_ROOT_FIELD',
  ],
];

describe('over HTTP', () => {
  test.each(refused)('%s is refused', async (_name, query, code) => {
    const { ask } = await running();
    const answer = await ask(query);
    expect(answer.status).toBe(400);
    expect(codes(answer)).toContain(code);
    expect(answer.body.data).toBeUndefined();
  });
});

describe('over WebSocket', () => {
  test('the same operations are refused with the same codes, and the socket stays', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    for (const [name, query, code] of refused) {
      socket.subscribe('1', query);
      const { payload } = await socket.next('error', '1');
      const found = (payload as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
      expect([name, ...found]).toContain(code);
    }
    socket.subscribe('1', '{ rooms { id } }');
    expect(await socket.data('1')).toEqual({ rooms: [{ id: 'r1' }, { id: 'r2' }] });
  });
});

describe('the alias rule', () => {
  const attack = '{ sensor(id: "a") { room { id: name sign } } }';

  test('closes a real hole: without it a client chooses the key of another entity', async () => {
    const { subgraphs, supergraphSdl } = greenhouse();
    const transports = subgraphs.map((subgraph) => inProcess(subgraph));
    const { gateway } = createFederation({ supergraphSdl, transports, logger: createLogger('silent') });
    const apollo = new ApolloServer({ gateway, stopOnTerminationSignals: false });
    onTestFinished(() => apollo.stop());
    const contextValue = { viewer: anonymous, requestId: '1' };
    const { body } = await apollo.executeOperation({ query: attack }, { contextValue });
    // The room is r1; the other subgraph was asked about a room whose id is the name of r1.
    expect(JSON.stringify(body)).toContain('"sign":"Palms: Palms"');
  });

  test('refuses that', async () => {
    const { ask } = await running();
    expect(codes(await ask(attack))).toEqual(['ALIAS_NOT_ALLOWED']);
  });

  test('leaves ordinary aliases alone', async () => {
    const { ask } = await running();
    const { body } = await ask('{ one: sensor(id: "a") { key: id id remark: note note: note } }');
    expect(body).toEqual({ data: { one: { key: 'a', id: 'a', remark: 'b', note: 'b' } } });
  });
});

describe('depth', () => {
  test('counts fields, not fragments', async () => {
    const { ask } = await running();
    expect((await ask(deep(40))).body.errors).toBeUndefined();
  });

  test('the explorer’s introspection is allowed in development', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { ask } = await running();
    expect((await ask(getIntrospectionQuery())).body.errors).toBeUndefined();
  });
});

describe('in production', () => {
  test('introspection is refused on both entries, and names are not suggested', async () => {
    const { ask, gateway } = await running({ production: true });
    expect(codes(await ask('{ __schema { queryType { name } } }'))).toContain('GRAPHQL_VALIDATION_FAILED');
    const { text } = await ask('{ sensorz { id } }');
    expect(text).toContain('Cannot query field');
    expect(text).not.toContain('Did you mean');
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', '{ __type(name: "Sensor") { name } }');
    await socket.next('error', '1');
    socket.subscribe('2', '{ sensorz { id } }');
    expect(JSON.stringify(await socket.next('error', '2'))).not.toContain('Did you mean');
  });
});
