import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { running } from './support/running.ts';

interface Conversation {
  readonly socket: Socket;
  /** What came until the server closed. */
  readonly answer: Promise<string>;
}

/** A connection of its own, without anything that corrects what a test writes. */
async function converse(url: string): Promise<Conversation> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (part: Buffer) => (text += String(part)));
  const answer = new Promise<string>((resolve, reject) => {
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    socket.setTimeout(15_000, () => socket.destroy(new Error('No answer.')));
  });
  answer.catch(() => undefined);
  await new Promise((resolve) => socket.on('connect', resolve));
  return { socket, answer };
}

interface Read {
  readonly status: number;
  readonly type: string | undefined;
  readonly codes: readonly string[];
}

function read(answer: string): Read {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const { errors } = JSON.parse(body) as { errors: { extensions: { code: string } }[] };
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    type: /^content-type: (.*)$/im.exec(head)?.[1]?.trim(),
    codes: errors.map(({ extensions }) => extensions.code),
  };
}

const refused = (status: number, code: string): Read => ({
  status,
  type: 'application/json; charset=utf-8',
  codes: [code],
});

const post = (...headers: string[]): string =>
  ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', ...headers, '', ''].join('\r\n');

/** So many bytes of a valid body. */
const bodyOf = (bytes: number): string => {
  const empty = '{"query":"{ rooms { id } }","variables":{"a":""}}';
  return empty.replace('""}', `"${'a'.repeat(bytes - empty.length)}"}`);
};

describe('a request that arrives too slowly is 408 REQUEST_TIMEOUT', () => {
  test.each([
    ['headers that never end', 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
    ['a request line that never ends', 'POST /gra'],
    ['a body that never ends, on the short way', post('content-length: 100') + '{"query":'],
    ['a body that never ends, on the long way', post('transfer-encoding: chunked') + '9\r\n{"query":\r\n'],
    ['a body of another type that never ends', post('content-length: 100').replace('json', 'x') + 'abc'],
  ])('%s', async (_name, bytes) => {
    const { gateway, toys } = await running({ requestTimeoutMs: 200 });
    const { socket, answer } = await converse(gateway.url);
    socket.write(bytes);
    expect(read(await answer)).toEqual(refused(408, 'REQUEST_TIMEOUT'));
    expect(toys.calls.contexts).toBe(0);
  });

  test('headers that come one letter at a time, however long they go on', async () => {
    const { gateway } = await running({ requestTimeoutMs: 300 });
    const { socket, answer } = await converse(gateway.url);
    socket.write('GET /health HTTP/1.1\r\nx: ');
    const drip = setInterval(() => socket.writable && socket.write('a'), 20);
    onTestFinished(() => clearInterval(drip));
    expect(read(await answer)).toEqual(refused(408, 'REQUEST_TIMEOUT'));
  });

  test('a connection that never says anything is not kept either', async () => {
    const { gateway } = await running({ requestTimeoutMs: 200 });
    const { answer } = await converse(gateway.url);
    expect(await answer).toMatch(/^HTTP\/1\.1 408|^$/);
  });

  test('one that arrives in parts, but in time, is answered', async () => {
    const { gateway } = await running();
    const { socket, answer } = await converse(gateway.url);
    const body = '{"query":"{ rooms { id } }"}';
    socket.write(post('connection: close', `content-length: ${body.length}`));
    for (const part of body.match(/.{1,7}/g) ?? []) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.write(part);
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\{"data":\{"rooms":\[\{"id":"r1"/);
  });
});

describe('what is too large', () => {
  test.each([
    [
      'with its length before it',
      (body: string) => post(`content-length: ${body.length}`, 'connection: close') + body,
    ],
    [
      'in chunks, of which nobody said how many',
      (body: string) =>
        `${post('transfer-encoding: chunked', 'connection: close')}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ],
  ])('a body of 100 kB is read, one of a byte more is 413 BODY_TOO_LARGE: %s', async (_name, written) => {
    const { gateway, toys } = await running();
    const largest = await converse(gateway.url);
    largest.socket.write(written(bodyOf(100_000)));
    expect(await largest.answer).toMatch(/^HTTP\/1\.1 200/);
    const before = toys.calls.contexts;
    const larger = await converse(gateway.url);
    larger.socket.write(written(bodyOf(100_001)));
    expect(read(await larger.answer)).toEqual(refused(413, 'BODY_TOO_LARGE'));
    expect(toys.calls.contexts).toBe(before);
  });

  test('a body that would not be read at all has the same limit', async () => {
    const { gateway } = await running();
    const { socket, answer } = await converse(gateway.url);
    socket.write(
      post('content-length: 100001', 'connection: close').replace('application/json', 'text/plain'),
    );
    expect(read(await answer)).toEqual(refused(413, 'BODY_TOO_LARGE'));
  });

  test.each([
    ['in one line', `a: ${'a'.repeat(9_000)}`],
    ['in many lines', Array.from({ length: 300 }, (_, n) => `x-${n}: ${'a'.repeat(30)}`).join('\r\n')],
  ])('headers of 9 kB are 431 HEADERS_TOO_LARGE: %s', async (_name, header) => {
    const { gateway } = await running();
    const { socket, answer } = await converse(gateway.url);
    socket.write(post(header));
    expect(read(await answer)).toEqual(refused(431, 'HEADERS_TOO_LARGE'));
  });
});

describe('a body that is not plain JSON', () => {
  test.each(['gzip', 'br', 'deflate', 'identity, gzip', 'zstd', 'unheard-of'])(
    'with content-encoding %s is 415 UNSUPPORTED_MEDIA_TYPE, whatever is in it',
    async (encoding) => {
      const { gateway, toys } = await running();
      const { socket, answer } = await converse(gateway.url);
      const body = '{"query":"{ rooms { id } }"}';
      const headers = [
        `content-encoding: ${encoding}`,
        'connection: close',
        `content-length: ${body.length}`,
      ];
      socket.write(post(...headers) + body);
      expect(read(await answer)).toEqual(refused(415, 'UNSUPPORTED_MEDIA_TYPE'));
      expect(toys.calls.contexts).toBe(0);
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('but %s is never read as an operation, also when the browser was asked first: 400', async (type) => {
    const { fetch, toys } = await running();
    const { status, body, headers } = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': type, 'apollo-require-preflight': '1' },
      body: '{"query":"{ rooms { id } }"}',
    });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(headers.get('content-type')).toContain('application/json');
    expect(toys.calls.contexts).toBe(0);
  });
});
