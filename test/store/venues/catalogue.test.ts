import { CompiledQuery } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { registerGenres, registerVenues } from '../../../subgraphs/venues/service/register-venues.ts';
import { verifyLedger } from '../../../subgraphs/venues/service/verify-ledger.ts';
import { findCounters } from '../../../subgraphs/venues/store/ledger.ts';
import { findLedgers } from '../../../subgraphs/venues/store/ledger-rows.ts';
import { findNextPerformances, listOfferings } from '../../../subgraphs/venues/store/offerings.ts';
import { findVenues, listVenues } from '../../../subgraphs/venues/store/venues.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, newOffering, newPerformance, newVenue, onStage, openStage, type Stage } from './stage.ts';

const everything = { all: true } as const;

describe.each(engines)('the catalogue on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  it('a venue comes back as it was registered, and registering again changes nothing', async () => {
    const venue = newVenue(newId(), {
      name: { fi: 'Ääniala', sv: null, en: 'Sound Area' },
      kind: 'POP_UP',
      popUpPeriod: '2024-2025',
      municipalityId: null,
      locality: 'Helsinki',
      aliases: ['Toinen nimi'],
    });
    expect(await registerVenues(stage.database, [venue])).toBe(1);
    expect(await registerVenues(stage.database, [{ ...venue, source: 'changed' }])).toBe(0);
    expect(await findVenues(stage.database.reader, [venue.id])).toEqual([venue]);
  });

  it('two venues with one slug are an error, not a silent loss', async () => {
    const slug = 'same';
    await expect(
      registerVenues(stage.database, [newVenue(newId(), { slug }), newVenue(newId(), { slug })]),
    ).rejects.toThrow(/unique/i);
  });

  it('venues are listed in Finnish order and found by letters of any case', async () => {
    const named = (fi: string) => newVenue(newId(), { name: { fi, sv: null, en: null }, networkId: 'n' });
    await registerVenues(stage.database, ['Öljymäki', 'Aalto', 'Zetor-museo', 'Äänekoski'].map(named));
    const names = async (search?: string): Promise<(string | null)[]> =>
      (await listVenues(stage.database.reader, { networkId: 'n', search }, {})).items.map(
        ({ name }) => name.fi,
      );
    expect(await names()).toEqual(['Aalto', 'Zetor-museo', 'Äänekoski', 'Öljymäki']);
    expect(await names('ÄÄNE')).toEqual(['Äänekoski']);
    expect(await names('%')).toEqual([]);
  });

  it('a venue is found by a name that another list prints', async () => {
    const venue = newVenue(newId(), { aliases: ['KUMMA'] });
    await registerVenues(stage.database, [venue]);
    const { items } = await listVenues(stage.database.reader, { search: 'kumma' }, {});
    expect(items.map(({ id }) => id)).toEqual([venue.id]);
  });

  it('a new performance begins with its cap in the ledger, also under a known offering', async () => {
    const offering = newOffering(stage, { performances: [newPerformance(stage, { cap: 7 })] });
    const now = stage.clock.now();
    expect(await publishOfferings(stage.database, [offering], now)).toEqual({
      offerings: 1,
      performances: 1,
    });
    expect(await publishOfferings(stage.database, [offering], now)).toEqual({
      offerings: 0,
      performances: 0,
    });
    const added = newPerformance(stage, { cap: null });
    const grown = { ...offering, performances: [...offering.performances, added] };
    expect(await publishOfferings(stage.database, [grown], now)).toEqual({ offerings: 0, performances: 1 });
    const ids = grown.performances.map(({ id }) => id);
    const ledgers = await findLedgers(stage.database.reader, ids);
    expect(new Map(ledgers.map(({ performanceId, kind, cap }) => [performanceId, [kind, cap]]))).toEqual(
      new Map([
        [ids[0], ['CAP_SET', 7]],
        [ids[1], ['CAP_SET', null]],
      ]),
    );
    expect(await verifyLedger(stage.database)).toEqual({ performances: 2, entries: 2, faults: [] });
  });

  it('a season of 3 000 performances loads and verifies', async () => {
    const offerings = Array.from({ length: 150 }, () =>
      newOffering(stage, { performances: Array.from({ length: 20 }, () => newPerformance(stage)) }),
    );
    expect(await publishOfferings(stage.database, offerings, stage.clock.now())).toEqual({
      offerings: 150,
      performances: 3_000,
    });
    expect(await verifyLedger(stage.database)).toEqual({ performances: 3_000, entries: 3_000, faults: [] });
  });

  it('a genre finds the offerings of its sub-genres too', async () => {
    const [music, jazz] = [newId(), newId()];
    const name = { fi: 'x', sv: null, en: null };
    await registerGenres(stage.database, [
      { id: music, key: 'music', parentId: null, name },
      { id: jazz, key: 'jazz', parentId: music, name },
    ]);
    const offering = newOffering(stage, { genreIds: [jazz] });
    await publishOfferings(stage.database, [offering, newOffering(stage)], stage.clock.now());
    for (const genreId of [music, jazz]) {
      const page = await listOfferings(stage.database.reader, { genreId }, everything, {});
      expect(page.items.map(({ id }) => id)).toEqual([offering.id]);
    }
  });

  it('the next performance is the first that has not ended', async () => {
    const day = (date: string) =>
      newPerformance(stage, { startsAt: `${date}T16:00:00.000Z`, endsAt: `${date}T18:00:00.000Z` });
    const [over, next, later] = [day('2026-11-21'), day('2026-11-23'), day('2026-11-24')];
    const offering = newOffering(stage, { performances: [later, over, next] });
    await publishOfferings(stage.database, [offering], stage.clock.now());
    const now = stage.clock.now().toISOString();
    const found = await findNextPerformances(stage.database.reader, [offering.id], now);
    expect(found.map(({ id }) => id)).toEqual([next.id]);
  });

  describe('what somebody changes behind the ledger’s back is found', () => {
    it.each([
      ['the counter', 'update cap_counter set used = 0', 'COUNTER_DIFFERS'],
      ['the cap of the counter', 'update cap_counter set cap = 1000', 'COUNTER_DIFFERS'],
      ['an entry', "update ledger set used = 1, delta = 1 where kind = 'REDEEMED'", 'ENTRY_CHANGED'],
      ['the newest entry away', "delete from ledger where kind = 'REDEEMED'", 'COUNTER_DIFFERS'],
      ['a ticket line', 'update redemption_line set count = 3', 'REDEMPTION_DIFFERS'],
      ['a redemption’s status', "update redemption set status = 'CANCELLED'", 'REDEMPTION_DIFFERS'],
      ['everything of a ledger away', 'delete from ledger', 'LEDGER_EMPTY'],
    ])('%s', async (_, statement, code) => {
      const performanceId = await onStage(stage);
      await atDoor(stage, performanceId, {
        lines: [
          { type: 'HOLDER', count: 1 },
          { type: 'CHILD', count: 1 },
        ],
      });
      await stage.database.write((trx) => trx.executeQuery(CompiledQuery.raw(statement)));
      const { faults } = await verifyLedger(stage.database);
      expect(faults.map((fault) => fault.code)).toContain(code);
      expect(new Set(faults.map((fault) => fault.performanceId))).toEqual(new Set([performanceId]));
      expect(await findCounters(stage.database.reader, [performanceId])).toHaveLength(1);
    });
  });
});
