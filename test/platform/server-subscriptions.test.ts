import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStream } from '../../gateway/execution/transport.ts';
import { isStream } from '../../gateway/execution/transport.ts';
import { systemClock } from '../../subgraphs/platform/clock.ts';
import { forbidden } from '../../subgraphs/platform/errors.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { developmentKeys } from '../../subgraphs/platform/server/keys.ts';
import { serveSubgraph, type SubgraphServer } from '../../subgraphs/platform/server/server.ts';
import { connectionText, signRequest, subscriptionText } from '../../subgraphs/platform/server/signature.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { caller, remote, viewer } from '../gateway/transport-support.ts';
import { Signals, sourceOf } from '../gateway/support/signal.ts';
import { TestSocket, until } from '../gateway/support/sockets.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Lamp @key(fields: "id") { id: ID! }
  type Query { lamp: Lamp }
  type Subscription { lit: Int who: String quiet: Int guarded: Int broken: Int }
`);

interface Context {
  readonly viewer: Viewer;
  readonly number: number;
}

async function serve() {
  const signals = new Signals();
  let contexts = 0;
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: {
      Lamp: { __resolveReference: (reference: object) => reference },
      Subscription: {
        lit: {
          subscribe: () => sourceOf(signals, ['lit']),
          resolve: (_: unknown, __: unknown, context: Context) => context.number,
        },
        who: {
          subscribe: () => sourceOf(signals, ['who']),
          resolve: (_: unknown, __: unknown, context: Context) => context.viewer.role,
        },
        guarded: {
          subscribe: () => {
            throw forbidden();
          },
        },
        broken: {
          subscribe: () => {
            throw new Error('at /srv/secret.ts');
          },
        },
      },
    } as never,
  });
  const start = (port = 0): Promise<SubgraphServer> =>
    serveSubgraph({
      subgraph: {
        name: 'venues',
        schema,
        context: (who) => ({ viewer: who, number: (contexts += 1) }),
        start: () => undefined,
        load: async () => undefined,
        caughtUp: async () => undefined,
        ping: async () => undefined,
        close: async () => undefined,
      },
      keys: developmentKeys,
      clock: systemClock,
      logger: createLogger('silent'),
      port,
    });
  const server = await start();
  onTestFinished(() => server.close());
  return { server, start, signals };
}

async function open(transport: ReturnType<typeof remote>, text: string): Promise<EventStream> {
  const stream = await transport.subscribe({ text, variables: {} }, () => caller);
  if (!isStream(stream)) throw new Error('It was answered at once.');
  return stream;
}

const sign = (text: string) =>
  signRequest(developmentKeys, { subgraph: 'venues', viewer, body: text }, new Date());

/** Connected as a gateway connects, and acknowledged. */
function connected(server: SubgraphServer): Promise<TestSocket> {
  return TestSocket.open(server.url.replace(/\/graphql$/, ''), { ...sign(connectionText) });
}

describe('subscriptions to a subgraph in another process', () => {
  it('run as the viewer that the gateway names, with a context of its own for every event', async () => {
    const { server, signals } = await serve();
    const transport = remote('venues', server.url);
    const who = await open(transport, 'subscription { who }');
    expect(await who.next()).toEqual({ done: false, value: { data: { who: 'VENUE_STAFF' } } });
    const lit = await open(transport, 'subscription { lit }');
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      seen.push((await lit.next()).value?.data?.['lit']);
      signals.ring('lit');
    }
    expect(new Set(seen).size).toBe(3);
    expect(server.sockets).toBe(1);
    await who.return();
    await lit.return();
    await until(() => signals.open === 0);
  });

  it('a refusal ends the stream with its code, an internal failure with none, and others go on', async () => {
    const { server, signals } = await serve();
    const transport = remote('venues', server.url);
    const who = await open(transport, 'subscription { who }');
    await who.next();
    const ends = async (text: string): Promise<unknown> => {
      const { done, value } = await (await open(transport, text)).next();
      return [done, value?.errors?.map(({ extensions }) => extensions['code'])];
    };
    expect(await ends('subscription { guarded }')).toEqual([true, ['FORBIDDEN']]);
    expect(await ends('subscription { broken }')).toEqual([true, ['INTERNAL_SERVER_ERROR']]);
    expect(await ends('subscription { nothing }')).toEqual([true, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(await ends('{ lamp { id } }')).toEqual([true, ['BAD_INPUT']]);
    signals.ring('who');
    expect((await who.next()).value).toEqual({ data: { who: 'VENUE_STAFF' } });
    expect(server.sockets).toBe(1);
  });

  it('a stream that is left while it waits lets go of the source', async () => {
    const { server, signals } = await serve();
    const stream = await open(remote('venues', server.url), 'subscription { lit }');
    await stream.next();
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await until(() => signals.open === 0);
  });

  it('a subgraph that stops closes with 1001, which ends the streams; the next one connects again', async () => {
    const { server, start } = await serve();
    const transport = remote('venues', server.url);
    const stream = await open(transport, 'subscription { who }');
    await stream.next();
    const raw = await connected(server);
    const lost = stream.next().catch((error: unknown) => String(error));
    await server.close();
    expect((await raw.closed).code).toBe(1001);
    expect(await lost).toContain('1001');
    await expect((await open(transport, 'subscription { who }')).next()).rejects.toThrow('connection');
    const again = await start(Number(new URL(server.url).port));
    onTestFinished(() => again.close());
    expect((await (await open(transport, 'subscription { who }')).next()).value).toEqual({
      data: { who: 'VENUE_STAFF' },
    });
  });

  it('a connection or a subscription that no gateway signed is refused', async () => {
    const { server } = await serve();
    const root = server.url.replace(/\/graphql$/, '');
    for (const payload of [undefined, {}, sign('something else'), sign('')]) {
      const socket = new TestSocket(`${root}/graphql`);
      await socket.connected();
      socket.send({ type: 'connection_init', ...(payload && { payload }) });
      expect((await socket.closed).code).toBe(4403);
    }
    const socket = await connected(server);
    const query = 'subscription { who }';
    const signed = sign(subscriptionText({ query }));
    const refused = [{}, { extensions: sign(subscriptionText({ query: 'subscription { lit }' })) }];
    for (const [n, more] of refused.entries()) {
      socket.subscribe(`r${n}`, query, more);
      const { payload } = await socket.next('error', `r${n}`);
      expect(payload).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    socket.subscribe('good', query, { extensions: signed });
    expect(await socket.data('good')).toEqual({ who: 'VENUE_STAFF' });
    socket.subscribe('twice', query, { extensions: signed });
    await socket.next('error', 'twice');
  });
});

describe('a link that dies without a word', () => {
  it('is cut, although TCP still holds it, and the stream fails so that its reader comes back', async () => {
    const { server, signals } = await serve();
    const link = await proxy(Number(new URL(server.url).port));
    const transport = remote('venues', `http://127.0.0.1:${link.port}/graphql`);
    const stream = await open(transport, 'subscription { who }');
    await stream.next();
    const lost = stream.next().catch((error: unknown) => String(error));
    link.silence();
    expect(await lost).toContain('the connection to venues failed');
    const again = await open(transport, 'subscription { who }');
    expect((await again.next()).value).toEqual({ data: { who: 'VENUE_STAFF' } });
    await again.return();
    await until(() => signals.open <= 1);
  });
});

/** A TCP proxy that can stop passing on what comes over the links it has, without closing them. */
async function proxy(to: number) {
  let silent = new Set<Socket>();
  const links = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(to, '127.0.0.1');
    for (const [from, into] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      links.add(from);
      from.on('error', () => undefined);
      from.on('data', (data) => void (silent.has(from) || into.write(data)));
      from.on('close', () => void (silent.has(from) || into.destroy()));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    for (const link of links) link.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, silence: () => (silent = new Set(links)) };
}

describe('entities of a subgraph in another process', () => {
  it.each([
    [500, undefined],
    [501, 'BAD_INPUT'],
  ])('%i in one request: %s', async (count, code) => {
    const { server } = await serve();
    const representations = Array.from({ length: count }, (_, id) => ({ __typename: 'Lamp', id }));
    const body = JSON.stringify({
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      variables: { r: representations },
    });
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...sign(body) },
      body,
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});
