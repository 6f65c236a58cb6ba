import { describe, expect, it } from 'vitest';
import { migrations } from '../../subgraphs/cards/store/migrations/index.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { validByIssuer, validByNetwork } from '../../subgraphs/cards/store/figures.ts';
import { migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { engines } from '../support/databases.ts';

describe.each(engines)('standing cards by month on $name', ({ location }) => {
  it('are made of what a register of before has, once, and say the same as its days', async () => {
    await using database = await openDatabase<CardsTables>(await location(), 'cards', localLive());
    const before = Object.entries(migrations).filter(([name]) => name < '0007');
    await migrate(database, Object.fromEntries(before));
    const row = (scope_id: string, valid_until: string, used: 0 | 1, cards: number) => ({
      scope: 'ISSUER' as const,
      scope_id,
      valid_until,
      since: '2026-01-05',
      used,
      cards,
    });
    const rows = [
      row('a', '2026-11-22', 0, 1),
      row('a', '2026-11-23', 0, 2),
      row('a', '2026-11-30', 1, 4),
      row('a', '2026-12-01', 0, 8),
      row('a', '2027-06-15', 1, 16),
      row('b', '2026-11-21', 1, 32),
    ];
    const network = { ...row('n', '2026-11-24', 0, 3), scope: 'NETWORK' as const };
    await database.write((trx) =>
      trx
        .insertInto('standing')
        .values([...rows, network])
        .execute(),
    );

    await migrate(database, migrations);
    await migrate(database, migrations);

    expect(await validByIssuer(database.reader, ['a', 'b'], '2026-11-23')).toEqual([
      { scopeId: 'a', cards: 2 + 4 + 8 + 16 },
    ]);
    expect(await validByNetwork(database.reader, '2026-11-23')).toEqual([{ scopeId: 'n', cards: 3 }]);
    const stored = await database.reader
      .selectFrom('standing')
      .selectAll()
      .where('scope', '<>', 'ISSUER_MONTH')
      .execute();
    expect(stored.length).toBe(rows.length + 1);
    const months = await database.reader
      .selectFrom('standing')
      .select(['scope_id', 'valid_until', 'used', 'cards'])
      .where('scope', '=', 'ISSUER_MONTH')
      .orderBy('scope_id')
      .orderBy('valid_until')
      .orderBy('used')
      .execute();
    expect(months).toEqual([
      { scope_id: 'a', valid_until: '2026-11', used: 0, cards: 3 },
      { scope_id: 'a', valid_until: '2026-11', used: 1, cards: 4 },
      { scope_id: 'a', valid_until: '2026-12', used: 0, cards: 8 },
      { scope_id: 'a', valid_until: '2027-06', used: 1, cards: 16 },
      { scope_id: 'b', valid_until: '2026-11', used: 1, cards: 32 },
    ]);
  });
});
