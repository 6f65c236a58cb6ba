import { expect, describe, test } from 'vitest';
import { running, type Running } from './support/running.ts';
import { Station } from './support/station.ts';
import { TestSocket, until } from './support/sockets.ts';

const staff = { role: 'VENUE_STAFF', venueId: 'v1' };
const everybodys = 'subscription { weather { degrees place { name } } }';

async function station(): Promise<Running & { readonly station: Station }> {
  const station = new Station();
  return { station, ...(await running(station.supergraph({ nameFrom: 'places' }))) };
}

describe('subscriptions of different viewers', () => {
  test('share one upstream and one execution when every selected field is the same for everybody', async () => {
    const { station: toys, gateway } = await station();
    const sockets = [
      await TestSocket.open(gateway.url),
      await TestSocket.open(gateway.url, { devViewer: staff }),
      await TestSocket.open(gateway.url, { devViewer: { role: 'NATIONAL' } }),
    ];
    for (const socket of sockets) {
      socket.subscribe('1', everybodys);
      expect(await socket.data('1')).toEqual({ weather: { degrees: 10, place: { name: 'Hill by places' } } });
    }
    expect(gateway.counts).toMatchObject({ upstreams: 1, feeds: 1, clients: 3 });
    const events = toys.calls.events;
    toys.warm(11);
    for (const socket of sockets) expect(await socket.data('1')).toMatchObject({ weather: { degrees: 11 } });
    expect(toys.calls.events - events).toBe(1);
  });

  test('that are shared run as ANONYMOUS, whoever came first', async () => {
    const { station: toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url, { devViewer: staff });
    socket.subscribe('1', everybodys);
    await socket.next('next', '1');
    expect([...new Set(toys.seen)]).toEqual(['role=ANONYMOUS']);
  });

  test.each([
    ['one field is not marked', 'subscription { weather { degrees greeting } }'],
    ['one joined field is not marked', 'subscription { weather { degrees place { name note } } }'],
    [
      'an unmarked field hides in a fragment',
      'subscription { ...F } fragment F on Subscription { weather { ... { greeting } } }',
    ],
    [
      'an unmarked field may be left out',
      'subscription ($no: Boolean = false) { weather { degrees greeting @include(if: $no) } }',
    ],
    [
      'an argument is given that makes it depend on the viewer',
      'subscription { weather(secret: null) { degrees } }',
    ],
  ])('share nothing when %s', async (_why, query) => {
    const { station: toys, gateway } = await station();
    for (const devViewer of [undefined, staff, { role: 'NATIONAL' }]) {
      const socket = await TestSocket.open(gateway.url, devViewer && { devViewer });
      socket.subscribe('1', query);
      await socket.next('next', '1');
    }
    expect(gateway.counts).toMatchObject({ upstreams: 3, feeds: 3 });
    expect([...new Set(toys.seen)]).toEqual([
      'role=ANONYMOUS',
      'role=VENUE_STAFF&venueId=v1',
      'role=NATIONAL',
    ]);
  });

  test('of which only another operation of the same document is personal are shared', async () => {
    const { gateway } = await station();
    const query =
      'subscription Ours { weather { degrees __typename } } subscription Mine { weather { greeting } }';
    for (const devViewer of [undefined, staff]) {
      const socket = await TestSocket.open(gateway.url, devViewer && { devViewer });
      socket.subscribe('1', query, { operationName: 'Ours' });
      await socket.next('next', '1');
    }
    expect(gateway.counts).toMatchObject({ upstreams: 1, feeds: 1 });
  });
});

describe('different documents that ask the streaming subgraph the same', () => {
  test('share its upstream, and each joins its own fields to every event', async () => {
    const { station: toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('named', 'subscription A { weather { degrees place { name } } }');
    expect(await socket.data('named')).toEqual({
      weather: { degrees: 10, place: { name: 'Hill by places' } },
    });
    const { events } = toys.calls;
    socket.subscribe('high', 'subscription B { weather { degrees place { height } } }');
    expect(await socket.data('high')).toEqual({ weather: { degrees: 10, place: { height: 200 } } });
    expect(toys.calls).toMatchObject({ upstreams: 1, events });
    expect(gateway.counts).toMatchObject({ upstreams: 1, feeds: 2, clients: 2 });

    toys.warm(12);
    await until(() => socket.received.length === 2);
    const byId: unknown = Object.fromEntries(socket.received.map(({ id, payload }) => [id, payload]));
    expect(byId).toEqual({
      named: { data: { weather: { degrees: 12, place: { name: 'Hill by places' } } } },
      high: { data: { weather: { degrees: 12, place: { height: 200 } } } },
    });
    expect(toys.calls).toMatchObject({ upstreams: 1, events: events + 1 });
  });

  test('keep it until the last of them leaves', async () => {
    const { station: toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url);
    for (const field of ['name', 'height']) {
      socket.subscribe(field, `subscription { weather { degrees place { ${field} } } }`);
      await socket.next('next', field);
    }
    socket.send({ id: 'name', type: 'complete' });
    await until(() => gateway.counts.feeds === 1);
    toys.warm(13);
    expect(await socket.data('height')).toMatchObject({ weather: { degrees: 13 } });
    socket.send({ id: 'height', type: 'complete' });
    await until(() => toys.signals.open === 0);
    expect(gateway.counts).toMatchObject({ upstreams: 0, feeds: 0, clients: 0 });
  });

  test('for different viewers do not share it', async () => {
    const { gateway } = await station();
    const one = await TestSocket.open(gateway.url, { devViewer: staff });
    const other = await TestSocket.open(gateway.url, { devViewer: { role: 'NATIONAL' } });
    one.subscribe('1', 'subscription { weather { degrees place { note } } }');
    other.subscribe('1', 'subscription { weather { degrees place { note height } } }');
    expect(await one.data('1')).toMatchObject({ weather: { place: { note: 'for VENUE_STAFF' } } });
    expect(await other.data('1')).toMatchObject({ weather: { place: { note: 'for NATIONAL' } } });
    expect(gateway.counts.upstreams).toBe(2);
  });
});
