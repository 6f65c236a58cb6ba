import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { codes, running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

const secret = /SQLITE_ERROR|\/var\/lib|node_modules|\bat .*\.ts|stack/;

describe('an unexpected failure', () => {
  test('reaches the caller as "Internal error" with an id, and the log with its full text', async () => {
    const lines: string[] = [];
    const log = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const { ask } = await running({ logger: pino({ level: 'error' }, log) });
    const answer = await ask('{ broken }');
    expect(answer.body).toEqual({
      data: { broken: null },
      errors: [
        {
          message: 'Internal error',
          path: ['broken'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) as string },
        },
      ],
    });
    const id = answer.body.errors?.[0]?.extensions.id ?? 'none';
    const line = lines.find((one) => one.includes(id)) ?? '';
    expect(line).toContain('SQLITE_ERROR in /var/lib/secret.db');
  });

  test('says nothing more over WebSocket', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', '{ broken }');
    const text = JSON.stringify(await socket.next('next', '1'));
    expect(text).toContain('INTERNAL_SERVER_ERROR');
    expect(text).not.toMatch(secret);
  });
});

describe('an expected failure', () => {
  test('keeps its code and message', async () => {
    const { ask } = await running();
    const answer = await ask('{ refused }');
    expect(codes(answer)).toEqual(['FORBIDDEN']);
    expect(answer.body.errors?.[0]?.message).toBe('You have no right to do this.');
    expect(answer.text).not.toContain('serviceName');
  });
});

describe('malformed input over HTTP', () => {
  const json = { 'content-type': 'application/json' };
  const cases: readonly (readonly [
    name: string,
    path: string,
    init: RequestInit,
    status: number,
    code: string,
  ])[] = [
    ['a body that is not JSON', '/graphql', { method: 'POST', headers: json, body: '{' }, 400, 'BAD_REQUEST'],
    ['an empty body', '/graphql', { method: 'POST', headers: json, body: '' }, 400, 'BAD_REQUEST'],
    [
      'a body that is a list',
      '/graphql',
      { method: 'POST', headers: json, body: '[{"query":"{ rooms { id } }"}]' },
      400,
      'BAD_REQUEST',
    ],
    ['a body that is null', '/graphql', { method: 'POST', headers: json, body: 'null' }, 400, 'BAD_REQUEST'],
    ['no query', '/graphql', { method: 'POST', headers: json, body: '{}' }, 400, 'BAD_REQUEST'],
    [
      'a query that is a number',
      '/graphql',
      { method: 'POST', headers: json, body: '{"query":1}' },
      400,
      'BAD_REQUEST',
    ],
    [
      'variables that are a list',
      '/graphql',
      { method: 'POST', headers: json, body: '{"query":"{ rooms { id } }","variables":[]}' },
      400,
      'BAD_REQUEST',
    ],
    [
      '__proto__ in the body',
      '/graphql',
      { method: 'POST', headers: json, body: '{"__proto__":{"x":1},"query":"{ rooms { id } }"}' },
      400,
      'BAD_REQUEST',
    ],
    [
      'variables nested 20 000 levels deep',
      '/graphql',
      {
        method: 'POST',
        headers: json,
        body: `{"query":"{ rooms { id } }","variables":{"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      },
      400,
      'BAD_INPUT',
    ],
    [
      'a body of 100 kB',
      '/graphql',
      { method: 'POST', headers: json, body: JSON.stringify({ query: '#'.repeat(100_000) }) },
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'text/plain',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ rooms { id } }"}' },
      400,
      'BAD_REQUEST',
    ],
    [
      'a form',
      '/graphql',
      { method: 'POST', body: new URLSearchParams({ query: '{ rooms { id } }' }) },
      400,
      'BAD_REQUEST',
    ],
    [
      'a compressed body',
      '/graphql',
      { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: 'x' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'another character set',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-16' }, body: '{}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['GET without a header that a form cannot send', '/graphql?query={rooms{id}}', {}, 400, 'BAD_REQUEST'],
    [
      'GET with broken variables',
      '/graphql?query={rooms{id}}&variables={',
      { headers: json },
      400,
      'BAD_REQUEST',
    ],
    ['DELETE', '/graphql', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['an address where nothing is', '/admin', {}, 404, 'NOT_FOUND'],
    ['an address that is no address', '/display/%ZZ', {}, 400, 'BAD_REQUEST'],
    [
      'a development viewer that is not JSON',
      '/graphql',
      { method: 'POST', headers: { ...json, 'x-dev-viewer': '{' }, body: '{"query":"{ rooms { id } }"}' },
      400,
      'BAD_INPUT',
    ],
    [
      'a development viewer of a role that nobody has',
      '/graphql',
      {
        method: 'POST',
        headers: { ...json, 'x-dev-viewer': '{"role":"SYSTEM"}' },
        body: '{"query":"{ rooms { id } }"}',
      },
      400,
      'BAD_INPUT',
    ],
  ];

  test.each(cases)('%s gets a GraphQL error with a code', async (_name, path, init, status, code) => {
    const { fetch } = await running();
    const answer = await fetch(path, init);
    expect([answer.status, codes(answer)]).toEqual([status, [code]]);
    expect(answer.headers.get('content-type')).toContain('json');
    expect(answer.text).not.toMatch(secret);
  });

  test('an unknown operation name is 400, not 500', async () => {
    const { ask } = await running();
    const answer = await ask('query A { rooms { id } }', { operationName: 'B' });
    expect([answer.status, codes(answer)]).toEqual([400, ['OPERATION_RESOLUTION_FAILURE']]);
  });

  test('two operations without a name are 400', async () => {
    const { ask } = await running();
    const answer = await ask('query A { rooms { id } } query B { rooms { id } }');
    expect([answer.status, codes(answer)]).toEqual([400, ['OPERATION_RESOLUTION_FAILURE']]);
  });

  test('a subscription is 400 and says where subscriptions are', async () => {
    const { ask } = await running();
    const answer = await ask('subscription { quiet { id } }');
    expect([answer.status, codes(answer)]).toEqual([400, ['SUBSCRIPTION_OVER_HTTP']]);
  });

  test('a variable of the wrong type is BAD_USER_INPUT', async () => {
    const { ask } = await running();
    const answer = await ask('query ($id: ID!) { sensor(id: $id) { id } }', { variables: { id: {} } });
    expect([answer.status, codes(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
  });

  test('in production a development viewer is refused on both entries', async () => {
    const { ask, gateway } = await running({ production: true });
    const answer = await ask('{ whoami }', { viewer: { role: 'NATIONAL' } });
    expect([answer.status, codes(answer)]).toEqual([403, ['DEV_VIEWER_REFUSED']]);
    const socket = new TestSocket(`${gateway.url}/graphql`);
    await socket.connected();
    socket.send({ type: 'connection_init', payload: { devViewer: { role: 'NATIONAL' } } });
    expect(await socket.closed).toMatchObject({
      code: 4403,
      reason: expect.stringContaining('DEV_VIEWER_REFUSED') as string,
    });
  });
});

describe('who asks', () => {
  test('is ANONYMOUS unless the sender says otherwise, over HTTP and WebSocket', async () => {
    const { ask, gateway } = await running();
    expect((await ask('{ whoami }')).body.data).toEqual({ whoami: 'role=ANONYMOUS' });
    const viewer = { role: 'HOLDER', cardId: 'c1' };
    expect((await ask('{ whoami }', { viewer })).body.data).toEqual({ whoami: 'cardId=c1&role=HOLDER' });
    const socket = await TestSocket.open(gateway.url, { devViewer: viewer });
    socket.subscribe('1', '{ whoami }');
    expect(await socket.data('1')).toEqual({ whoami: 'cardId=c1&role=HOLDER' });
  });

  test('can be said for one operation on a socket, the way GraphiQL sends its headers', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    const extensions = { headers: { 'x-dev-viewer': '{"role":"NATIONAL"}' } };
    socket.subscribe('1', '{ whoami }', { extensions });
    expect(await socket.data('1')).toEqual({ whoami: 'role=NATIONAL' });
  });
});
