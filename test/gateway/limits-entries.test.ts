import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { addressOf, proxyList } from '../../gateway/identity/address.ts';
import { codes, running } from './support/running.ts';
import { TestSocket, until } from './support/sockets.ts';

/** What an upgrade is answered with: 101, or the refusal and its code. */
async function upgrade(url: string, headers: Record<string, string> = {}): Promise<[number, string?]> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.terminate();
      resolve([101]);
    });
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += String(chunk)));
      response.on('end', () => {
        const body = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
        resolve([response.statusCode ?? 0, body.errors[0]?.extensions.code ?? '']);
      });
    });
  });
}

test('a page of another site gets no socket; pages of this one and programs do', async () => {
  const { gateway } = await running();
  const { host } = new URL(gateway.url);
  expect(await upgrade(gateway.url, { origin: 'https://elsewhere.example' })).toEqual([
    403,
    'FOREIGN_ORIGIN',
  ]);
  expect(await upgrade(gateway.url, { origin: 'null' })).toEqual([403, 'FOREIGN_ORIGIN']);
  expect(await upgrade(gateway.url, { origin: `http://${host}` })).toEqual([101]);
  expect(await upgrade(gateway.url)).toEqual([101]);
});

test('fifty sockets per address are open at once, the next one when another has gone', async () => {
  const { gateway } = await running();
  const sockets = Array.from({ length: 50 }, () => new TestSocket(`${gateway.url}/graphql`));
  await Promise.all(sockets.map((socket) => socket.connected()));
  expect(await upgrade(gateway.url)).toEqual([429, 'TOO_MANY_SOCKETS']);
  sockets[0]?.ws.close();
  await until(() => gateway.counts.sockets === 49);
  expect(await upgrade(gateway.url)).toEqual([101]);
});

test('a message of more than 64 kB closes the socket, a smaller one is answered', async () => {
  const { gateway } = await running();
  const socket = await TestSocket.open(gateway.url);
  socket.subscribe('1', `{ rooms { id } } # ${'x'.repeat(60_000)}`);
  expect(await socket.data('1')).toBeDefined();
  await socket.next('complete', '1');
  socket.subscribe('2', `{ rooms { id } } # ${'x'.repeat(64_000)}`);
  const { code } = await socket.closed;
  expect(code).toBe(1009);
});

test('lists of 1 000 items pass, longer ones are LIST_TOO_LONG, in a variable and in the text', async () => {
  const { ask, gateway } = await running();
  const ids = (count: number): string[] => Array.from({ length: count }, () => 'a');
  const used = 'subscription ($ids: [ID!]!) { many(sensorIds: $ids) { id } }';
  const socket = await TestSocket.open(gateway.url);
  socket.subscribe('1', used, { variables: { ids: ids(1_001) } });
  expect(JSON.stringify(await socket.next('error', '1'))).toContain('LIST_TOO_LONG');
  socket.subscribe('2', used, { variables: { ids: ids(1_000) } });
  expect(await socket.data('2')).toBeDefined();
  const written = `subscription { many(sensorIds: [${'"a" '.repeat(1_001)}]) { id } }`;
  expect(codes(await ask(written))).toEqual(['LIST_TOO_LONG']);
});

test('the clients of a trusted proxy are told apart, those of any other are not', async () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as never;
  const proxies = proxyList(['10.0.0.0/8', '::1']);
  expect(addressOf(from('192.0.2.1', '198.51.100.7'), proxies)).toBe('192.0.2.1');
  expect(addressOf(from('10.0.0.1', '198.51.100.7'), proxies)).toBe('198.51.100.7');
  expect(addressOf(from('::ffff:10.0.0.1', 'forged, 198.51.100.7, 10.2.3.4'), proxies)).toBe('198.51.100.7');
  expect(addressOf(from('10.0.0.1', 'no address'), proxies)).toBe('10.0.0.1');
  expect(addressOf(from('2001:db8:1:2:3::4'), proxies)).toBe('2001:db8:1:2::/64');
  expect(addressOf(from('2001:db8::4'), proxies)).toBe('2001:db8:0:0::/64');
  expect(addressOf(from('::1', '2001:db8:1:2::9'), proxies)).toBe('2001:db8:1:2::/64');
});
