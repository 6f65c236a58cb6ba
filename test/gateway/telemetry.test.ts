import { readdir, readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const variable = 'APOLLO_TELEMETRY_DISABLED';
// oxlint-disable-next-line typescript/unbound-method -- it is put back where it came from
const connect = net.Socket.prototype.connect;
const attempts: string[] = [];

/** Lets connections to this machine through; writes down and stops every other. */
function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
  const [given] = args.flat() as { host?: string; port?: number }[];
  const host = typeof given === 'object' ? (given.host ?? 'localhost') : String(args.at(1) as string);
  if (['localhost', '127.0.0.1', '::1'].includes(host)) return connect.apply(this, args as never);
  attempts.push(host);
  setImmediate(() => this.destroy(new Error(`No way out to ${host}.`)));
  return this;
}

beforeEach(() => {
  attempts.length = 0;
  delete process.env[variable];
  net.Socket.prototype.connect = guarded as never;
  vi.resetModules();
});

afterEach(() => {
  net.Socket.prototype.connect = connect;
  process.env[variable] = '1';
});

test('our gateway sets the variable before the planner is imported and connects to nobody', async () => {
  const { startGateway } = await import('../../gateway/server.ts');
  expect(process.env[variable]).toBe('1');
  const { createLogger } = await import('../../subgraphs/platform/logger.ts');
  const { greenhouse } = await import('./support/toys.ts');
  const { subgraphs, supergraphSdl } = greenhouse();
  const gateway = await startGateway({
    subgraphs,
    supergraphSdl,
    logger: createLogger('silent'),
    production: false,
    port: 0,
  });
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ sensors { alarm room { name } } }"}',
  });
  expect(response.status).toBe(200);
  await fetch(`${gateway.url}/graphiql`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await gateway.close();
  expect(attempts).toEqual([]);
});

test('nothing imports the planner but the file that switches telemetry off before it', async () => {
  const folder = new URL('../../gateway/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  const importers = files.filter((_, index) => texts[index]?.includes("from '@apollo/gateway'"));
  expect(importers).toEqual([path.join('execution', 'apollo-gateway.ts')]);
  for (const file of ['main.ts', path.join('execution', 'apollo-gateway.ts')]) {
    const first = /^import .*$/m.exec(texts[files.indexOf(file)] ?? '')?.[0];
    expect(first).toMatch(/^import '\.{1,2}\/telemetry-off\.ts';$/);
  }
});

test('the guard of this test sees the stock gateway call its vendor', async () => {
  const { ApolloGateway } = await import('@apollo/gateway');
  const { greenhouse } = await import('./support/toys.ts');
  const { subgraphs, supergraphSdl } = greenhouse();
  // The toys import our code, which sets the variable: the stock gateway alone would not have it.
  delete process.env[variable];
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => {
      expect(subgraphs.map((subgraph) => subgraph.name)).toContain(name);
      return { process: async () => ({ data: {} }) };
    },
  });
  await gateway.load();
  await vi.waitFor(() => expect(attempts.length).toBeGreaterThan(0), { timeout: 5_000 });
  // Its last report goes out when it stops; here it cannot, and nobody has to wait for that. So this test is the last.
  gateway.stop().catch(() => undefined);
});
