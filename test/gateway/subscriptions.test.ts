import { describe, expect, test } from 'vitest';
import { running } from './support/running.ts';
import { TestSocket, pauseMs, until } from './support/sockets.ts';

const joined = 'subscription { measured(sensorId: "a") { id temperature alarm room { name } } }';
const first = { measured: { id: 'a', temperature: 20, alarm: 'OK', room: { name: 'Palms' } } };

function manySockets(url: string, count: number): Promise<TestSocket[]> {
  return Promise.all(Array.from({ length: count }, () => TestSocket.open(url)));
}

describe('a federated subscription', () => {
  test('begins with a snapshot, and every event is joined with the other subgraphs', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    expect(await socket.data('1')).toEqual(first);
    toys.measure('a', 28);
    expect(await socket.data('1')).toEqual({
      measured: { ...first.measured, temperature: 28, alarm: 'HOT' },
    });
  });

  test('works with variables, aliases, fragments and nested conditions', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    const query = `
      subscription Watch($id: ID!, $yes: Boolean!) { ...Root }
      fragment Root on Subscription { heat: measured(sensorId: $id) { degrees: temperature ... @include(if: $yes) { alarm } place: room { title: name } } }`;
    socket.subscribe('1', query, { variables: { id: 'b', yes: true }, operationName: 'Watch' });
    expect(await socket.data('1')).toEqual({
      heat: { degrees: 30, alarm: 'HOT', place: { title: 'Ferns' } },
    });
  });

  test('a list of entities is joined in one go', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { many(sensorIds: ["a", "b"]) { temperature alarm room { name } } }');
    expect(await socket.data('1')).toEqual({
      many: [
        { temperature: 20, alarm: 'OK', room: { name: 'Palms' } },
        { temperature: 30, alarm: 'HOT', room: { name: 'Ferns' } },
      ],
    });
    expect(toys.calls.names).toBe(1);
  });

  test('nothing that an event loaded is remembered at the next', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    await socket.next('next', '1');
    toys.rename('r1', 'Orchids');
    toys.measure('a', 20);
    expect(await socket.data('1')).toEqual({ measured: { ...first.measured, room: { name: 'Orchids' } } });
  });

  test('a failing field is an error within its event, masked, and the stream goes on', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { measured(sensorId: "a") { temperature room { unlucky } } }');
    const { payload } = await socket.next('next', '1');
    expect(payload).toMatchObject({
      data: { measured: { temperature: 20, room: { unlucky: null } } },
      errors: [
        {
          message: 'Internal error',
          path: ['measured', 'room', 'unlucky'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) as string },
        },
      ],
    });
    expect(JSON.stringify(payload)).not.toContain('stack trace');
    toys.measure('a', 21);
    expect(await socket.data('1')).toEqual({ measured: { temperature: 21, room: { unlucky: null } } });
  });
});

describe('identical subscriptions', () => {
  test('of 50 clients share one upstream and one execution per event', async () => {
    const { gateway, toys } = await running();
    const sockets = await manySockets(gateway.url, 50);
    for (const socket of sockets) socket.subscribe('1', joined);
    for (const socket of sockets) expect(await socket.data('1')).toEqual(first);
    expect(toys.calls.upstreams).toBe(1);
    expect(gateway.counts).toEqual({ sockets: 50, upstreams: 1, feeds: 1, clients: 50 });

    const before = { ...toys.calls };
    toys.measure('a', 29);
    for (const socket of sockets) {
      expect(await socket.data('1')).toMatchObject({ measured: { temperature: 29 } });
    }
    expect(toys.calls.events - before.events).toBe(1);
    expect(toys.calls.alarms - before.alarms).toBe(1);
    expect(toys.calls.names - before.names).toBe(1);
  });

  test('are recognised whatever their spacing, and different variables are not mixed up', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    const query = 'subscription ($id: ID!) { measured(sensorId: $id) { temperature } }';
    socket.subscribe('1', query, { variables: { id: 'a' } });
    expect(await socket.data('1')).toEqual({ measured: { temperature: 20 } });
    socket.subscribe('2', query.replaceAll(' ', '\n '), { variables: { id: 'a' } });
    expect(await socket.data('2')).toEqual({ measured: { temperature: 20 } });
    expect(toys.calls.upstreams).toBe(1);
    socket.subscribe('3', query, { variables: { id: 'b' } });
    expect(await socket.data('3')).toEqual({ measured: { temperature: 30 } });
    expect(toys.calls.upstreams).toBe(2);
  });

  test('of different viewers share nothing', async () => {
    const { gateway, toys } = await running();
    const query = 'subscription { measured(sensorId: "a") { seenBy } }';
    const viewers = [
      { role: 'NATIONAL' },
      { role: 'VENUE_STAFF', venueId: 'v1' },
      { role: 'VENUE_STAFF', venueId: 'v2' },
      { role: 'VENUE_STAFF', venueId: 'v2' },
    ];
    const seen: unknown[] = [];
    for (const devViewer of viewers) {
      const socket = await TestSocket.open(gateway.url, { devViewer });
      socket.subscribe('1', query);
      seen.push(await socket.data('1'));
    }
    expect(seen).toEqual([
      { measured: { seenBy: 'role=NATIONAL' } },
      { measured: { seenBy: 'role=VENUE_STAFF&venueId=v1' } },
      { measured: { seenBy: 'role=VENUE_STAFF&venueId=v2' } },
      { measured: { seenBy: 'role=VENUE_STAFF&venueId=v2' } },
    ]);
    expect(toys.calls.upstreams).toBe(3);
  });

  test('a late joiner gets the newest result at once, without any work in the subgraphs', async () => {
    const { gateway, toys } = await running();
    const [early, late] = (await manySockets(gateway.url, 2)) as [TestSocket, TestSocket];
    early.subscribe('1', joined);
    await early.next('next', '1');
    toys.measure('a', 26);
    await early.next('next', '1');
    const before = { ...toys.calls };
    late.subscribe('1', joined);
    expect(await late.data('1')).toMatchObject({ measured: { temperature: 26, alarm: 'HOT' } });
    expect(toys.calls).toEqual(before);
  });

  test('the source is released when the last client leaves, and not before', async () => {
    const { gateway, toys } = await running();
    const [one, two, three] = (await manySockets(gateway.url, 3)) as [TestSocket, TestSocket, TestSocket];
    for (const socket of [one, two, three]) {
      socket.subscribe('1', joined);
      await socket.next('next', '1');
    }
    one.send({ id: '1', type: 'complete' });
    two.ws.terminate();
    await until(() => gateway.counts.clients === 1);
    expect(toys.signals.open).toBe(1);
    three.send({ id: '1', type: 'complete' });
    await until(() => toys.signals.open === 0);
    expect(toys.signals.released).toBe(1);
    expect(gateway.counts).toMatchObject({ upstreams: 0, clients: 0 });
  });

  test('a quiet source is released too', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { quiet { id } }');
    await socket.next('next', '1');
    socket.ws.terminate();
    await until(() => toys.signals.open === 0);
  });
});

describe('an upstream', () => {
  test.each([
    ['ends', undefined],
    ['throws', new Error('connection reset')],
  ])('that %s is made again: the socket stays and gets a fresh snapshot', async (_how, error) => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    await socket.next('next', '1');
    toys.signals.kill(error);
    expect(await socket.data('1')).toEqual(first);
    expect(toys.calls.upstreams).toBe(2);
    toys.measure('a', 31);
    expect(await socket.data('1')).toMatchObject({ measured: { temperature: 31 } });
    expect(socket.received).toEqual([]);
  });

  test('that stays away is tried again with pauses, and the newest state comes when it is back', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    await socket.next('next', '1');
    toys.down = true;
    toys.signals.kill(new Error('gone'));
    await pauseMs(600);
    expect(toys.calls.upstreams).toBeLessThan(12);
    expect(socket.received).toMatchObject([{ type: 'next', payload: { extensions: { stale: true } } }]);
    socket.received.length = 0;
    toys.measure('a', 33);
    toys.down = false;
    expect(await socket.data('1')).toMatchObject({ measured: { temperature: 33 } });
  });

  test('that refuses the viewer ends the subscription with its code', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { guarded { id } }');
    const { payload } = await socket.next('error', '1');
    expect(payload).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await until(() => gateway.counts.upstreams === 0);
    socket.subscribe('1', joined);
    expect(await socket.data('1')).toEqual(first);
  });
});

describe('what a client receives', () => {
  test('a result that equals the last is not sent again', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    await socket.next('next', '1');
    const events = toys.calls.events;
    toys.measure('a', 20);
    await until(() => toys.calls.events > events);
    toys.measure('a', 24);
    expect(await socket.data('1')).toMatchObject({ measured: { temperature: 24 } });
  });

  test('a burst of 200 events ends with the newest value, in fewer messages than events', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    await socket.next('next', '1');
    for (let temperature = 1; temperature <= 200; temperature += 1) toys.measure('a', temperature);
    let last: unknown;
    let messages = 0;
    do {
      last = await socket.data('1');
      messages += 1;
    } while ((last as typeof first).measured.temperature !== 200);
    expect(messages).toBeLessThan(20);
  });

  test('a client gone from a socket can use the same id again', async () => {
    const { gateway } = await running();
    const socket = await TestSocket.open(gateway.url);
    for (let round = 0; round < 3; round += 1) {
      socket.subscribe('1', joined);
      expect(await socket.data('1')).toEqual(first);
      socket.send({ id: '1', type: 'complete' });
    }
    await until(() => gateway.counts.clients === 0);
  });

  test('when the gateway stops, sockets close with 1001 and nothing says that the subscription is complete', async () => {
    const { gateway, toys } = await running();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', joined);
    await socket.next('next', '1');
    await gateway.close();
    expect(await socket.closed).toEqual({ code: 1001, reason: 'The server is stopping.' });
    expect(socket.received).toEqual([]);
    expect(toys.signals.open).toBe(0);
  });
});

describe('a socket', () => {
  test('that answers no ping is cut off and its subscriptions are released; one that answers stays', async () => {
    const { gateway, toys } = await running({ pingMs: 100 });
    const alive = await TestSocket.open(gateway.url);
    const dead = await TestSocket.open(gateway.url);
    dead.subscribe('1', 'subscription { quiet { id } }');
    await dead.next('next', '1');
    // A client that reads nothing answers nothing.
    dead.ws.pause();
    await until(() => toys.signals.open === 0 && gateway.counts.sockets === 1);
    await pauseMs(300);
    expect(alive.ws.readyState).toBe(alive.ws.OPEN);
  });
});
