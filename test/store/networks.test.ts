import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase, type DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { openEventLog } from '../../subgraphs/platform/events/index.ts';
import { loadDocuments } from '../../subgraphs/networks/service/load-documents.ts';
import { recordFigures } from '../../subgraphs/networks/service/record-figures.ts';
import { registerPartners } from '../../subgraphs/networks/service/register-partners.ts';
import { municipalityPage, networkPage } from '../../subgraphs/networks/store/areas.ts';
import type { NetworksDatabase } from '../../subgraphs/networks/store/database.ts';
import { firstPartnerPages, partnerPage } from '../../subgraphs/networks/store/partners.ts';
import { migrations } from '../../subgraphs/networks/store/migrations/index.ts';
import type { NetworksTables } from '../../subgraphs/networks/store/tables.ts';
import { municipalityId, networkId, partnerId } from '../../subgraphs/networks/documents/ids.ts';
import { system } from '../../subgraphs/platform/viewer.ts';
import { totalOf } from '../../subgraphs/platform/pagination.ts';
import { engines, options } from '../support/databases.ts';

const tables = [
  'region',
  'wellbeing_services_county',
  'network',
  'municipality',
  'partner',
  'partner_year',
  'partner_alias',
  'rule',
  'published_figure',
  'outbox',
] as const;

describe.each(engines)('the store of networks on $name', (engine) => {
  let location: DatabaseLocation;
  let database: NetworksDatabase;
  const clock = options({ engine: 'sqlite', directory: '' }).clock;

  const open = async (): Promise<NetworksDatabase> => {
    const opened = await openDatabase<NetworksTables>(location, 'networks', options(location).live);
    await migrate(opened, migrations);
    return opened;
  };

  beforeEach(async () => {
    location = await engine.location();
    database = await open();
  });
  afterEach(() => database.close());

  it('loads the documents, and loading them again changes nothing, not even an event', async () => {
    await loadDocuments(database, clock);
    const first = await contents(database);
    clock.advance(86_400_000);
    await loadDocuments(database, clock);
    expect(await contents(database)).toEqual(first);
    expect(first.municipality).toHaveLength(121);
    expect(first.network).toHaveLength(21);
    expect(first.partner).toHaveLength(110);
    expect(first.rule).toHaveLength(32);
  });

  it('tells of each partner and each rule once, with the facts that others keep', async () => {
    await loadDocuments(database, clock);
    const log = openEventLog(location, 'networks');
    const events = await log.read('0:0', 500);
    await log.close();
    expect(count(events, 'partner.registered')).toBe(110);
    expect(count(events, 'rule.changed')).toBe(32);
    expect(payloadOf(events, 'key', 'cap.absolute')).toMatchObject({
      scope: 'VENUE',
      value: '20',
      status: 'IN_FORCE',
      scopeName: 'Kuopion kaupunginorkesteri',
    });
    expect(payloadOf(events, 'partnerId', partnerId('ISSUER', 'Kuopio', 'TATU ry'))).toEqual({
      partnerId: partnerId('ISSUER', 'Kuopio', 'TATU ry'),
      role: 'ISSUER',
      name: 'TATU ry',
      kind: 'association',
      municipalityId: municipalityId('Kuopio'),
      networkId: networkId('Pohjois-Savo'),
      years: [2024, 2025],
    });
  });

  it('tells again of a partner that takes part in a new year', async () => {
    await loadDocuments(database, clock);
    const before = (await contents(database)).outbox.length;
    const partner = {
      id: partnerId('ISSUER', 'Kuopio', 'TATU ry'),
      role: 'ISSUER',
      name: 'TATU ry',
      organisation: null,
      unit: null,
      kind: 'association',
      municipalityId: municipalityId('Kuopio'),
      source: 'test',
      years: [{ year: 2026, source: 'test' }],
      aliases: [],
    } as const;
    await registerPartners(database, system, [partner], clock.now().toISOString());
    await registerPartners(database, system, [partner], clock.now().toISOString());
    const { outbox } = await contents(database);
    expect(outbox.length).toBe(before + 1);
    expect(outbox.filter(({ payload }) => String(payload).includes('[2024,2025,2026]'))).toHaveLength(1);
  });

  it('refuses a partner of an unknown municipality with NOT_FOUND and keeps nothing of the call', async () => {
    await loadDocuments(database, clock);
    const before = await contents(database);
    const partner = { id: randomUUID(), role: 'VENUE', name: 'Nowhere', municipalityId: 'nowhere' } as const;
    const nothing = { organisation: null, unit: null, kind: null, source: 'test', years: [], aliases: [] };
    await expect(
      registerPartners(database, system, [{ ...partner, ...nothing }], clock.now().toISOString()),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await contents(database)).toEqual(before);
  });

  it('refuses writing by anybody but the national centre and itself with FORBIDDEN', async () => {
    for (const role of ['ANONYMOUS', 'COORDINATOR'] as const) {
      const viewer = role === 'COORDINATOR' ? ({ role, networkId: 'n' } as const) : ({ role } as const);
      await expect(recordFigures(database, viewer, [])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('finds a municipality by a part of its name in any language, letter for letter', async () => {
    await loadDocuments(database, clock);
    const found = async (search: string): Promise<(string | null)[]> =>
      (await municipalityPage(database.reader, {}, { search })).items.map(({ name }) => name.fi);
    expect(await found('JAKOB')).toEqual(['Pietarsaari']);
    expect(await found('äär')).toEqual([]);
    expect(await found('hämeen')).toEqual(['Hämeenlinna']);
    expect(await found('hameen')).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect((await networkPage(database.reader, {}, 'lapland')).items.map(({ key }) => key)).toEqual([
      'Lappi',
    ]);
  });

  it('finds a partner by any of its printed names', async () => {
    await loadDocuments(database, clock);
    const { items } = await partnerPage(database.reader, {}, { search: 'kumma' });
    expect(items.map(({ name }) => name)).toEqual(['Kuopio Taidemuseo']);
  });

  it('pages through all partners, each once, in Finnish order', async () => {
    await loadDocuments(database, clock);
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page = await partnerPage(database.reader, { first: 40, after }, {});
      expect(await totalOf(page)).toBe(110);
      names.push(...page.items.map(({ name }) => name));
      after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
    } while (after !== null);
    expect(names).toHaveLength(110);
    expect(new Set(names).size).toBe(110);
    expect(names.indexOf('Ainola')).toBeLessThan(names.indexOf('Ysti, Yhdessä selviytymisentuki ry'));
  });

  it('reads the first pages of many parents in one go, and the page after them goes on where they end', async () => {
    await loadDocuments(database, clock);
    const ids = ['Kuopio', 'Tampere', 'Evijärvi'].map(municipalityId);
    const filter = { first: 10, role: 'VENUE' } as const;
    const pages = await firstPartnerPages(database.reader, 'municipality_id', ids, filter);
    expect([...pages.keys()].sort()).toEqual(ids.slice(0, 2).sort());
    for (const [municipality, page] of pages) {
      const alone = await partnerPage(database.reader, filter, {
        municipalityId: municipality,
        role: 'VENUE',
      });
      expect(page).toEqual({ ...alone, totalCount: await totalOf(alone) });
    }
    const kuopio = pages.get(municipalityId('Kuopio'));
    const next = await partnerPage(
      database.reader,
      { first: 10, after: kuopio?.cursors.at(-1) ?? null },
      { municipalityId: municipalityId('Kuopio'), role: 'VENUE' },
    );
    expect(kuopio?.items.length).toBe(10);
    expect(next.items).toHaveLength(5);
    expect(next.hasNextPage).toBe(false);
    const known = new Set(kuopio?.items.map(({ id }) => id));
    expect(next.items.filter(({ id }) => known.has(id))).toEqual([]);
  });

  it('gives the total also when no item is asked for', async () => {
    await loadDocuments(database, clock);
    const id = municipalityId('Kuopio');
    const pages = await firstPartnerPages(database.reader, 'municipality_id', [id], { first: 0, role: null });
    expect(pages.get(id)).toMatchObject({ items: [], totalCount: 34, hasNextPage: true });
  });
});

// A SQLite file has one owning process; only PostgreSQL can be loaded by two at once.
describe.each(engines.filter(({ name }) => name === 'postgres'))('two processes on $name', (engine) => {
  it('that load at once record and tell everything once', { repeats: 4 }, async () => {
    const own = options(await engine.location());
    const open = async (): Promise<NetworksDatabase> =>
      openDatabase<NetworksTables>(own.location, 'networks', own.live);
    const [one, other] = await Promise.all([open(), open()]);
    await Promise.all([migrate(one, migrations), migrate(other, migrations)]);
    await Promise.all([loadDocuments(one, own.clock), loadDocuments(other, own.clock)]);
    const found = await contents(one);
    await Promise.all([one.close(), other.close()]);
    expect(found.municipality).toHaveLength(121);
    expect(found.outbox).toHaveLength(142);
  });
});

type Row = Record<string, unknown>;

async function contents(database: NetworksDatabase): Promise<Record<(typeof tables)[number], Row[]>> {
  const found = {} as Record<(typeof tables)[number], Row[]>;
  for (const table of tables) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(database.reader);
    found[table] = rows
      .map((row) => ({ ...row }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return found;
}

interface Event {
  readonly topic: string;
  readonly payload: unknown;
}

function count(events: readonly Event[], topic: string): number {
  return events.filter((event) => event.topic === topic).length;
}

function payloadOf(events: readonly Event[], field: string, value: string): unknown {
  return events.map((event) => event.payload as Row).find((payload) => payload[field] === value);
}
