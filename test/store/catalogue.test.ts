import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../subgraphs/platform/assets.ts';
import { addDays, localDate, localDateTime } from '../../subgraphs/platform/clock.ts';
import { migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { stableId } from '../../subgraphs/platform/ids.ts';
import { readCatalogue, readGenres, type CatalogueVenue } from '../../subgraphs/venues/data/catalogue.ts';
import { loadCatalogue, venueId } from '../../subgraphs/venues/demo/load-catalogue.ts';
import { loadDemoSeason } from '../../subgraphs/venues/demo/load-demo-season.ts';
import type { VenuesDatabase } from '../../subgraphs/venues/store/database.ts';
import { migrations } from '../../subgraphs/venues/store/migrations/index.ts';
import type { VenuesTables } from '../../subgraphs/venues/store/tables.ts';
import { engines, testNow } from '../support/databases.ts';

const data = 'subgraphs/venues/data';
const catalogue = readCatalogue();

/** The names as printed in one of the documents' tables. */
function printedNames(file: string, column: string): string[] {
  return readCsv<Record<string, string>>(`${data}/${file}.csv`)
    .filter((row) => row['role'] === undefined || row['role'] === 'venue')
    .map((row) => row[column] ?? '');
}

function named(printed: string): CatalogueVenue[] {
  return catalogue.filter(
    ({ canonicalName, aliases }) => canonicalName === printed || aliases.includes(printed),
  );
}

describe('the catalogue of venues', () => {
  it.each([
    { file: 'kuopio_network_members', column: 'name_as_printed', names: 15 },
    { file: 'kuopio_venues_usage', column: 'venue', names: 14 },
    { file: 'pirkanmaa_venues', column: 'venue', names: 35 },
    { file: 'national_example_venues', column: 'venue', names: 17 },
    { file: 'popup_venues', column: 'venue', names: 12 },
  ])('has exactly one venue for each of the $names names printed in $file', ({ file, column, names }) => {
    const printed = printedNames(file, column);
    expect(printed).toHaveLength(names);
    expect(printed.filter((name) => named(name).length !== 1)).toEqual([]);
  });

  it('has 66 fixed venues and 7 pop-up venues', () => {
    expect(catalogue.filter(({ kind }) => kind === 'FIXED')).toHaveLength(66);
    expect(catalogue.filter(({ kind }) => kind === 'POP_UP')).toHaveLength(7);
  });

  it('has a slug of plain letters, digits and hyphens for each venue, never the same twice', () => {
    expect(catalogue.filter(({ slug }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
    expect(new Set(catalogue.map(({ slug }) => slug)).size).toBe(catalogue.length);
  });

  it('keeps both printed periods of a pop-up that two documents print', () => {
    expect(named('Amos Rex')[0]?.popUpPeriod).toMatch(/^2024-2025 \(.*\) \| 2025 \(/);
  });

  it('keeps the municipality empty for the four fixed venues that are printed without one', () => {
    const without = catalogue.filter(({ kind, municipality }) => kind === 'FIXED' && municipality === null);
    expect(without.map(({ slug }) => slug)).toEqual([
      'april-jazz',
      'etela-karjalan-museo',
      'museo-ja-tiedekeskus-luuppi',
      'olavinlinna',
    ]);
  });

  it('names parents before their sub-genres', () => {
    const keys = readGenres().map(({ key }) => key);
    const orphans = readGenres().filter(
      ({ parent }, index) => parent !== null && !keys.slice(0, index).includes(parent),
    );
    expect(orphans).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe.each(engines)('the venues database on $name', (engine) => {
  let database: VenuesDatabase;
  const now = new Date(testNow);
  const today = localDate(now);
  const week = 7 * 86_400_000;

  beforeAll(async () => {
    database = await openDatabase<VenuesTables>(await engine.location(), 'venues', localLive());
    await migrate(database, migrations);
  });
  afterAll(() => database.close());

  const rows = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const table of [
      'venue',
      'genre',
      'offering',
      'offering_genre',
      'performance',
      'cap_counter',
      'ledger',
    ] as const) {
      const { n } = await database.reader
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      counts[table] = n;
    }
    return counts;
  };

  it('registers 73 venues and the genres once', async () => {
    expect(await loadCatalogue(database)).toEqual({ venues: 73, genres: readGenres().length });
    expect(await loadCatalogue(database)).toEqual({ venues: 0, genres: 0 });
  });

  it('joins Kuopion kaupunginorkesteri to its municipality, network and partner by the ids that networks makes', async () => {
    const orchestra = await database.reader
      .selectFrom('venue')
      .selectAll()
      .where('slug', '=', 'kuopion-kaupunginorkesteri')
      .executeTakeFirstOrThrow();
    expect(orchestra).toMatchObject({
      id: stableId('venue', 'Kuopion kaupunginorkesteri'),
      municipality_id: stableId('municipality', 'Kuopio'),
      network_id: stableId('network', 'Pohjois-Savo'),
      partner_id: stableId('partner', 'venue', 'Kuopio', 'Kuopion kaupunginorkesteri'),
    });
  });

  it('keeps pop-ups outside every network and without a partner', async () => {
    const popUps = await database.reader
      .selectFrom('venue')
      .selectAll()
      .where('kind', '=', 'POP_UP')
      .execute();
    expect(popUps.map(({ network_id, partner_id }) => network_id ?? partner_id)).toEqual(Array(7).fill(null));
    expect(new Set(popUps.map(({ locality }) => locality))).toEqual(new Set(['Helsinki', 'Vantaa']));
  });

  it('gives every venue performances in the coming 60 days', async () => {
    const published = await loadDemoSeason(database, now);
    expect(published.performances).toBeGreaterThan(2_000);
    const withPerformances = await database.reader
      .selectFrom('performance')
      .select('venue_id')
      .distinct()
      .where('starts_at', '>=', localDateTime(today, '00:00'))
      .where('starts_at', '<', localDateTime(addDays(today, 60), '00:00'))
      .execute();
    expect(withPerformances.map(({ venue_id }) => venue_id).toSorted()).toEqual(
      catalogue.map(({ canonicalName }) => venueId(canonicalName)).toSorted(),
    );
  });

  it('changes nothing when the season is loaded again on the same day', async () => {
    const before = await rows();
    expect(await loadDemoSeason(database, now)).toEqual({ offerings: 0, performances: 0 });
    expect(await rows()).toEqual(before);
  });

  it('adds only the missing days a week later', async () => {
    const before = await rows();
    const published = await loadDemoSeason(database, new Date(now.getTime() + week));
    const after = await rows();
    expect(published.performances).toBeGreaterThan(0);
    expect(after['performance']).toBe((before['performance'] ?? 0) + published.performances);
    expect(after['ledger']).toBe((before['ledger'] ?? 0) + published.performances);
    const newest = await database.reader
      .selectFrom('performance')
      .select(({ fn }) => fn.max('starts_at').as('at'))
      .executeTakeFirstOrThrow();
    expect(localDate(newest.at)).toBe(addDays(today, 66));
  });

  it('changes nothing when the clock goes back a day', async () => {
    const before = await rows();
    await loadDemoSeason(database, now);
    expect(await rows()).toEqual(before);
  });
});
