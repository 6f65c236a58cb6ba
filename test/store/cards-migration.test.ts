import { expect, it } from 'vitest';
import { register } from '../../subgraphs/cards/store/migrations/0001-register.ts';
import { keysAndCopies } from '../../subgraphs/cards/store/migrations/0002-keys-and-copies.ts';
import { migrations } from '../../subgraphs/cards/store/migrations/index.ts';
import { findCardByCode } from '../../subgraphs/cards/store/cards.ts';
import { findPeriods } from '../../subgraphs/cards/store/periods.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { engines } from '../support/databases.ts';

it.each(engines)(
  'a register filled by the version before is whole after the migration, on $name',
  async (engine) => {
    await using database = await openDatabase<CardsTables>(await engine.location(), 'cards', localLive());
    await migrate(database, { '0001_register': register, '0002_keys_and_copies': keysAndCopies });
    const at = '2026-01-10T08:00:00.000Z';
    await database.write(async (trx) => {
      // The tables of before have fewer columns than today's types.
      const old = trx as unknown as {
        insertInto(table: string): { values(rows: object): { execute(): Promise<unknown> } };
      };
      await old
        .insertInto('holder')
        .values({ id: 'h1', birth_year: 1990, postcode: '70100', children: 2, grandchildren: 1 })
        .execute();
      const card = {
        kind: 'PERSONAL',
        status: 'ACTIVE',
        issuer_id: 'i1',
        holder_id: 'h1',
        issued_on: '2026-01-09',
        issued_year: 2026,
        valid_until: '2027-01-08',
        registered_at: at,
        status_changed_at: at,
      };
      await old
        .insertInto('card')
        .values({ id: 'c1', ...card })
        .execute();
      const community = { id: 'c2', ...card, kind: 'COMMUNITY', holder_id: null, status: 'SUSPENDED' };
      await old.insertInto('card').values(community).execute();
      await old
        .insertInto('card_code')
        .values([
          { code: 'OLD', card_id: 'c1', active: 0, given_at: at },
          { code: 'NEW', card_id: 'c1', active: 1, given_at: at },
          { code: 'TWO', card_id: 'c2', active: 1, given_at: at },
        ])
        .execute();
    });

    await migrate(database, migrations);
    const db = database.reader;
    expect(await findCardByCode(db, 'NEW')).toEqual({
      id: 'c1',
      kind: 'PERSONAL',
      status: 'ACTIVE',
      issuerId: 'i1',
      issuedOn: '2026-01-09',
      validUntil: '2027-01-08',
      holder: { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 1 },
    });
    expect(await findCardByCode(db, 'OLD')).toBeNull();
    expect(await findCardByCode(db, 'TWO')).toMatchObject({
      kind: 'COMMUNITY',
      status: 'SUSPENDED',
      holder: null,
    });
    const period = { event: 'ISSUED', issuerId: 'i1', handedOn: '2026-01-09', enteredAt: at };
    expect(await findPeriods(db, ['c1', 'c2'])).toEqual(
      new Map(
        ['c1', 'c2'].map((id) => [id, [{ ...period, validFrom: '2026-01-09', validUntil: '2027-01-08' }]]),
      ),
    );
    // What held before holds still: one code in use, no card without its unit's row.
    const second = database.write((trx) =>
      trx.insertInto('card_code').values({ code: 'THREE', card_id: 'c1', active: 1, given_at: at }).execute(),
    );
    await expect(second).rejects.toThrow(/unique/i);
    const orphan = database.write((trx) =>
      trx
        .insertInto('card_code')
        .values({ code: 'FOUR', card_id: 'nobody', active: 0, given_at: at })
        .execute(),
    );
    await expect(orphan).rejects.toThrow(/foreign key/i);
  },
);
