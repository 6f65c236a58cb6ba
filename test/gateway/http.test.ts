import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { running } from './support/running.ts';

function builtClients(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'clients-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const page of ['home', 'door', 'display']) {
    mkdirSync(path.join(folder, page));
    writeFileSync(path.join(folder, page, 'index.html'), `<!doctype html><title>${page}</title>`);
  }
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'assets', 'app-1.js'), '1;');
  writeFileSync(path.join(folder, 'private.txt'), 'private');
  return folder;
}

/** Sends bytes as they are and reads until the server closes. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy(new Error('No answer.')));
    socket.on('data', (chunk: Buffer) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('pages', () => {
  test.each([
    ['/', 'home'],
    ['/door', 'door'],
    ['/display/some-venue', 'display'],
    ['/display/some-venue?lang=sv', 'display'],
  ])('%s is the page %s, which may load from this server only', async (address, page) => {
    const { fetch, gateway } = await running({ clientsFolder: builtClients() });
    const { status, text, headers } = await fetch(address);
    expect([status, text]).toEqual([200, `<!doctype html><title>${page}</title>`]);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain(`ws://${new URL(gateway.url).host}`);
    expect(policy).not.toContain('unsafe-inline');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  test('files with a hash in their name are kept for a year', async () => {
    const { fetch } = await running({ clientsFolder: builtClients() });
    const { headers, text } = await fetch('/assets/app-1.js');
    expect(text).toBe('1;');
    expect(headers.get('cache-control')).toContain('immutable');
  });

  test.each([
    '/assets/../private.txt',
    '/assets/%2e%2e/private.txt',
    '/private.txt',
    '/assets/',
    '/assets/none.js',
  ])('%s gives nothing away', async (address) => {
    const { gateway } = await running({ clientsFolder: builtClients() });
    const answer = await raw(gateway.url, `GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[34]/);
    expect(answer).not.toContain('private');
  });

  test('say in plain words when they have not been built', async () => {
    const { fetch } = await running({ clientsFolder: '/nonexistent' });
    const { status, text, headers } = await fetch('/door');
    expect(status).toBe(503);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('has not been built');
  });
});

describe('the server', () => {
  test('says that it is well', async () => {
    const { fetch } = await running();
    const { status, body } = await fetch('/health');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  test('answers a query over GET when the browser was asked first', async () => {
    const { fetch } = await running();
    const { body } = await fetch('/graphql?query=%7Brooms%7Bid%7D%7D', {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(body).toEqual({ data: { rooms: [{ id: 'r1' }, { id: 'r2' }] } });
  });

  test('refuses a mutation over GET', async () => {
    const { fetch, toys } = await running();
    const query = encodeURIComponent('mutation { measure(id: "a", temperature: 1) { id } }');
    const { status } = await fetch(`/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(status).toBe(405);
    expect(toys.calls.contexts).toBe(0);
  });

  test.each([
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
    ['a header of 9 kB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(9_000)}\r\n\r\n`, 431],
    [
      'a Host that is no host',
      'GET /graphql?query=%7Brooms%7Bid%7D%7D HTTP/1.1\r\nHost: a b[\r\napollo-require-preflight: 1\r\nConnection: close\r\n\r\n',
      200,
    ],
    [
      'a WebSocket on a wrong path',
      'GET /other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      404,
    ],
    [
      'an upgrade to something else',
      'GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n',
      400,
    ],
  ])('answers %s with JSON or a plain refusal, never a stack', async (_name, bytes, status) => {
    const { gateway } = await running();
    const answer = await raw(gateway.url, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    expect(answer).not.toMatch(/node_modules|\.ts:|\.js:/);
  });

  test('does not show query plans', async () => {
    const { fetch } = await running();
    const { body } = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-query-plan-experimental': '1' },
      body: '{"query":"{ rooms { id } }"}',
    });
    expect(body.extensions).toBeUndefined();
  });

  test('keeps registered operations (automatic persisted queries)', async () => {
    const { fetch } = await running();
    const query = '{ rooms { id } }';
    const { createHash } = await import('node:crypto');
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const send = async (body: object) =>
      fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await send({ extensions })).text).toContain('PERSISTED_QUERY_NOT_FOUND');
    await send({ query, extensions });
    expect((await send({ extensions })).body.data).toEqual({ rooms: [{ id: 'r1' }, { id: 'r2' }] });
  });

  test('finishes what is running when it stops', async () => {
    const { gateway, ask } = await running();
    const asked = ask('{ sensors { alarm } }');
    await new Promise((resolve) => setTimeout(resolve, 10));
    await gateway.close();
    await gateway.close();
    await asked.then(
      ({ status }) => expect([200, 503]).toContain(status),
      () => undefined,
    );
    await expect(fetch(`${gateway.url}/health`)).rejects.toThrow('fetch failed');
  });
});

describe('the explorer', () => {
  test('is one page that may talk to this server only', async () => {
    const { fetch } = await running();
    const { status, text, headers } = await fetch('/graphiql');
    expect(status).toBe(200);
    expect(text).toContain('YogaGraphiQL');
    expect(text).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  test('is absent in production', async () => {
    const { fetch } = await running({ production: true });
    expect((await fetch('/graphiql')).status).toBe(404);
  });
});
