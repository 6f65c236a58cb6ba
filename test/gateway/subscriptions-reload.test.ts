import { describe, expect, test } from 'vitest';
import { running, type Running } from './support/running.ts';
import { Station, type Layout } from './support/station.ts';
import { TestSocket, until } from './support/sockets.ts';

const named = 'subscription { weather { degrees place { name } } }';

/** A gateway that reaches the subgraphs of every layout, so that only the plan changes. */
async function station(): Promise<
  Omit<Running, 'toys'> & { toys: Station; reload: (layout: Layout) => Promise<void> }
> {
  const toys = new Station();
  const places = toys.supergraph({ nameFrom: 'places' });
  const atlas = toys.supergraph({ nameFrom: 'atlas' });
  const clouds = toys.supergraph({ nameFrom: 'places', sky: 'clouds' });
  const byName = (name: string, { subgraphs }: typeof places) => subgraphs.find((one) => one.name === name)!;
  const started = await running({
    // Each answers its fields whether or not the supergraph says so.
    subgraphs: [
      byName('sky', places),
      byName('clouds', clouds),
      byName('places', places),
      byName('atlas', atlas),
    ],
    supergraphSdl: places.supergraphSdl,
  });
  return {
    ...started,
    toys,
    reload: (layout) => started.gateway.replaceSupergraph(toys.supergraph(layout).supergraphSdl),
  };
}

describe('a new supergraph', () => {
  test('that moves a joined field to another subgraph: the same stream goes on, its upstream too', async () => {
    const { toys, gateway, reload } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', named);
    expect(await socket.data('1')).toEqual({ weather: { degrees: 10, place: { name: 'Hill by places' } } });
    await reload({ nameFrom: 'atlas' });
    expect(await socket.data('1')).toEqual({ weather: { degrees: 10, place: { name: 'Hill by atlas' } } });
    toys.warm(14);
    expect(await socket.data('1')).toEqual({ weather: { degrees: 14, place: { name: 'Hill by atlas' } } });
    expect(toys.calls.upstreams).toBe(1);
    expect(gateway.counts).toMatchObject({ upstreams: 1, feeds: 1, clients: 1 });
    expect(socket.received).toEqual([]);
  });

  test('that moves the streaming field: the same stream goes on from another upstream', async () => {
    const { toys, gateway, reload } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', named);
    await socket.next('next', '1');
    await reload({ nameFrom: 'places', sky: 'clouds' });
    await socket.next('next', '1');
    expect(toys.calls.upstreams).toBe(2);
    await until(() => toys.signals.open === 1);
    toys.warm(15);
    expect(await socket.data('1')).toMatchObject({ weather: { degrees: 15 } });
  });

  test('without a selected field ends that subscription with SUBSCRIPTION_SCHEMA_RELOAD, and no other', async () => {
    const { toys, gateway, reload } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('gone', named);
    await socket.next('next', 'gone');
    socket.subscribe('stays', 'subscription { weather { degrees place { height } } }');
    await socket.next('next', 'stays');
    await reload({ nameFrom: 'nobody' });
    await until(() => socket.received.length === 2);
    expect(socket.received.find(({ id }) => id === 'gone')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } }],
    });
    socket.received.length = 0;
    toys.warm(16);
    expect(await socket.data('stays')).toMatchObject({ weather: { degrees: 16 } });
    expect(gateway.counts).toMatchObject({ upstreams: 1, feeds: 1, clients: 1 });
    expect(toys.calls.upstreams).toBe(1);
  });

  test('counts for queries and for new subscriptions at once', async () => {
    const { ask, gateway, reload } = await station();
    expect((await ask('{ weather { place { name } } }')).body.data).toEqual({
      weather: { place: { name: 'Hill by places' } },
    });
    await reload({ nameFrom: 'nobody' });
    const [error] = (await ask('{ weather { place { name } } }')).body.errors ?? [];
    expect(error?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', named);
    await socket.next('error', '1');
  });

  test('that is none is refused, and everything goes on as it was', async () => {
    const { toys, gateway } = await station();
    const socket = await TestSocket.open(gateway.url);
    socket.subscribe('1', named);
    await socket.next('next', '1');
    await expect(gateway.replaceSupergraph('type Query { a: Int }')).rejects.toThrow(/./);
    toys.warm(17);
    expect(await socket.data('1')).toMatchObject({ weather: { degrees: 17 } });
  });

  test('takes no client from one viewer to another: what was public and no longer is, is split', async () => {
    const { toys, gateway } = await station();
    const sdl = toys.supergraph({ nameFrom: 'places' }).supergraphSdl;
    const viewers = [{ role: 'NATIONAL' }, { role: 'VENUE_STAFF', venueId: 'v1' }];
    const sockets = await Promise.all(
      viewers.map((devViewer) => TestSocket.open(gateway.url, { devViewer })),
    );
    for (const socket of sockets) {
      socket.subscribe('1', named);
      await socket.next('next', '1');
    }
    expect(gateway.counts.feeds).toBe(1);
    toys.seen.length = 0;
    await gateway.replaceSupergraph(sdl.replace(/(degrees: Int.*?) @viewerIndependent/, '$1'));
    for (const socket of sockets) await socket.next('next', '1');
    expect(gateway.counts).toMatchObject({ upstreams: 2, feeds: 2, clients: 2 });
    expect([...new Set(toys.seen)].sort()).toEqual(['role=NATIONAL', 'role=VENUE_STAFF&venueId=v1']);
  });
});
