import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mayWriteOwnDocuments } from '../../gateway/identity/standing.ts';
import { hashOf } from '../../gateway/trusted/hash.ts';
import { readTrustedDocuments, TrustedDocuments } from '../../gateway/trusted/trusted-documents.ts';
import { parseViewer } from '../../subgraphs/platform/viewer.ts';
import { codes, running, type Running } from './support/running.ts';
import { TestSocket } from './support/sockets.ts';

const known = 'query Rooms { rooms { id } }';
const rooms = { rooms: [{ id: 'r1' }, { id: 'r2' }] };
const live = 'subscription Live($id: ID!) { measured(sensorId: $id) { id } }';
const trusted = new TrustedDocuments([known, live]);

const byHash = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

function post({ fetch }: Running, body: object) {
  return fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('in production, without a key', () => {
  test('a trusted document runs over HTTP, by its text and by its hash, also over GET', async () => {
    const gateway = await running({ production: true, trusted });
    expect((await post(gateway, { query: known })).body).toEqual({ data: rooms });
    expect((await post(gateway, { extensions: byHash(known) })).body).toEqual({ data: rooms });
    const address = `/graphql?extensions=${encodeURIComponent(JSON.stringify(byHash(known)))}`;
    const { body } = await gateway.fetch(address, { headers: { 'apollo-require-preflight': '1' } });
    expect(body).toEqual({ data: rooms });
  });

  test('anything else is UNTRUSTED_DOCUMENT, also one that differs in a space or is registered first', async () => {
    const gateway = await running({ production: true, trusted });
    for (const query of ['{ rooms { id } }', `${known} `]) {
      const answer = await post(gateway, { query });
      expect([answer.status, ...codes(answer)]).toEqual([403, 'UNTRUSTED_DOCUMENT']);
      const registered = await post(gateway, { query, extensions: byHash(query) });
      expect(codes(registered)).toEqual(['UNTRUSTED_DOCUMENT']);
      expect(codes(await post(gateway, { extensions: byHash(query) }))).not.toEqual([]);
    }
    const lying = await post(gateway, { query: '{ rooms { id } }', extensions: byHash(known) });
    expect(codes(lying)).not.toEqual([]);
    expect(gateway.toys.calls.contexts).toBe(0);
  });

  test('the same holds over WebSocket, for queries and subscriptions', async () => {
    const { gateway } = await running({ production: true, trusted });
    const socket = await TestSocket.open(gateway.url);
    const variables = { id: 'a' };
    socket.subscribe('1', live, { variables });
    expect(await socket.data('1')).toEqual({ measured: { id: 'a' } });
    socket.subscribe('2', '', { variables, extensions: byHash(live) });
    expect(await socket.data('2')).toEqual({ measured: { id: 'a' } });
    socket.subscribe('3', `${live} `, { variables });
    expect(JSON.stringify(await socket.next('error', '3'))).toContain('UNTRUSTED_DOCUMENT');
    socket.subscribe('4', '', { extensions: byHash('{ rooms { id } }') });
    expect(JSON.stringify(await socket.next('error', '4'))).toContain('PERSISTED_QUERY_NOT_FOUND');
    socket.subscribe('5', '', { extensions: byHash(known) });
    expect(await socket.data('5')).toEqual(rooms);
    await socket.next('complete', '5');
    socket.subscribe('6', '{ rooms { id } }');
    expect(JSON.stringify(await socket.next('next', '6'))).toContain('UNTRUSTED_DOCUMENT');
  });
});

test('in development everything runs', async () => {
  const gateway = await running({ trusted });
  expect((await post(gateway, { query: '{ rooms { id } }' })).body).toEqual({ data: rooms });
});

test.each([
  [{ role: 'ANONYMOUS' }, false],
  [{ role: 'HOLDER', cardId: 'c' }, false],
  [{ role: 'DISPLAY', venueId: 'v' }, false],
  [{ role: 'VENUE_STAFF', venueId: 'v' }, true],
  [{ role: 'ISSUER_STAFF', issuerId: 'i' }, true],
  [{ role: 'COORDINATOR', networkId: 'n' }, true],
  [{ role: 'NATIONAL' }, true],
  [{ role: 'PARTNER_APP', appId: 'a' }, true],
])('$role may write own documents: %s', (viewer, may) => {
  expect(mayWriteOwnDocuments(parseViewer(viewer))).toBe(may);
});

test('a file whose hashes are not those of its texts is refused, one that is missing holds nothing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'trusted-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'trusted-documents.json');
  expect(readTrustedDocuments(file).size).toBe(0);
  writeFileSync(file, JSON.stringify({ [hashOf(known)]: known }));
  expect(readTrustedDocuments(file).byHash(hashOf(known))).toBe(known);
  writeFileSync(file, JSON.stringify({ [hashOf(live)]: known }));
  expect(() => readTrustedDocuments(file)).toThrow('broken');
});
