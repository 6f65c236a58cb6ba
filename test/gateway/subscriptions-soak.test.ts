import { expect, test } from 'vitest';
import { running } from './support/running.ts';
import { Station } from './support/station.ts';
import { TestSocket, until } from './support/sockets.ts';

const rounds = 2_000;
const socketCount = 10;
/** One of these texts has an upstream of its own. */
const texts = ['degrees', 'degrees place { name }', 'degrees place { height }', 'greeting'];

test(`${rounds} subscriptions that begin and end, with 1 % of the sockets cut off, leave no client and no upstream`, async () => {
  const station = new Station();
  const { gateway } = await running(station.supergraph({ nameFrom: 'places' }));
  const open = (): Promise<TestSocket> => TestSocket.open(gateway.url);
  const sockets = await Promise.all(Array.from({ length: socketCount }, open));
  let results = 0;
  let killed = 0;

  await Promise.all(
    sockets.map(async (first, lane) => {
      let socket = first;
      for (let n = lane; n < rounds; n += socketCount) {
        const id = `s${n}`;
        socket.subscribe(id, `subscription { weather { ${texts[n % texts.length]} } }`);
        if (n % 3 === 0) station.warm(n);
        // Every other leaves before it can have an answer.
        if (n % 2 === 0) {
          const mine = socket;
          await until(() => mine.received.some((message) => message.id === id), 10_000);
          results += 1;
        }
        if (n % 100 < 1) {
          socket.ws.terminate();
          killed += 1;
          socket = await open();
        } else {
          socket.send({ id, type: 'complete' });
        }
        socket.received.length = 0;
      }
    }),
  );

  expect({ results, killed }).toEqual({ results: rounds / 2, killed: rounds / 100 });
  await until(() => gateway.counts.clients === 0 && station.signals.open === 0, 5_000);
  expect(gateway.counts).toEqual({ sockets: socketCount, upstreams: 0, feeds: 0, clients: 0 });
  expect(station.signals.released).toBe(station.calls.upstreams);
  expect(sockets.flatMap(({ received }) => received).filter(({ type }) => type !== 'next')).toEqual([]);
}, 60_000);
