import { describe, expect, test } from 'vitest';
import { running } from '../gateway/support/running.ts';
import { pauseMs, TestSocket, until } from '../gateway/support/sockets.ts';

// The MUSTs of https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md that a server must keep.
const counter = 'subscription { measured(sensorId: "a") { temperature } }';

async function connected(protocol?: string): Promise<TestSocket> {
  const { gateway } = await running();
  const socket = new TestSocket(`${gateway.url}/graphql`, protocol);
  await socket.connected();
  return socket;
}

async function acknowledged(): Promise<TestSocket> {
  const { gateway } = await running();
  return TestSocket.open(gateway.url);
}

describe('the connection', () => {
  test('speaks it: "The WebSocket sub-protocol for this specification is: graphql-transport-ws"', async () => {
    const socket = await connected();
    expect(socket.ws.protocol).toBe('graphql-transport-ws');
  });

  test('of the older protocol is closed with 4406', async () => {
    const { gateway } = await running();
    const socket = new TestSocket(`${gateway.url}/graphql`, 'graphql-ws');
    // Some clients refuse an answer without their protocol before they see the close code.
    expect([4406, 1006]).toContain((await socket.closed).code);
  });

  test('is acknowledged once: "Expected response to the ConnectionInit message"', async () => {
    const socket = await connected();
    socket.send({ type: 'connection_init' });
    expect(await socket.next('connection_ack')).toEqual({ type: 'connection_ack' });
  });

  test('that is initialised twice is closed: "more than one ConnectionInit … 4429: Too many initialisation requests"', async () => {
    const socket = await acknowledged();
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toMatchObject({ code: 4429 });
  });

  test('that is not initialised within three seconds is closed: "4408: Connection initialisation timeout"', async () => {
    const socket = await connected();
    const begun = Date.now();
    expect(await socket.closed).toMatchObject({ code: 4408 });
    expect(Date.now() - begun).toBeGreaterThan(2_500);
  });

  test('with a viewer that is no viewer is closed with 4400', async () => {
    const socket = await connected();
    socket.send({ type: 'connection_init', payload: { devViewer: { role: 'KING' } } });
    expect(await socket.closed).toMatchObject({
      code: 4400,
      reason: expect.stringContaining('BAD_INPUT') as string,
    });
  });

  test('answers ping with pong and its payload, before and after the initialisation', async () => {
    const socket = await connected();
    socket.send({ type: 'ping' });
    expect(await socket.next('pong')).toEqual({ type: 'pong' });
    socket.send({ type: 'connection_init' });
    await socket.next('connection_ack');
    socket.send({ type: 'ping', payload: { at: 1 } });
    expect(await socket.next('pong')).toEqual({ type: 'pong', payload: { at: 1 } });
    socket.send({ type: 'pong' });
    socket.subscribe('1', '{ whoami }');
    await socket.next('next', '1');
  });
});

describe('"Receiving a message of a type or format which is not specified … immediate socket closure with the event 4400": a message', () => {
  test.each([
    ['that is not JSON', 'hello'],
    ['that is a number', '1'],
    ['that is null', 'null'],
    ['of an unknown type', { type: 'start', id: '1', payload: { query: counter } }],
    ['without a type', { id: '1' }],
    ['to subscribe without an id', { type: 'subscribe', payload: { query: counter } }],
    ['to subscribe with an empty id', { type: 'subscribe', id: '', payload: { query: counter } }],
    ['to subscribe without a query', { type: 'subscribe', id: '1', payload: {} }],
    [
      'with variables that are text',
      { type: 'subscribe', id: '1', payload: { query: counter, variables: 'x' } },
    ],
    ['with a payload that is text', { type: 'ping', payload: 'x' }],
  ])('%s closes the socket with 4400 and no stack', async (_name, message) => {
    const socket = await acknowledged();
    socket.send(message);
    const { code, reason } = await socket.closed;
    expect(code).toBe(4400);
    expect(reason).not.toMatch(/node_modules|\.ts|\.js|at /);
  });

  test('of more than 64 kB closes the socket with 1009', async () => {
    const socket = await acknowledged();
    socket.subscribe('1', `# ${'x'.repeat(70_000)}\n{ whoami }`);
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  test('to subscribe too early closes the socket: "allowed only after the server has acknowledged the connection … 4401: Unauthorized"', async () => {
    const socket = await connected();
    socket.subscribe('1', counter);
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });
});

describe('an operation', () => {
  test('that is a query: "After all results have been emitted, the Complete message will follow"', async () => {
    const socket = await acknowledged();
    socket.subscribe('q', 'query Who { whoami }', { operationName: 'Who' });
    expect(await socket.data('q')).toEqual({ whoami: 'role=ANONYMOUS' });
    await socket.next('complete', 'q');
  });

  test('that is a mutation: "dispatches the result with the Next message … the Complete message"', async () => {
    const socket = await acknowledged();
    const query = 'mutation ($t: Int!) { measure(id: "a", temperature: $t) { temperature alarm } }';
    socket.subscribe('m', query, { variables: { t: 27 } });
    expect(await socket.data('m')).toEqual({ measure: { temperature: 27, alarm: 'HOT' } });
    await socket.next('complete', 'm');
  });

  test('with the id of one that runs: "4409: Subscriber for <unique-operation-id> already exists"', async () => {
    const socket = await acknowledged();
    socket.subscribe('1', counter);
    await socket.next('next', '1');
    socket.subscribe('1', counter);
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  test('may have the id of one that is complete', async () => {
    const socket = await acknowledged();
    for (let round = 0; round < 3; round += 1) {
      socket.subscribe('same', '{ whoami }');
      await socket.next('next', 'same');
      await socket.next('complete', 'same');
    }
  });

  test('with a mistake: "If the server dispatched the Error message … no Complete message will be emitted", and the socket stays', async () => {
    const socket = await acknowledged();
    socket.subscribe('live', counter);
    await socket.next('next', 'live');
    socket.subscribe('bad', '{ whoami');
    const { payload } = await socket.next('error', 'bad');
    expect(payload).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
    socket.subscribe('bad', 'query A { whoami }', { operationName: 'B' });
    expect((await socket.next('error', 'bad')).payload).toMatchObject([
      { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
    ]);
    socket.subscribe('bad', 'subscription ($id: ID!) { measured(sensorId: $id) { id } }');
    expect((await socket.next('error', 'bad')).payload).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    await pauseMs(50);
    expect(socket.received).toEqual([]);
    expect(socket.ws.readyState).toBe(socket.ws.OPEN);
  });

  test('that the client completed: "No further events, relevant to the original subscription, should be sent through"', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', counter);
    await socket.next('next', '1');
    socket.send({ id: '1', type: 'complete' });
    await until(() => gateway.counts.clients === 0);
    toys.measure('a', 99);
    await pauseMs(50);
    expect(socket.received).toEqual([]);
  });

  test('that the client completes in the same breath as it begins leaves nothing behind', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    for (let n = 0; n < 50; n += 1) {
      socket.subscribe(`s${n}`, counter);
      socket.send({ id: `s${n}`, type: 'complete' });
    }
    socket.subscribe('last', '{ whoami }');
    await until(() => socket.received.some(({ id, type }) => id === 'last' && type === 'complete'));
    await until(() => gateway.counts.clients === 0 && toys.signals.open === 0);
  });

  test('that is unknown may be completed without harm', async () => {
    const socket = await acknowledged();
    socket.send({ id: 'never', type: 'complete' });
    socket.subscribe('1', '{ whoami }');
    await socket.next('next', '1');
  });

  test('is refused with TOO_MANY_SUBSCRIPTIONS when 20 run on the socket', async () => {
    const socket = await acknowledged();
    for (let n = 0; n < 20; n += 1) {
      socket.subscribe(`s${n}`, counter);
      await socket.next('next', `s${n}`);
    }
    socket.subscribe('s20', counter);
    expect((await socket.next('error', 's20')).payload).toMatchObject([
      { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
    ]);
    socket.send({ id: 's0', type: 'complete' });
    await pauseMs(20);
    socket.subscribe('s21', counter);
    await socket.next('next', 's21');
  });
});

describe('every message of the server', () => {
  test('is JSON text with a type, and with the id of its operation: "uniquely identifying server responses"', async () => {
    const socket = await acknowledged();
    const binary: boolean[] = [];
    socket.ws.on('message', (_data, isBinary) => void binary.push(isBinary));
    socket.subscribe('live', counter);
    socket.subscribe('query', '{ whoami }');
    socket.subscribe('wrong', '{ nothing }');
    socket.send({ type: 'ping' });
    await until(() => socket.received.length === 5);
    expect(new Set(binary)).toEqual(new Set([false]));
    expect(
      socket.received.map(({ type, id }) => [type, id]).sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ['complete', 'query'],
      ['error', 'wrong'],
      ['next', 'live'],
      ['next', 'query'],
      ['pong', undefined],
    ]);
  });

  test('of type error has a payload that is "GraphQLError[]", never empty', async () => {
    const socket = await acknowledged();
    socket.subscribe('1', '{ nothing more }');
    const { payload } = await socket.next('error', '1');
    expect(payload).toHaveLength(2);
    for (const error of payload as unknown[])
      expect(error).toMatchObject({ message: expect.any(String) as string });
  });

  test('of type next has a payload that is an "ExecutionResult", also when a field failed', async () => {
    const socket = await acknowledged();
    socket.subscribe('1', '{ whoami broken }');
    expect((await socket.next('next', '1')).payload).toMatchObject({
      data: { whoami: 'role=ANONYMOUS', broken: null },
      errors: [{ path: ['broken'] }],
    });
    await socket.next('complete', '1');
  });
});

describe('the end', () => {
  test('of the socket by the client, "1000: Normal Closure", ends all its operations', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    for (const id of ['1', '2']) {
      socket.subscribe(id, counter);
      await socket.next('next', id);
    }
    socket.ws.close(1000, 'Normal Closure');
    expect(await socket.closed).toMatchObject({ code: 1000 });
    await until(() => gateway.counts.clients === 0 && toys.signals.open === 0);
  });

  test('of one operation leaves the others on its socket', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    for (const id of ['1', '2']) {
      socket.subscribe(id, counter);
      await socket.next('next', id);
    }
    socket.send({ id: '1', type: 'complete' });
    await until(() => gateway.counts.clients === 1);
    toys.measure('a', 44);
    expect(await socket.data('2')).toEqual({ measured: { temperature: 44 } });
    expect(socket.received).toEqual([]);
  });

  test('by the server: "can close the socket (kick the client off) at any time", with an event that says why', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    await gateway.close();
    expect(await socket.closed).toEqual({ code: 1001, reason: 'The server is stopping.' });
  });
});
