import { describe, expect, it, onTestFinished } from 'vitest';
import { openCards } from '../../subgraphs/cards/index.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { openNetworks } from '../../subgraphs/networks/index.ts';
import { openDatabase } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import type { Subgraph, SubgraphOptions } from '../../subgraphs/platform/subgraph.ts';
import { openVenues } from '../../subgraphs/venues/index.ts';
import type { VenuesTables } from '../../subgraphs/venues/store/tables.ts';
import { engines, options } from '../support/databases.ts';
import { audit } from '../support/product.ts';

/** Opens the same subgraph as `count` processes would, at once. */
async function several(
  count: number,
  open: (own: SubgraphOptions) => Promise<Subgraph>,
  own: SubgraphOptions,
): Promise<Subgraph[]> {
  const opened = await Promise.all(
    Array.from({ length: count }, () => open({ ...own, demo: true, live: localLive() })),
  );
  onTestFinished(async () => {
    for (const subgraph of opened) await subgraph.close();
  });
  return opened;
}

// A SQLite file has one owning process; only PostgreSQL can be loaded by several at once.
describe.each(engines.filter(({ name }) => name === 'postgres'))('several processes on $name', (engine) => {
  it(
    'that load the venues at once register each venue, genre and performance once',
    { repeats: 2 },
    async () => {
      const own = options(await engine.location());
      const venues = await several(4, openVenues, own);
      await Promise.all(venues.map((one) => one.load()));
      await using database = await openDatabase<VenuesTables>(own.location, 'venues', localLive());
      const count = async (table: 'venue' | 'genre'): Promise<number> =>
        (await database.reader.selectFrom(table).select('id').execute()).length;
      expect(await count('venue')).toBe(73);
      expect(await count('genre')).toBe(36);
      const { performances, entries, faults } = await audit(own.location);
      expect(performances).toBeGreaterThan(1_000);
      expect({ entries, faults }).toEqual({ entries: performances, faults: [] });
    },
  );

  it('that load the demo cards at once issue each card once', async () => {
    const own = options(await engine.location());
    const [networks] = await several(1, openNetworks, own);
    await networks?.load();
    const cards = await several(3, openCards, own);
    await Promise.all(cards.map((one) => one.load()));
    await using database = await openDatabase<CardsTables>(own.location, 'cards', localLive());
    const issued = await database.reader
      .selectFrom('outbox')
      .select('payload')
      .where('topic', '=', 'card.issued')
      .execute();
    const registered = await database.reader.selectFrom('card').select('id').execute();
    expect(registered.length).toBeGreaterThan(200);
    expect(issued).toHaveLength(registered.length);
    expect(new Set(issued.map(({ payload }) => payload)).size).toBe(registered.length);
  });
});
