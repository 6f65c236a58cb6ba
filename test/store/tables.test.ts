import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../subgraphs/platform/database/index.ts';
import { subgraphNames, type SubgraphName } from '../../subgraphs/platform/names.ts';
import type { Subgraph, SubgraphOptions } from '../../subgraphs/platform/subgraph.ts';
import { openCards } from '../../subgraphs/cards/index.ts';
import { openMessaging } from '../../subgraphs/messaging/index.ts';
import { openNetworks } from '../../subgraphs/networks/index.ts';
import { openVenues } from '../../subgraphs/venues/index.ts';
import { engines, options, type TestEngine } from '../support/databases.ts';

const open: Readonly<Record<SubgraphName, (options: SubgraphOptions) => Promise<Subgraph>>> = {
  networks: openNetworks,
  cards: openCards,
  venues: openVenues,
  messaging: openMessaging,
};

/** What an engine needs for itself and the other does not have. */
const ofOneEngine = new Set(['outbox.xid', 'sqlite_sequence']);

async function columns(engine: TestEngine, name: SubgraphName): Promise<string[]> {
  const settings = options(await engine.location());
  const subgraph = await open[name](settings);
  await using database = await openDatabase(settings.location, name, settings.live);
  const tables = await database.reader.introspection.getTables();
  await subgraph.close();
  return tables
    .filter(({ name: table, schema }) => !ofOneEngine.has(table) && (schema ?? name) === name)
    .flatMap((table) =>
      table.columns.map((column) => `${table.name}.${column.name}${column.isNullable ? ' or null' : ''}`),
    )
    .filter((column) => !ofOneEngine.has(column))
    .toSorted();
}

describe('the tables of a subgraph', () => {
  it.each(subgraphNames)(
    '%s has the same tables, columns and nulls on SQLite and PostgreSQL',
    async (name) => {
      const [sqlite, postgres] = await Promise.all(engines.map((engine) => columns(engine, name)));
      expect(sqlite?.length).toBeGreaterThan(8);
      expect(postgres).toEqual(sqlite);
    },
  );
});
