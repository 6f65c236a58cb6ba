import type { Transport } from '../../gateway/execution/transport.ts';
import { measured } from '../../gateway/observability/measured.ts';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { Metrics } from '../../gateway/observability/metrics.ts';
import { isFromThisMachine } from '../../gateway/observability/settings.ts';
import { readTraceparent } from '../../gateway/observability/traceparent.ts';
import type { LocalSubgraph } from '../../gateway/execution/in-process.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { running, type Running } from './support/running.ts';
import { Station } from './support/station.ts';
import { TestSocket, until } from './support/sockets.ts';

async function counting(): Promise<
  Running & { station: Station; metrics: Metrics; value: (name: string) => Promise<number> }
> {
  const station = new Station();
  const metrics = new Metrics(false);
  const started = await running({ ...station.supergraph({ nameFrom: 'places' }), metrics });
  const value = async (name: string): Promise<number> => {
    const { text } = await started.fetch('/metrics');
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
  };
  return { ...started, station, metrics, value };
}

describe('/metrics', () => {
  test('counts operations by kind and outcome, on both entries', async () => {
    const { ask, gateway, value } = await counting();
    for (let n = 0; n < 3; n += 1) await ask('{ weather { degrees } }');
    await ask('{ nothing }');
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('q', '{ weather { degrees } }');
    await socket.next('next', 'q');
    await socket.next('complete', 'q');
    socket.subscribe('s', 'subscription { weather { degrees } }');
    await socket.next('next', 's');
    socket.subscribe('x', 'subscription { nothing }');
    await socket.next('error', 'x');
    expect(await value('gateway_operations_total{kind="query",outcome="ok"}')).toBe(4);
    expect(await value('gateway_operations_total{kind="subscription",outcome="ok"}')).toBe(1);
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const refused = [...text.matchAll(/^gateway_operations_total\{.*outcome="refused"\} (\d+)$/gm)];
    expect(refused.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(2);
  });

  test('counts plans that were made and plans that were used again', async () => {
    const { ask, value } = await counting();
    for (let n = 0; n < 5; n += 1) await ask('{ weather { degrees place { name } } }');
    expect(await value('gateway_plans_made')).toBe(1);
    expect(await value('gateway_plans_cached')).toBe(4);
  });

  test('times the fetches of each subgraph and counts those that failed', async () => {
    const { ask, value } = await counting();
    await ask('{ weather { degrees place { name } } }');
    expect(await value('gateway_fetch_seconds_count{subgraph="sky"}')).toBe(1);
    expect(await value('gateway_fetch_seconds_count{subgraph="places"}')).toBe(1);

    const metrics = new Metrics(false);
    const down: Transport<Viewer> = {
      subgraph: 'far',
      execute: async () => ({ errors: [] }),
      subscribe: async () => ({ errors: [] }),
    };
    await measured(down, metrics).execute(
      { text: '{ a }', variables: {} },
      { viewer: { role: 'NATIONAL' }, requestId: 'r' },
    );
    expect(await metrics.text()).toContain('gateway_fetch_failures_total{subgraph="far"} 1');
  });

  test('knows sockets, clients, subscriptions and upstreams as they are now', async () => {
    const { gateway, value } = await counting();
    const sockets = await Promise.all([1, 2, 3].map(() => TestSocket.open(gateway.url)));
    for (const socket of sockets) {
      for (const field of ['name', 'height']) {
        socket.subscribe(field, `subscription { weather { degrees place { ${field} } } }`);
        await socket.next('next', field);
      }
    }
    expect(await value('gateway_sockets')).toBe(3);
    expect(await value('gateway_subscription_clients')).toBe(6);
    expect(await value('gateway_subscriptions')).toBe(2);
    expect(await value('gateway_upstreams')).toBe(1);
    for (const socket of sockets) socket.ws.terminate();
    await until(() => gateway.counts.sockets === 0 && gateway.counts.clients === 0);
    expect(await value('gateway_subscription_clients')).toBe(0);
    expect(await value('gateway_upstreams')).toBe(0);
  });

  test('counts the results that a slow client never took', async () => {
    const { metrics, value } = await counting();
    expect(await value('gateway_mailbox_drops_total')).toBe(0);
    metrics.dropped();
    expect(await value('gateway_mailbox_drops_total')).toBe(1);
  });

  test('has event-loop lag and memory of the process, and nothing that a client wrote', async () => {
    const metrics = new Metrics();
    const { ask, fetch } = await running({ metrics });
    await ask('query MyOwnName { whoami }', { operationName: 'MyOwnName' });
    const { text, headers } = await fetch('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/MyOwnName|whoami/);
  });

  test('is not there when it is off, and not for others when it is for this machine alone', async () => {
    expect((await (await running()).fetch('/metrics')).status).toBe(404);
    const { fetch } = await running({ metrics: new Metrics(false), mayReadMetrics: isFromThisMachine });
    expect((await fetch('/metrics')).status).toBe(200);
    expect((await fetch('/metrics', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(404);
    const from = (remoteAddress: string): boolean =>
      isFromThisMachine({ socket: { remoteAddress }, headers: {} } as never);
    expect(
      ['127.0.0.1', '::1', '::ffff:127.0.0.1', '192.0.2.1', '::', '', '10.127.0.1'].filter(from),
    ).toEqual(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
  });

  test.each([
    [{}, 'on'],
    [{ NODE_ENV: 'production' }, 'local'],
    [{ NODE_ENV: 'production', METRICS: 'on' }, 'on'],
    [{ METRICS: 'off' }, 'off'],
  ])('with %j is %s', (environment, mode) => {
    expect(readConfig(environment).metrics).toBe(mode);
  });
});

describe('/ready', () => {
  test('is 200 while everything answers, and 503 while a database does not; /health stays 200', async () => {
    let check: () => Promise<unknown> = async () => undefined;
    const { fetch } = await running({ parts: [{ name: 'cards', remote: false, check: () => check() }] });
    expect(await fetch('/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    check = () => Promise.reject(new Error('no database at /secret/path'));
    const broken = await fetch('/ready');
    expect(broken).toMatchObject({ status: 503, body: { status: 'unavailable' } });
    expect(broken.text).not.toContain('secret');
    check = () => new Promise(() => undefined);
    expect(await fetch('/ready')).toMatchObject({ status: 503, body: { status: 'unavailable' } });
    expect(await fetch('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  test('is 503 while it stops', async () => {
    const { gateway } = await running();
    // A socket that does not answer the farewell keeps the stop waiting for a moment.
    const socket = await TestSocket.open(gateway.url);
    socket.ws.pause();
    const stopping = gateway.close();
    const response = await fetch(`${gateway.url}/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'stopping' });
    await stopping;
  });
});

describe('a trace', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  test.each([
    [traceparent, traceparent],
    [undefined, undefined],
    ['', undefined],
    [traceparent.toUpperCase(), undefined],
    [`${traceparent}-extra`, undefined],
    [traceparent.replace('00-', 'ff-'), undefined],
    [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
    [`00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`, undefined],
    [`${traceparent}\r\nx: y`, undefined],
  ])('%j is read as %j', (sent, read) => {
    expect(readTraceparent(sent)).toBe(read);
  });

  test('is passed on to subgraphs and written into the log with the request id', async () => {
    const lines: string[] = [];
    const seen: unknown[] = [];
    const station = new Station();
    const { subgraphs, supergraphSdl } = station.supergraph({ nameFrom: 'places' });
    const [sky, ...others] = subgraphs as [LocalSubgraph<Viewer>, ...LocalSubgraph<Viewer>[]];
    const remote: Transport<Viewer> = {
      subgraph: sky.name,
      async execute(_operation, caller) {
        seen.push(caller.traceparent);
        return { data: { weather: { degrees: 1 } } };
      },
      subscribe: async () => ({ errors: [] }),
    };
    const { fetch } = await running({
      subgraphs: others,
      remotes: [remote],
      supergraphSdl,
      logger: createLogger('debug', { write: (line) => void lines.push(line) }),
    });
    const send = (header: string) =>
      fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', traceparent: header },
        body: JSON.stringify({ query: '{ weather { degrees } }' }),
      });
    const { headers } = await send(traceparent);
    await send('00-not-a-trace');
    expect(seen).toEqual([traceparent, undefined]);
    const logged = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'operation');
    expect(logged[0]).toMatchObject({
      requestId: headers.get('x-request-id'),
      traceId: traceparent.slice(3, 35),
      kind: 'query',
      outcome: 'ok',
    });
    expect(logged[1]).not.toHaveProperty('traceId');
  });
});
