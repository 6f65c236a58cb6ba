import { describe, expect, it } from 'vitest';
import { openCards } from '../../subgraphs/cards/index.ts';
import { recountOnce } from '../../subgraphs/cards/service/recount.ts';
import { migrations } from '../../subgraphs/cards/store/migrations/index.ts';
import { storedFigures } from '../../subgraphs/cards/store/recount.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import { appendEvent, type PlatformTables } from '../../subgraphs/platform/events/index.ts';
import { engines, options, testNow } from '../support/databases.ts';

describe.each(engines)('a register from before the figures, on $name', ({ location }) => {
  it('counts its cards at once, and their uses when it has read the log of venues again', async () => {
    const given = options(await location());
    const place = given.location;
    const old = await openDatabase<CardsTables>(place, 'cards', given.live);
    const before = Object.entries(migrations).filter(([name]) => name < '0003');
    await migrate(old, Object.fromEntries(before));
    await old.write(async (trx) => {
      const card = { kind: 'COMMUNITY', status: 'ACTIVE', issuer_id: 'unit', holder_id: null } as const;
      const days = { issued_on: '2026-03-01', issued_year: 2026, valid_until: '2027-02-28' };
      const at = { registered_at: testNow, status_changed_at: testNow };
      await trx
        .insertInto('card')
        .values({ id: 'old', ...card, ...days, ...at } as never)
        .execute();
      await trx.insertInto('card_year').values({ card_id: 'old', year: 2026, uses: 1 }).execute();
      const issued = { cardId: 'old', kind: 'COMMUNITY', issuedOn: '2026-03-01' };
      await appendEvent(trx, { topic: 'card.issued', payload: issued }, testNow);
    });
    await old.close();
    const others = [
      await openDatabase<PlatformTables>(place, 'networks', given.live),
      await openDatabase<PlatformTables>(place, 'venues', given.live),
    ] as const;
    for (const each of others) await migrate(each, {});
    const used = { redemptionId: 'r', cardId: 'old', at: '2026-04-05T10:00:00.000Z' };
    await others[1].write((trx) =>
      appendEvent(trx, { topic: 'redemption.recorded', payload: used }, testNow),
    );

    const subgraph = await openCards(given);
    subgraph.start();
    await subgraph.caughtUp();
    const database = await openDatabase<CardsTables>(place, 'cards', given.live);
    const figures = await storedFigures(database.reader);
    expect(figures.map(({ month, figure, value }) => `${month} ${figure} ${value}`).toSorted()).toEqual([
      '2026-03 EVER_USED 1',
      '2026-03 ISSUED 1',
      '2026-04 TAKEN_INTO_USE 1',
    ]);
    expect((await recountOnce(database.reader)).differences).toEqual([]);
    await Promise.all([database.close(), subgraph.close(), ...others.map((each) => each.close())]);
    await given.live.close();
  });
});
