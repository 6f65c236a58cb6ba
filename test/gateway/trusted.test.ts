import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig } from '../../gateway/config.ts';
import { startProduct } from '../../gateway/product.ts';
import { mayWriteOwnDocuments } from '../../gateway/identity/standing.ts';
import { hashOf } from '../../gateway/trusted/hash.ts';
import { documentsOf, readPlaces } from '../../gateway/trusted/settings.ts';
import { TrustedDocuments } from '../../gateway/trusted/trusted-documents.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
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

describe('TRUSTED_DOCUMENTS', () => {
  const old = 'query OldRooms { rooms { id } }';
  const older = 'query OlderRooms { rooms { id } }';

  function folderWith(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'trusted-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    return folder;
  }

  const written = (...texts: string[]): string =>
    JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), text])));

  test('a page of an earlier build goes on working after an upgrade, by hash and by text', async () => {
    const folder = folderWith({
      'trusted-documents.json': written(known),
      '2026-09.json': written(older),
      '2026-10.json': written(old, known),
      'notes.txt': 'not read',
    });
    const file = path.join(folder, 'trusted-documents.json');
    const withEarlier = documentsOf(file, readPlaces(` ${folder} ,`));
    expect(withEarlier.size).toBe(3);
    const gateway = await running({ production: true, trusted: withEarlier });
    for (const query of [known, old, older]) {
      expect((await post(gateway, { extensions: byHash(query) })).body).toEqual({ data: rooms });
      expect((await post(gateway, { query })).body).toEqual({ data: rooms });
    }
    const without = await running({ production: true, trusted: documentsOf(file, []) });
    expect(codes(await post(without, { query: old }))).toEqual(['UNTRUSTED_DOCUMENT']);
  });

  test('files and folders may be named, in any number; an empty folder holds none, a build without clients neither', () => {
    const folder = folderWith({ 'a.json': written(old), 'b.json': written(older) });
    const [a, b] = ['a.json', 'b.json'].map((name) => path.join(folder, name));
    expect(documentsOf('/nowhere', readPlaces(`${a},${b}`)).size).toBe(2);
    expect(documentsOf('/nowhere', readPlaces(`${folder},${a}`)).size).toBe(2);
    expect(documentsOf('/nowhere', [folderWith({})]).size).toBe(0);
    expect(readPlaces()).toEqual([]);
  });

  test.each([
    ['that is not there', undefined],
    ['that is not JSON', '{'],
    ['that is a list', '[]'],
    ['that is null', 'null'],
    ['whose hashes are not those of its texts', JSON.stringify({ [hashOf(live)]: known })],
    ['whose texts are no texts', JSON.stringify({ [hashOf(live)]: 1 })],
  ])(
    'a file %s stops the start with one sentence that names it and says what would be right',
    (_name, json) => {
      const folder = folderWith(json === undefined ? {} : { 'x.json': json });
      const file = path.join(folder, 'x.json');
      const named = () => documentsOf('/nowhere', [file]);
      expect(named).toThrow(ConfigError);
      expect(named).toThrow(/^TRUSTED_DOCUMENTS.*x\.json.*It must be files, or folders of files, .*\.$/);
    },
  );

  test('a broken file of the build itself stops the start too', () => {
    const folder = folderWith({ 'x.json': '[]' });
    expect(() => documentsOf(path.join(folder, 'x.json'), [])).toThrow('is broken');
  });

  test('the product does not start with a wrong one, and opens nothing', async () => {
    const folder = path.join(folderWith({}), 'data');
    const config = readConfig({ TRUSTED_DOCUMENTS: '/nowhere/at-all.json', DATA_DIR: folder, PORT: '0' });
    await expect(startProduct({ config, logger: createLogger('silent') })).rejects.toThrow(ConfigError);
    expect(existsSync(folder)).toBe(false);
  });
});
