import { describe, expect, test } from 'vitest';
import { running, type Running } from './support/running.ts';
import { Station } from './support/station.ts';
import { pauseMs, TestSocket, until } from './support/sockets.ts';

async function station(): Promise<Running & { readonly station: Station }> {
  const station = new Station();
  return { station, ...(await running(station.supergraph({ nameFrom: 'places' }))) };
}

describe('a subscription in which every event counts', () => {
  test('delivers a burst whole and in order, equal values too', async () => {
    const { station: toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { strikes }');
    await until(() => toys.signals.open === 1);
    const strikes = [1, 1, ...Array.from({ length: 60 }, (_, n) => n)];
    for (const strike of strikes) toys.strike(strike);
    for (const strike of strikes) expect(await socket.data('1')).toEqual({ strikes: strike });
  });

  test('gives whoever comes later only what happens then', async () => {
    const { station: toys, gateway } = await station();
    const early = await TestSocket.open(gateway.url);
    early.subscribe('1', 'subscription { strikes }');
    await until(() => toys.signals.open === 1);
    toys.strike(1);
    await early.next('next', '1');
    const late = await TestSocket.open(gateway.url);
    late.subscribe('1', 'subscription { strikes }');
    await until(() => gateway.counts.clients === 2);
    toys.strike(2);
    expect(await late.data('1')).toEqual({ strikes: 2 });
    expect(gateway.counts.upstreams).toBe(1);
  });

  test('ends with SUBSCRIPTION_OVERFLOW when events come faster than they can be joined', async () => {
    const { station: toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { strikes }');
    await until(() => toys.signals.open === 1);
    for (let n = 0; n < 20_000; n += 1) toys.strike(n);
    await until(() => socket.received.some(({ type }) => type === 'error'), 5_000);
    expect(socket.received.at(-1)?.payload).toMatchObject([
      { extensions: { code: 'SUBSCRIPTION_OVERFLOW' } },
    ]);
    const numbers = socket.received
      .slice(0, -1)
      .map(({ payload }) => (payload as { data: { strikes: number } }).data.strikes);
    expect(numbers).toEqual(numbers.map((_, n) => n));
    await until(() => toys.signals.open === 0);
    expect(socket.ws.readyState).toBe(socket.ws.OPEN);
  });

  test('ends with SUBSCRIPTION_INTERRUPTED rather than hide a gap when its source is lost', async () => {
    const { station: toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', 'subscription { strikes }');
    await until(() => toys.signals.open === 1);
    toys.strike(1);
    await socket.next('next', '1');
    toys.signals.kill(new Error('gone'));
    expect((await socket.next('error', '1')).payload).toMatchObject([
      { extensions: { code: 'SUBSCRIPTION_INTERRUPTED' } },
    ]);
    await until(() => gateway.counts.upstreams === 0);
  });
});

describe('rights', () => {
  const mine = 'subscription { weather { degrees greeting } }';
  const staff = { role: 'VENUE_STAFF', venueId: 'v1' };

  test('that are withdrawn count from the next event on', async () => {
    const { station: toys, gateway } = await station();
    const [staying, banned] = [
      await TestSocket.open(gateway.url, { devViewer: { role: 'NATIONAL' } }),
      await TestSocket.open(gateway.url, { devViewer: staff }),
    ];
    for (const socket of [staying, banned]) {
      socket.subscribe('1', mine);
      expect(await socket.data('1')).toMatchObject({ weather: { degrees: 10 } });
    }
    toys.banned.add('role=VENUE_STAFF&venueId=v1');
    toys.warm(20);
    expect((await banned.next('next', '1')).payload).toMatchObject({
      data: { weather: null },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    expect(await staying.data('1')).toMatchObject({ weather: { degrees: 20 } });
    toys.banned.clear();
    toys.warm(21);
    expect(await banned.data('1')).toMatchObject({ weather: { degrees: 21 } });
  });

  test('that end at a moment end the socket then, with 4403 and without complete', async () => {
    const station = new Station();
    const { gateway } = await running({
      ...station.supergraph({ nameFrom: 'places' }),
      identify: (claimed) => ({
        viewer: { role: 'NATIONAL' },
        ...(claimed === 'short' && { expiresAt: Date.now() + 200 }),
      }),
    });
    const lasting = await TestSocket.open(gateway.url, { devViewer: 'long' });
    const short = await TestSocket.open(gateway.url, { devViewer: 'short' });
    for (const socket of [lasting, short]) {
      socket.subscribe('1', mine);
      await socket.next('next', '1');
    }
    expect(await short.closed).toMatchObject({
      code: 4403,
      reason: expect.stringContaining('EXPIRED') as string,
    });
    expect(short.received).toEqual([]);
    await until(() => gateway.counts.clients === 1);
    station.warm(15);
    expect(await lasting.data('1')).toMatchObject({ weather: { degrees: 15 } });
  });

  test('that had ended before are not enough to connect', async () => {
    const { gateway } = await running({ identify: () => ({ viewer: { role: 'NATIONAL' }, expiresAt: 0 }) });
    const socket = new TestSocket(`${gateway.url}/graphql`);
    await socket.connected();
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });
});

describe('an upstream that does not take anybody', () => {
  test('is not dialled by each of 100 clients that come after a refusal', async () => {
    const { station: toys, gateway } = await station();
    toys.closed = true;
    const sockets = await Promise.all(Array.from({ length: 20 }, () => TestSocket.open(gateway.url)));
    for (let round = 0; round < 5; round += 1) {
      for (const socket of sockets) socket.subscribe('1', 'subscription { weather { degrees } }');
      for (const socket of sockets) {
        const { payload } = await socket.next('error', '1');
        expect(payload).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    }
    expect(toys.calls.upstreams).toBeLessThan(5);
    toys.closed = false;
    await pauseMs(1_050);
    sockets[0]?.subscribe('1', 'subscription { weather { degrees } }');
    expect(await sockets[0]?.data('1')).toEqual({ weather: { degrees: 10 } });
  });

  test('is not dialled by each of 100 clients that come and go while it is down', async () => {
    const { station: toys, gateway } = await station();
    toys.down = true;
    const socket = await TestSocket.open(gateway.url);
    for (let n = 0; n < 100; n += 1) {
      socket.subscribe(`s${n}`, 'subscription { weather { degrees } }');
      await until(() => gateway.counts.clients === 1);
      socket.send({ id: `s${n}`, type: 'complete' });
      await until(() => gateway.counts.clients === 0);
    }
    expect(toys.calls.upstreams).toBeLessThan(30);
    toys.down = false;
    socket.subscribe('last', 'subscription { weather { degrees } }');
    expect(await socket.data('last')).toEqual({ weather: { degrees: 10 } });
  });
});
