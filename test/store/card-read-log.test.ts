import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Reading } from '../../subgraphs/cards/domain/reading.ts';
import type { CardsDatabase } from '../../subgraphs/cards/store/database.ts';
import { migrations } from '../../subgraphs/cards/store/migrations/index.ts';
import { chainReadLog, logRead, logReads } from '../../subgraphs/cards/store/read-log.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { verifyReadLog } from '../../subgraphs/cards/store/verify-read-log.ts';
import { migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { engines, testNow, type TestEngine } from '../support/databases.ts';

const reading: Reading = {
  cardId: 'card-1',
  actorRole: 'ISSUER_STAFF',
  organisationId: 'issuer-kuopio',
  purpose: 'CARD_OPENED',
  fields: ['postcode', 'birthYear'],
  requestId: 'request-1',
  at: testNow,
};

describe.each(engines)('the read log on $name', (engine) => {
  test('a look is one row with the names of the fields, and is chained afterwards', async () => {
    const database = await open(engine);
    await database.write((trx) => logRead(trx, reading));
    expect(await verifyReadLog(database.reader)).toMatchObject({ chained: 0, waiting: 1, brokenAt: null });
    expect(await chainReadLog(database)).toBe(1);
    expect(await verifyReadLog(database.reader)).toMatchObject({ chained: 1, waiting: 0, brokenAt: null });
    const row = await database.reader.selectFrom('read_log').selectAll().executeTakeFirstOrThrow();
    expect(row.fields).toBe('["birthYear","postcode"]');
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a look that is rolled back with its change leaves nothing', async () => {
    const database = await open(engine);
    const failing = database.write(async (trx) => {
      await logRead(trx, reading);
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await chainReadLog(database)).toBe(0);
  });

  test('looks and chainers at once: every look is in the chain exactly once, and the chain is whole', async () => {
    const database = await open(engine);
    const looks = Array.from({ length: 120 }, (_, n) =>
      database.write((trx) => logRead(trx, { ...reading, cardId: `card-${n}` })),
    );
    const chainers = Array.from({ length: 12 }, () => chainReadLog(database));
    await Promise.all([...looks, ...chainers]);
    await chainReadLog(database);
    const report = await verifyReadLog(database.reader);
    expect(report).toMatchObject({ chained: 120, waiting: 0, brokenAt: null });
    expect(report.head.position).toBe(120);
  });

  test('more rows than one step takes are chained and verified whole', async () => {
    const database = await open(engine);
    const many = Array.from({ length: 1_203 }, (_, n) => ({ ...reading, requestId: `request-${n}` }));
    await database.write((trx) => logReads(trx, many));
    expect(await chainReadLog(database)).toBe(1_203);
    expect(await verifyReadLog(database.reader)).toMatchObject({ chained: 1_203, brokenAt: null });
  });

  test.each([
    ['changed', sql`update read_log set organisation_id = 'issuer-other' where position = 3`, 3],
    ['removed', sql`delete from read_log where position = 3`, 3],
    ['given another time', sql`update read_log set at = '2020-01-01T00:00:00.000Z' where position = 1`, 1],
  ])('a row that was %s is found at its place', async (_, change, place) => {
    const database = await open(engine);
    await database.write((trx) =>
      logReads(
        trx,
        Array.from({ length: 5 }, () => reading),
      ),
    );
    await chainReadLog(database);
    await database.write((trx) => change.execute(trx));
    expect((await verifyReadLog(database.reader)).brokenAt).toBe(place);
  });

  test('cutting off the newest rows shows against a head that was noted before', async () => {
    const database = await open(engine);
    await database.write((trx) => logReads(trx, [reading, reading]));
    await chainReadLog(database);
    const noted = (await verifyReadLog(database.reader)).head;
    await database.write((trx) => trx.deleteFrom('read_log').where('position', '=', 2).execute());
    const { brokenAt, head } = await verifyReadLog(database.reader);
    expect(brokenAt).toBeNull();
    expect(head.position).toBeLessThan(noted.position);
    for (const extent of ['ALL', 'SINCE_NOTED'] as const) {
      expect((await verifyReadLog(database.reader, noted, extent)).brokenAt).toBe(noted.position);
    }
  });

  test('only what came after a noted head is recomputed, and is whole or broken at its place', async () => {
    const database = await open(engine);
    const three = [reading, reading, reading];
    await database.write((trx) => logReads(trx, three));
    await chainReadLog(database);
    const noted = (await verifyReadLog(database.reader)).head;
    await database.write((trx) => logReads(trx, three));
    await chainReadLog(database);
    const since = await verifyReadLog(database.reader, noted, 'SINCE_NOTED');
    expect(since).toMatchObject({ verifiedFrom: 3, chained: 6, brokenAt: null });
    expect(since.head).toEqual((await verifyReadLog(database.reader)).head);
    const change = (position: number): Promise<unknown> =>
      database.write((trx) =>
        trx.updateTable('read_log').set({ at: 'then' }).where('position', '=', position).execute(),
      );
    await change(5);
    expect((await verifyReadLog(database.reader, noted, 'SINCE_NOTED')).brokenAt).toBe(5);
    // Further back only the whole check looks.
    await change(2);
    expect((await verifyReadLog(database.reader, noted, 'SINCE_NOTED')).brokenAt).toBe(5);
    expect((await verifyReadLog(database.reader, noted, 'ALL')).brokenAt).toBe(2);
  });

  test('a chain that was made anew over changed rows is whole by itself and not against a noted head', async () => {
    const database = await open(engine);
    await database.write((trx) => logReads(trx, [reading, reading]));
    await chainReadLog(database);
    const noted = (await verifyReadLog(database.reader)).head;
    await database.write((trx) =>
      trx.updateTable('read_log').set({ organisation_id: 'other', position: null, hash: null }).execute(),
    );
    await chainReadLog(database);
    expect((await verifyReadLog(database.reader)).brokenAt).toBeNull();
    expect((await verifyReadLog(database.reader, noted, 'SINCE_NOTED')).brokenAt).toBe(2);
  });

  test('without a noted head everything is recomputed', async () => {
    const database = await open(engine);
    await database.write((trx) => logRead(trx, reading));
    await chainReadLog(database);
    expect(await verifyReadLog(database.reader, null, 'SINCE_NOTED')).toMatchObject({
      verifiedFrom: 0,
      chained: 1,
      brokenAt: null,
    });
  });
});

async function open(engine: TestEngine): Promise<CardsDatabase> {
  const database = await openDatabase<CardsTables>(await engine.location(), 'cards', localLive());
  onTestFinished(() => database.close());
  await migrate(database, migrations);
  return database;
}
