import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readiness, type Part } from '../../gateway/observability/readiness.ts';
import { askRemote } from '../../gateway/observability/remote-check.ts';
import { codes, running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

/** A part that can be taken away. */
function part(name: string, remote = true) {
  const state = { there: true, asked: 0 };
  const check: Part['check'] = async () => {
    state.asked += 1;
    if (!state.there) throw new Error('at /secret/path');
  };
  return { name, remote, check, state };
}

const open = { loading: () => [], isStopping: () => false };
/** Asked anew: answers are kept for a second. */
const fresh = (parts: readonly Part[]) => readiness({ parts, ...open })();

describe('while parts of the product still load', () => {
  test('the port is open: /health is 200, /ready says what is awaited, operations are refused with STARTING', async () => {
    let loading: readonly string[] = ['cards', 'venues'];
    const { gateway, ask, fetch } = await running({ loading: () => loading });
    expect((await fetch('/health')).status).toBe(200);
    const ready = await fetch('/ready');
    expect([ready.status, ready.body]).toEqual([503, { status: 'starting', notReady: ['cards', 'venues'] }]);
    const refused = await ask('{ __typename }');
    expect([refused.status, codes(refused), refused.headers.get('retry-after')]).toEqual([
      503,
      ['STARTING'],
      '1',
    ]);
    const early = new TestSocket(`${gateway.url}/graphql`);
    expect((await early.closed).code).toBe(1006);
    loading = [];
    expect(await fetch('/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect((await ask('{ __typename }')).status).toBe(200);
    await TestSocket.open(gateway.url);
  });
});

describe('a gateway with parts in other processes', () => {
  test('is not ready before each has answered once', async () => {
    const [cards, venues] = [part('cards'), part('venues')];
    venues.state.there = false;
    expect(await fresh([cards, venues])).toEqual({ status: 'starting', notReady: ['venues'] });
  });

  test('takes traffic while one that was there is away, and says which: the data of the others still come', async () => {
    const [cards, venues] = [part('cards'), part('venues')];
    let now = readiness({ parts: [cards, venues], ...open });
    expect(await now()).toEqual({ status: 'ready', notReady: [] });
    venues.state.there = false;
    expect((await now()).status).toBe('ready');
    expect(cards.state.asked).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await now()).toEqual({ status: 'degraded', notReady: ['venues'] });
    now = readiness({ parts: [cards, venues], ...open });
    expect((await now()).status).toBe('starting');
  });

  test('is unavailable when none answers, or when one in its own process does not', async () => {
    const [cards, venues] = [part('cards'), part('venues')];
    cards.state.there = venues.state.there = false;
    expect(await fresh([cards, venues])).toEqual({ status: 'unavailable', notReady: ['cards', 'venues'] });
    venues.state.there = true;
    expect((await fresh([{ ...cards, remote: false }, venues])).status).toBe('unavailable');
  });

  test('asks them at /ready, and gives up one that does not answer', async () => {
    const url = async (listener: RequestListener): Promise<string> => {
      const server = createServer(listener).listen(0, '127.0.0.1');
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      await new Promise((resolve) => server.once('listening', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    };
    const ready = await url(({ url: asked }, response) =>
      response.writeHead(asked === '/ready' ? 200 : 404).end(),
    );
    await askRemote(ready);
    await expect(askRemote(await url((_, response) => response.writeHead(503).end()))).rejects.toThrow('503');
    await expect(askRemote(await url(() => undefined))).rejects.toThrow('timeout');
    await expect(askRemote('http://127.0.0.1:1/graphql')).rejects.toThrow('ECONNREFUSED');
  });
});
