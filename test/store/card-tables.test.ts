import { expect, it } from 'vitest';
import { migrations } from '../../subgraphs/cards/store/migrations/index.ts';
import type { CardsTables } from '../../subgraphs/cards/store/tables.ts';
import { migrate, openDatabase, type DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { engines } from '../support/databases.ts';

const own = [
  'card',
  'card_batch',
  'card_batch_code',
  'card_change',
  'card_code',
  'card_period',
  'card_request',
  'card_year',
  'community_use',
  'holder',
  'issuer',
  'issuer_year',
  'rule',
  'signing_key',
];

/** `table.column` of the tables of cards, with a question mark where a column may be null. */
async function columns(location: DatabaseLocation): Promise<string[]> {
  await using database = await openDatabase<CardsTables>(location, 'cards', localLive());
  await migrate(database, migrations);
  await migrate(database, migrations);
  const tables = await database.reader.introspection.getTables();
  return tables
    .filter(({ name }) => own.includes(name))
    .flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}${column.isNullable ? '?' : ''}`),
    )
    .sort();
}

it('the tables of cards are the same on both engines, and migrating twice changes nothing', async () => {
  const [first = [], ...others] = await Promise.all(
    engines.map(async (engine) => columns(await engine.location())),
  );
  for (const other of others) expect(other).toEqual(first);
  expect(first.filter((column) => column.endsWith('?'))).toEqual([
    'card.holder_id?',
    'card.merged_into?',
    'card.status_reason?',
    'issuer.municipality_id?',
    'issuer.network_id?',
    'rule.scope_id?',
    'rule.valid_from?',
    'rule.valid_to?',
    'rule.value?',
  ]);
  expect(new Set(first.map((column) => column.split('.')[0]))).toEqual(new Set(own));
});
