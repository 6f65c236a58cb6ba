import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { GatewayOptions } from '../../gateway/server.ts';
import { compose, subgraphSdl } from '../../gateway/supergraph/compose.ts';
import { Budgets } from '../../gateway/limits/budgets.ts';
import { codes, running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

const sensors = '{ sensors { id } }';
const named = { role: 'PARTNER_APP', appId: 'one' };
const other = { role: 'PARTNER_APP', appId: 'two' };

describe('a cost budget', () => {
  test('refuses TOO_MANY_REQUESTS with what a client needs to know, and only the one who spent it', async () => {
    const { ask } = await running({ entryLimits: { viewerBudget: 24 } });
    expect((await ask(sensors, { viewer: named })).status).toBe(200);
    expect((await ask(sensors, { viewer: named })).status).toBe(200);
    const refused = await ask(sensors, { viewer: named });
    expect([refused.status, ...codes(refused)]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body.errors?.[0]?.extensions.facts).toMatchObject({ budget: 24, seconds: 60 });
    expect((await ask(sensors, { viewer: other })).status).toBe(200);
    expect((await ask(sensors)).status).toBe(200);
  });

  test('is one for HTTP and WebSocket, and an address without a name has its own', async () => {
    const { ask, gateway } = await running({ entryLimits: { addressBudget: 24 } });
    expect((await ask(sensors)).status).toBe(200);
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { many(sensorIds: ["a"]) { id } }');
    expect(await socket.data('1')).toBeDefined();
    socket.subscribe('2', 'subscription { many(sensorIds: ["b"]) { id } }');
    expect(JSON.stringify(await socket.next('error', '2'))).toContain('TOO_MANY_REQUESTS');
    socket.subscribe('3', sensors);
    expect(JSON.stringify(await socket.next('next', '3'))).toContain('TOO_MANY_REQUESTS');
    expect((await ask(sensors, { viewer: named })).status).toBe(200);
  });

  test('is whole again after its time', async () => {
    const { ask } = await running({ entryLimits: { viewerBudget: 12, budgetSeconds: 1 } });
    expect((await ask(sensors, { viewer: named })).status).toBe(200);
    expect((await ask(sensors, { viewer: named })).status).toBe(429);
    await expect
      .poll(async () => (await ask(sensors, { viewer: named })).status, { timeout: 5_000 })
      .toBe(200);
  });

  test('is remembered for so many and not for more', () => {
    const budgets = new Budgets({ seconds: 60, cost: 10, maxKeys: 3 });
    for (let n = 0; n < 1_000; n += 1) budgets.spend(`key ${n}`, 1);
    expect(budgets.size).toBe(3);
    budgets.spend('key 999', 9);
    const refused = (): unknown => {
      try {
        return budgets.spend('key 999', 1);
      } catch (error) {
        return error;
      }
    };
    expect(refused()).toMatchObject({ extensions: { code: 'TOO_MANY_REQUESTS' } });
  });
});

/** A library whose shelves have pages of books. */
function library(): Pick<GatewayOptions, 'subgraphs' | 'supergraphSdl'> {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
    type Query { shelves(first: Int = 2): [Shelf!]! @listSize(slicingArguments: ["first"]) }
    type Shelf { number: Int books(first: Int = 2): [Book!]! @listSize(slicingArguments: ["first"]) }
    type Book { title: String }
    type Subscription { shelf(first: Int = 2): [Shelf!]! @listSize(slicingArguments: ["first"]) }
  `;
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: { Query: { shelves: () => [{ number: 1, books: [{ title: 'Grass' }] }] } } as never,
  });
  const supergraphSdl = compose([{ name: 'library', sdl: subgraphSdl(schema) }]);
  return { subgraphs: [{ name: 'library', schema, context: () => ({}) }], supergraphSdl };
}

describe('an operation that costs more than 2 000', () => {
  const query = 'query ($n: Int) { shelves(first: $n) { books(first: $n) { title } } }';

  test('is OPERATION_TOO_EXPENSIVE with its cost and the limit; the same text with shorter pages runs', async () => {
    const { ask } = await running(library());
    const refused = await ask(query, { variables: { n: 200 } });
    expect([refused.status, ...codes(refused)]).toEqual([400, 'OPERATION_TOO_EXPENSIVE']);
    expect(refused.body.errors?.[0]?.extensions.facts).toEqual({ cost: 200 + 200 * 200, limit: 2_000 });
    expect((await ask(query, { variables: { n: 44 } })).body.errors).toBeUndefined();
    expect(codes(await ask(query, { variables: { n: 45 } }))).toEqual(['OPERATION_TOO_EXPENSIVE']);
  });

  test('is refused over WebSocket too, and the socket stays', async () => {
    const { gateway } = await running(library());
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', query, { variables: { n: 200 } });
    expect(JSON.stringify(await socket.next('next', '1'))).toContain('OPERATION_TOO_EXPENSIVE');
    await socket.next('complete', '1');
    socket.subscribe('2', query.replace('query', 'subscription').replace('shelves', 'shelf'), {
      variables: { n: 200 },
    });
    expect(JSON.stringify(await socket.next('error', '2'))).toContain('OPERATION_TOO_EXPENSIVE');
    socket.subscribe('3', query, { variables: { n: 1 } });
    expect(await socket.data('3')).toEqual({ shelves: [{ books: [{ title: 'Grass' }] }] });
  });
});
