import { describe, expect, test } from 'vitest';
import { TrustedDocuments } from '../../gateway/trusted/trusted-documents.ts';
import { hashOf } from '../../gateway/trusted/hash.ts';
import { codes, running, type Answer, type Running } from './support/running.ts';

const json = 'application/json; charset=utf-8';
const graphql = 'application/graphql-response+json; charset=utf-8';

const query = 'query Rooms { rooms { id } }';
const byId = 'query ById($id: ID!) { sensor(id: $id) { id } }';
const broken = 'query Broken { whoami broken }';
const write = 'mutation Write { measure(id: "a", temperature: 20) { id } }';
const trusted = new TrustedDocuments([query, byId, broken, write]);

interface Request {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  readonly extensions?: object;
}

type Send = (gateway: Running, request: Request, headers?: Record<string, string>) => Promise<Answer>;

const post: Send = ({ fetch }, request, headers = {}) =>
  fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });

/** Without a length before it: nobody can take this one the short way. */
const chunked: Send = ({ fetch }, request, headers = {}) => {
  const { body } = new Response(JSON.stringify(request));
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  };
  return fetch('/graphql', init as RequestInit);
};

const get: Send = ({ fetch }, request, headers = {}) => {
  const search = new URLSearchParams(
    Object.entries(request).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return fetch(`/graphql?${search.toString()}`, { headers: { 'apollo-require-preflight': '1', ...headers } });
};

/** Every way that a request can take: unknown to the gateway, or known, with and without anything unusual about it. */
const ways: readonly (readonly [name: string, times: number, send: Send])[] = [
  ['over POST, asked for the first time', 0, post],
  ['over POST, asked for before', 3, post],
  ['over POST in chunks, asked for before', 3, chunked],
  ['over GET, asked for the first time', 0, get],
  ['over GET, asked for before', 3, get],
];

describe.each(ways)('an operation %s', (_name, times, send) => {
  /** A gateway that has been asked so many times before. */
  async function warm(request: Request, options: Parameters<typeof running>[0] = {}): Promise<Running> {
    const gateway = await running(options);
    for (let n = 0; n < times; n += 1) await post(gateway, request);
    return gateway;
  }

  test.each([
    [undefined, json],
    ['*/*', json],
    ['application/*', json],
    ['application/json', json],
    ['application/json; charset=utf-8', json],
    ['application/graphql-response+json', graphql],
    ['application/graphql-response+json; charset=utf-8', graphql],
    ['application/graphql-response+json, application/json;q=0.9', graphql],
    ['application/graphql-response+json;q=0.5, application/json', json],
    ['application/json, application/graphql-response+json', json],
    ['text/html, application/graphql-response+json', graphql],
    ['text/html, */*;q=0.1', json],
  ])('that accepts %s gets 200 and %s', async (accept, type) => {
    const gateway = await warm({ query });
    // Node's fetch sends "*/*" by itself.
    const answer = await send(gateway, { query }, accept === undefined ? {} : { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect(answer.body).toEqual({ data: { rooms: [{ id: 'r1' }, { id: 'r2' }] } });
  });

  test.each(['text/html', 'image/png, text/*', 'application/json;q=0'])(
    'that accepts only %s gets 406 and JSON that says so',
    async (accept) => {
      const gateway = await warm({ query });
      const answer = await send(gateway, { query }, { accept });
      expect([answer.status, codes(answer)]).toEqual([406, ['BAD_REQUEST']]);
    },
  );

  test('has an id, may not be stored, and comes with every header that protects data', async () => {
    const gateway = await warm({ query });
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { headers, text } = await send(gateway, { query }, { accept });
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
      expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('of which a field fails is 200 with data and errors, whatever it accepts', async () => {
    const gateway = await warm({ query: broken });
    for (const [accept, type] of [
      ['application/json', json],
      ['application/graphql-response+json', graphql],
    ] as const) {
      const answer = await send(gateway, { query: broken }, { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
      expect(answer.body).toMatchObject({
        data: { whoami: 'role=ANONYMOUS', broken: null },
        errors: [{ path: ['broken'] }],
      });
    }
  });

  test('with wrong variables is 400 as application/graphql-response+json, 200 as application/json', async () => {
    const right = { query: byId, variables: { id: 'a' } };
    const wrong = { query: byId, variables: { id: { a: 1 } } };
    const gateway = await warm(right);
    const answer = await send(gateway, wrong, { accept: 'application/graphql-response+json' });
    expect([answer.status, codes(answer), answer.headers.get('content-type')]).toEqual([
      400,
      ['BAD_USER_INPUT'],
      graphql,
    ]);
    expect(answer.body).not.toHaveProperty('data');
    const older = await send(gateway, wrong, { accept: 'application/json' });
    expect([older.status, codes(older), older.headers.get('content-type')]).toEqual([
      200,
      ['BAD_USER_INPUT'],
      json,
    ]);
    expect((await send(gateway, right)).body).toEqual({ data: { sensor: { id: 'a' } } });
  });

  test('that is refused has the status of its refusal, whatever it accepts', async () => {
    const gateway = await warm({ query }, { entryLimits: { addressBudget: 45 } });
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      let answer = await send(gateway, { query }, { accept });
      for (let n = 0; n < 10 && answer.status === 200; n += 1)
        answer = await send(gateway, { query }, { accept });
      expect([answer.status, codes(answer)]).toEqual([429, ['TOO_MANY_REQUESTS']]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('content-type')).toContain(accept);
    }
  });

  test('may be named by its hash, and in production an unknown one is 403', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(byId) } };
    const request = { extensions, variables: { id: 'a' } };
    const gateway = await warm(request, { production: true, trusted });
    const answer = await send(gateway, request, { accept: 'application/graphql-response+json' });
    expect([answer.status, answer.headers.get('content-type'), answer.body]).toEqual([
      200,
      graphql,
      { data: { sensor: { id: 'a' } } },
    ]);
    const unknown = await send(gateway, { query: '{ rooms { id } }' });
    expect([unknown.status, codes(unknown)]).toEqual([403, ['UNTRUSTED_DOCUMENT']]);
  });
});

describe.each([
  ['asked for the first time', 0],
  ['asked for before', 3],
])('over GET, %s,', (_name, times) => {
  async function warm(request: Request): Promise<Running> {
    const gateway = await running();
    for (let n = 0; n < times; n += 1) await post(gateway, request);
    return gateway;
  }

  test('a mutation is 405 and does nothing', async () => {
    const gateway = await warm({ query: write });
    const before = gateway.toys.calls.contexts;
    const answer = await get(gateway, { query: write });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(codes(answer)).toHaveLength(1);
    expect(gateway.toys.calls.contexts).toBe(before);
  });

  test('a question that a page of another site could ask is 400 and does nothing', async () => {
    const gateway = await warm({ query });
    const before = gateway.toys.calls.contexts;
    const answer = await gateway.fetch(`/graphql?query=${encodeURIComponent(query)}`);
    expect([answer.status, codes(answer)]).toEqual([400, ['BAD_REQUEST']]);
    expect(gateway.toys.calls.contexts).toBe(before);
  });

  test('what is asked twice, or is no JSON, is 400', async () => {
    const gateway = await warm({ query: byId, variables: { id: 'a' } });
    const text = encodeURIComponent(byId);
    for (const search of [
      `query=${text}&query=${text}`,
      `query=${text}&variables={`,
      `query=${text}&variables=[]`,
    ]) {
      const answer = await gateway.fetch(`/graphql?${search}`, {
        headers: { 'apollo-require-preflight': '1' },
      });
      expect([search, answer.status, codes(answer)]).toEqual([search, 400, ['BAD_REQUEST']]);
    }
  });
});

test.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  '%s is 405 and names what is allowed',
  async (method) => {
    const { fetch } = await running();
    const answer = await fetch('/graphql', { method, headers: { 'apollo-require-preflight': '1' } });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  },
);
