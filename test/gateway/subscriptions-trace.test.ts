import { expect, test } from 'vitest';
import type { LocalSubgraph } from '../../gateway/execution/in-process.ts';
import type { Transport } from '../../gateway/execution/transport.ts';
import { developmentIdentity } from '../../gateway/identity/identity.ts';
import { badInput } from '../../subgraphs/platform/errors.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { codes, running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';
import { Station } from './support/station.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

test('the trace of a subscription is passed on to the subgraph that streams, and only of the one that began it', async () => {
  const seen: unknown[] = [];
  const station = new Station();
  const { subgraphs, supergraphSdl } = station.supergraph({ nameFrom: 'places' });
  const [sky, ...others] = subgraphs as [LocalSubgraph<Viewer>, ...LocalSubgraph<Viewer>[]];
  const remote: Transport<Viewer> = {
    subgraph: sky.name,
    execute: async () => ({ data: {} }),
    async subscribe(_operation, caller) {
      seen.push(caller().traceparent, caller().traceparent);
      let over: () => void = () => undefined;
      const end = new Promise<void>((resolve) => (over = resolve));
      let sent = false;
      return {
        async next() {
          if (sent) await end;
          if (sent) return { done: true, value: undefined };
          sent = true;
          return { done: false, value: { data: { weather: { degrees: 1 } } } };
        },
        return: async () => over(),
      };
    },
  };
  const { gateway } = await running({ subgraphs: others, remotes: [remote], supergraphSdl });
  const query = 'subscription { weather { degrees } }';
  const socket = await TestSocket.open(gateway.url);
  socket.subscribe('1', query, { extensions: { traceparent } });
  await socket.next('next', '1');
  socket.subscribe('2', query, { extensions: { traceparent: 'not a trace' } });
  await socket.next('next', '2');
  expect(seen).toHaveLength(2);
  expect(String(seen[0])).toContain(traceId);
  expect(seen[1]).toBeUndefined();
});

test('one identity decides on HTTP and on WebSocket alike', async () => {
  const claims: unknown[] = [];
  const { gateway, ask } = await running({
    identify(claimed) {
      claims.push(claimed);
      if (claimed === '"stranger"') throw badInput('Nobody knows this viewer.');
      return developmentIdentity(false)(undefined);
    },
  });
  const refused = await ask('{ __typename }', { viewer: 'stranger' });
  expect([refused.status, codes(refused)]).toEqual([400, ['BAD_INPUT']]);
  expect((await ask('{ __typename }', { viewer: 'known' })).status).toBe(200);
  const socket = new TestSocket(`${gateway.url}/graphql`, undefined, { 'x-dev-viewer': '"stranger"' });
  await socket.connected();
  socket.send({ type: 'connection_init' });
  expect((await socket.closed).code).toBe(4400);
  expect(new Set(claims)).toEqual(new Set(['"stranger"', '"known"']));
});
