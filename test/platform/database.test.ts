import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { isUniqueViolation, migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import { sqliteFile } from '../../subgraphs/platform/database/sqlite.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { fold } from '../../subgraphs/platform/pagination.ts';
import { engines } from '../support/databases.ts';
import { openNotes } from './support.ts';

describe.each(engines)('a database on $name', ({ name: engine, location }) => {
  it('commits all of a transaction, or nothing', async () => {
    await using db = await openNotes(await location());
    await db.write((trx) => trx.insertInto('note').values({ id: 'a', name: 'kept' }).execute());
    await expect(
      db.write(async (trx) => {
        await trx.insertInto('note').values({ id: 'b', name: 'lost' }).execute();
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await db.reader.selectFrom('note').select('id').execute()).toEqual([{ id: 'a' }]);
  });

  it('a reader sees the last commit and never a transaction under way', async () => {
    await using db = await openNotes(await location());
    await db.write(async (trx) => {
      await trx.insertInto('note').values({ id: 'a', name: 'under way' }).execute();
      expect(await db.reader.selectFrom('note').selectAll().execute()).toEqual([]);
    });
    expect(await db.reader.selectFrom('note').selectAll().execute()).toHaveLength(1);
  });

  it('a reader cannot write', async () => {
    await using db = await openNotes(await location());
    await expect(db.reader.insertInto('note').values({ id: 'a', name: 'x' }).execute()).rejects.toThrow(
      /readonly|read-only/,
    );
  });

  it('runs a transaction again when it lost a race, and gives up on any other error', async () => {
    await using db = await openNotes(await location());
    let tries = 0;
    await db.write(async (trx) => {
      await trx
        .insertInto('note')
        .values({ id: `try ${++tries}`, name: 'x' })
        .execute();
      if (tries < 3)
        throw Object.assign(new Error('lost'), { code: engine === 'sqlite' ? 'SQLITE_BUSY' : '40001' });
    });
    expect(await db.reader.selectFrom('note').select('id').execute()).toEqual([{ id: 'try 3' }]);
  });

  it('tells a duplicate key from other errors', async () => {
    await using db = await openNotes(await location());
    const insert = (): Promise<unknown> =>
      db.write((trx) => trx.insertInto('note').values({ id: 'a', name: 'x' }).execute());
    await insert();
    const error: unknown = await insert().catch((reason: unknown) => reason);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(new Error('other'))).toBe(false);
  });

  it('refuses a word in a number column', async () => {
    await using db = await openNotes(await location());
    await expect(
      db.write((trx) => sql`insert into note (id, name, size) values ('a', 'x', 'abc')`.execute(trx)),
    ).rejects.toThrow(/abc|INTEGER/i);
  });

  it('counts and sums are numbers, and an empty list finds nothing', async () => {
    await using db = await openNotes(await location());
    await db.write((trx) =>
      trx
        .insertInto('note')
        .values([
          { id: 'a', name: 'x', size: 2_000_000_000 },
          { id: 'b', name: 'y', size: 2_000_000_000 },
        ])
        .execute(),
    );
    const row = await db.reader
      .selectFrom('note')
      .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('size').as('sum')])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ count: 2, sum: 4_000_000_000 });
    expect(await db.reader.selectFrom('note').selectAll().where('id', 'in', []).execute()).toEqual([]);
  });

  it('sorts names as a Finnish reader expects', async () => {
    await using db = await openNotes(await location());
    const names = ['Öljymäki', 'Zorro', 'Ähtäri', 'Ålands museum', 'élan', 'Eero'];
    await db.write((trx) =>
      trx
        .insertInto('note')
        .values(names.map((name) => ({ id: name, name: fold(name) })))
        .execute(),
    );
    const sorted = await db.reader.selectFrom('note').select('id').orderBy('name').execute();
    expect(sorted.map(({ id }) => id)).toEqual([
      'Eero',
      'élan',
      'Zorro',
      'Ålands museum',
      'Ähtäri',
      'Öljymäki',
    ]);
  });

  it('a migration that fails leaves nothing behind, and migrating twice changes nothing', async () => {
    const where = await location();
    await using db = await openNotes(where);
    const steps = {
      '0001_note': async () => undefined,
      '0002_broken': async (
        ...[trx, columns]: Parameters<Parameters<typeof migrate>[1][string] & object>
      ) => {
        await trx.schema.createTable('half').addColumn('id', columns.text).execute();
        throw new Error('broken step');
      },
    };
    await expect(migrate(db, steps)).rejects.toThrow(/venues database could not be migrated: 0002_broken/);
    await migrate(db, { '0001_note': steps['0001_note'] });
    const tables = await db.reader.introspection.getTables();
    expect(
      tables.filter(({ schema = 'venues' }) => schema === 'venues').map(({ name }) => name),
    ).not.toContain('half');
  });

  it('two subgraphs in one place have tables of their own', async () => {
    const where = await location();
    await using venues = await openNotes(where, 'venues');
    await using cards = await openNotes(where, 'cards');
    await venues.write((trx) => trx.insertInto('note').values({ id: 'a', name: 'venue' }).execute());
    expect(await cards.reader.selectFrom('note').selectAll().execute()).toEqual([]);
  });
});

describe('SQLite', () => {
  const sqlite = engines[0]!;

  it('syncs every commit to the disk, also after writing and opening again', async () => {
    const where = await sqlite.location();
    for (let opening = 0; opening < 2; opening++) {
      await using db = await openNotes(where);
      await db.write(async (trx) => {
        await trx
          .insertInto('note')
          .values({ id: `n${opening}`, name: 'x' })
          .execute();
      });
      await db.write(async (trx) => {
        expect((await sql<{ synchronous: number }>`pragma synchronous`.execute(trx)).rows).toEqual([
          { synchronous: 2 },
        ]);
        expect((await sql`pragma journal_mode`.execute(trx)).rows).toEqual([{ journal_mode: 'wal' }]);
        expect((await sql`pragma foreign_keys`.execute(trx)).rows).toEqual([{ foreign_keys: 1 }]);
      });
    }
  });

  it('a transaction holds the write lock from its beginning, so it cannot fail half-way', async () => {
    const where = await sqlite.location();
    if (where.engine !== 'sqlite') throw new Error('not SQLite');
    await using db = await openNotes(where);
    const rival = new Sqlite(sqliteFile(where.directory, 'venues'), { timeout: 0 });
    await db.write(async () => {
      expect(() => rival.exec('begin immediate')).toThrow(/locked/);
    });
    rival.close();
  });

  it('many reads at once leave the event loop free', async () => {
    await using db = await openNotes(await sqlite.location());
    let finished = 0;
    let finishedWhenTimerFired = -1;
    setTimeout(() => (finishedWhenTimerFired = finished), 1);
    await Promise.all(
      Array.from({ length: 3_000 }, async () => {
        await db.reader.selectFrom('note').selectAll().where('id', '=', 'a').execute();
        finished += 1;
      }),
    );
    expect(finishedWhenTimerFired).toBeGreaterThanOrEqual(0);
    expect(finishedWhenTimerFired).toBeLessThan(3_000);
  });
});

describe('PostgreSQL', () => {
  const postgres = engines[1]!;

  it('several processes may migrate a new database at once', async () => {
    const where = await postgres.location();
    const opened = await Promise.all([1, 2, 3].map(() => openNotes(where)));
    for (const db of opened) {
      expect(await db.reader.selectFrom('note').selectAll().execute()).toEqual([]);
      await db.close();
    }
  });

  it('a number too large for JavaScript is an error and not another number', async () => {
    await using db = await openDatabase(await postgres.location(), 'venues', localLive());
    await expect(sql`select 9007199254740993::bigint as n`.execute(db.reader)).rejects.toThrow(/larger than/);
  });
});
