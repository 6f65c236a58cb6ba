import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, onStage } from '../../store/venues/stage.ts';
import { create, move, publish, update, useOfferings } from './offerings-desk.ts';

describe.each(engines)('what a venue may not write, on $name', (engine) => {
  const { desk, asked, wish } = useOfferings(engine);
  const { events } = desk;

  it('only the own staff writes; others do not learn whether a thing exists', async () => {
    const { data } = await asked(create, wish());
    const performanceId = data.performances.nodes[0]!.id;
    const viewers: Viewer[] = [
      desk.stage.otherStaff,
      { role: 'NATIONAL' },
      { role: 'HOLDER', cardId: 'c' },
      { role: 'ANONYMOUS' },
    ];
    for (const viewer of viewers) {
      expect((await asked(create, wish(), viewer)).code).toBe('FORBIDDEN');
      expect((await asked(update, { offeringId: data.id, title: { fi: 'X' } }, viewer)).code).toBe(
        'FORBIDDEN',
      );
      expect((await asked(publish, { offeringId: data.id }, viewer)).code).toBe('FORBIDDEN');
      const to = { startsAt: '2026-12-02T16:00:00Z', endsAt: '2026-12-02T19:00:00Z' };
      expect((await asked(move, { performanceId, ...to }, viewer)).code).toBe('FORBIDDEN');
    }
    expect((await asked(publish, { offeringId: 'none' })).code).toBe('NOT_FOUND');
    expect((await asked(publish, { offeringId: 'none' }, { role: 'HOLDER', cardId: 'c' })).code).toBe(
      'FORBIDDEN',
    );
  });

  const date = { startsAt: '2026-12-01T16:30:00Z', endsAt: '2026-12-01T18:30:00Z' };
  const image = { url: 'https://example.org/a.jpg', alt: { fi: 'A', sv: 'A', en: 'A' } };
  const weekly = {
    weekdays: [1],
    times: [{ starts: '10:00', ends: '11:00' }],
    from: '2027-01-01',
    to: '2027-02-01',
  };
  it.each([
    ['MISSING', { title: { fi: ' ' } }],
    ['TOO_LONG', { title: { fi: 'x'.repeat(301) } }],
    ['NOT_A_TEXT', { title: { fi: 'a\u0000b' } }],
    ['ENDS_BEFORE_START', { performances: [{ ...date, endsAt: date.startsAt }] }],
    [
      'ALREADY_OVER',
      { performances: [{ startsAt: '2026-11-01T10:00:00Z', endsAt: '2026-11-01T12:00:00Z' }] },
    ],
    [
      'TOO_FAR_AWAY',
      { performances: [{ startsAt: '2126-11-01T10:00:00Z', endsAt: '2126-11-01T12:00:00Z' }] },
    ],
    ['OUT_OF_RANGE', { performances: [{ ...date, cap: -1 }] }],
    ['OUT_OF_RANGE', { ageFrom: 12, ageTo: 7 }],
    ['NOT_A_LANGUAGE', { languages: ['Finnish'] }],
    ['NOT_HTTPS', { images: [{ ...image, url: 'http://example.org/a.jpg' }] }],
    ['NOT_HTTPS', { images: [{ ...image, url: 'javascript:alert(1)' }] }],
    ['TEXT_ALTERNATIVE_MISSING', { images: [{ ...image, alt: { fi: 'A' } }] }],
    ['UNKNOWN_GENRE', { genreIds: ['polka'] }],
    ['WRONG_KIND', { kind: 'SERIES_PASS', terms: { seriesPass: { visits: 30, validDays: 9 } } }],
    ['WRONG_KIND', { terms: { seriesPass: { visits: 30, validDays: 9 } } }],
    [
      'PASS_WITHOUT_EXPIRY',
      { kind: 'SERIES_PASS', performances: null, terms: { seriesPass: { visits: 30 } } },
    ],
    ['NOTHING_IN_RULE', { recurring: { ...weekly, to: '2027-01-02' } }],
    [
      'TOO_MANY',
      { recurring: { ...weekly, weekdays: [1, 2, 3, 4, 5, 6, 7], from: '2027-01-01', to: '2028-12-31' } },
    ],
    ['NOT_A_TIME', { recurring: { ...weekly, times: [{ starts: '25:00', ends: '26:00' }] } }],
    ['NOT_COMPLETE', { performances: null, publish: true }],
    [
      'OVERLAPPING_HOURS',
      {
        kind: 'OPEN_ENTRY',
        performances: null,
        terms: {
          openingHours: [
            { weekday: 1, opens: '10:00', closes: '12:00' },
            { weekday: 1, opens: '11:00', closes: '13:00' },
          ],
        },
      },
    ],
    [
      'OUT_OF_RANGE',
      {
        kind: 'FEE_BENEFIT',
        performances: null,
        terms: { feeLimits: [{ fee: 'COPYING', perUseCents: 500, perYearCents: 100 }] },
      },
    ],
  ])('%s is BAD_INPUT with its code, and nothing is stored', async (problem, changes) => {
    const answer = await asked(create, wish(changes));
    expect([answer.code, answer.problem]).toEqual(['BAD_INPUT', problem]);
    expect(await desk.stage.database.reader.selectFrom('offering').selectAll().execute()).toEqual([]);
  });

  it('a swimming hall gives at least 30 visits', async () => {
    await desk.stage.database.write((trx) =>
      trx.updateTable('venue').set({ type: 'SWIMMING_HALL' }).where('id', '=', desk.stage.venueId).execute(),
    );
    const pass = (visits: number): object =>
      wish({
        kind: 'SERIES_PASS',
        performances: null,
        terms: { seriesPass: { visits, validUntil: '2027-12-31' } },
      });
    expect((await asked(create, pass(29))).problem).toBe('PASS_TOO_SHORT');
    expect((await asked(create, pass(30))).code).toBeUndefined();
  });

  it('moved, cancelled and redeemed at once, every event says where it was before', async () => {
    const performanceId = await onStage(desk.stage);
    const day = (of: number): object => ({
      performanceId,
      startsAt: `2026-12-0${of}T16:00:00.000Z`,
      endsAt: `2026-12-0${of}T19:00:00.000Z`,
    });
    await Promise.all([
      asked(move, day(1)),
      asked(move, day(2)),
      asked(move, day(3)),
      ...Array.from({ length: 5 }, () => atDoor(desk.stage, performanceId)),
    ]);
    const chain = (await events('performance.moved')) as {
      from: { startsAt: string };
      to: { startsAt: string };
    }[];
    expect(chain).toHaveLength(3);
    expect(chain.slice(1).map(({ from }) => from)).toEqual(chain.slice(0, -1).map(({ to }) => to));
    const cancel = `mutation ($input: CancelPerformanceInput!) { cancelPerformance(input: $input) { id } }`;
    const both = await Promise.all([asked(move, day(4)), asked(cancel, { performanceId })]);
    expect(['PERFORMANCE_CANCELLED', undefined]).toContain(both[0].problem);
    expect(both[1].code).toBeUndefined();
  });

  it('what is over or cancelled is not moved', async () => {
    const performanceId = await onStage(desk.stage);
    const to = { startsAt: '2026-12-02T16:00:00Z', endsAt: '2026-12-02T19:00:00Z' };
    expect((await asked(move, { performanceId, ...to, endsAt: to.startsAt })).problem).toBe(
      'ENDS_BEFORE_START',
    );
    desk.stage.clock.set('2026-11-23T10:00:00.000Z');
    expect((await asked(move, { performanceId, ...to })).problem).toBe('ALREADY_OVER');
    desk.stage.clock.set('2026-11-22T10:00:00.000Z');
    await asked(`mutation ($input: CancelPerformanceInput!) { cancelPerformance(input: $input) { id } }`, {
      performanceId,
    });
    expect((await asked(move, { performanceId, ...to })).problem).toBe('PERFORMANCE_CANCELLED');
  });
});
