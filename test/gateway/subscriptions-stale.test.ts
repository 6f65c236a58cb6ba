import { expect, test } from 'vitest';
import { inProcess } from '../../gateway/execution/in-process.ts';
import { running } from './support/running.ts';
import { Station } from './support/station.ts';
import { TestSocket, until } from './support/sockets.ts';

test('while its source stays away a client is told once that the last result may be old, a late joiner too, and then gets a fresh one', async () => {
  const toys = new Station();
  const { subgraphs, supergraphSdl } = toys.supergraph({ nameFrom: 'places' });
  const [sky, ...others] = subgraphs as [(typeof subgraphs)[number], ...typeof subgraphs];
  const inner = inProcess(sky);
  let away = false;
  const { gateway } = await running({
    subgraphs: others,
    remotes: [
      {
        ...inner,
        subscribe: async (operation, caller) => {
          if (away) throw new Error('away');
          return inner.subscribe(operation, caller);
        },
      },
    ],
    supergraphSdl,
  });
  const query = 'subscription { weather { degrees } }';
  const stale = (degrees: number) => ({
    payload: { data: { weather: { degrees } }, extensions: { stale: true } },
  });
  const early = await TestSocket.open(gateway.url);
  early.subscribe('1', query);
  expect(await early.data('1')).toEqual({ weather: { degrees: 10 } });
  away = true;
  toys.signals.kill();
  expect(await early.next('next', '1')).toMatchObject(stale(10));
  const late = await TestSocket.open(gateway.url);
  late.subscribe('2', query);
  expect(await late.next('next', '2')).toMatchObject(stale(10));
  away = false;
  for (const [socket, id] of [
    [early, '1'],
    [late, '2'],
  ] as const) {
    const { payload } = await socket.next('next', id);
    expect(payload).toEqual({ data: { weather: { degrees: 10 } } });
  }
  await until(() => toys.signals.open > 0);
  toys.warm(12);
  expect(await early.data('1')).toEqual({ weather: { degrees: 12 } });
});
