import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { registerGenres } from '../../../subgraphs/venues/service/register-venues.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, onStage, said } from '../../store/venues/stage.ts';
import { ask } from './graph.ts';
import { create, move, publish, unpublish, update, useOfferings } from './offerings-desk.ts';

describe.each(engines)('what a venue gives, on $name', (engine) => {
  const { desk, asked, wish } = useOfferings(engine);
  const { events } = desk;

  it('a production is a draft with counters until it is published, and hidden again when it is not', async () => {
    const genre = newId();
    await registerGenres(desk.stage.database, [
      { id: genre, key: 'jazz', parentId: null, name: { fi: 'Jazz', sv: 'Jazz', en: 'Jazz' } },
    ]);
    const input = wish({
      genreIds: [genre],
      ageFrom: 7,
      languages: ['fi', 'sme'],
      images: [{ url: 'https://example.org/a.jpg', alt: { fi: 'Näyttämö', sv: 'Scenen', en: 'The stage' } }],
    });
    const { data } = await asked(create, input);
    expect(data).toMatchObject({
      state: 'DRAFT',
      published: false,
      ageFrom: 7,
      ageTo: null,
      languages: ['fi', 'sme'],
      images: [{ url: 'https://example.org/a.jpg', alt: { sv: 'Scenen' } }],
      genres: [{ key: 'jazz' }],
      performances: { totalCount: 1, nodes: [{ tickets: 300, capCounter: { cap: 9, used: 0 } }] },
    });
    const seen = async (): Promise<object> =>
      (await ask(desk.subgraph, `query ($id: ID!) { offering(id: $id) { state } }`, { id: data.id })).data;
    expect(await seen()).toEqual({ offering: null });
    expect((await asked(publish, { offeringId: data.id })).data.state).toBe('PUBLISHED');
    expect(await seen()).toEqual({ offering: { state: 'PUBLISHED' } });
    expect((await asked(unpublish, { offeringId: data.id })).data.state).toBe('UNPUBLISHED');
    expect((await asked(unpublish, { offeringId: data.id })).data.state).toBe('UNPUBLISHED');
    expect(await events('offering.published')).toHaveLength(1);
    expect(await events('offering.unpublished')).toEqual([
      { offeringId: data.id, venueId: desk.stage.venueId, kind: 'PRODUCTION' },
    ]);
  });

  it('the same request twice, also at once, is one offering; the same id for another wish is an error', async () => {
    const input = wish();
    const answers = await Promise.all([asked(create, input), asked(create, input), asked(create, input)]);
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(answers[0]!.data.performances.totalCount).toBe(1);
    expect((await asked(create, { ...input, title: { fi: 'Toinen' } })).code).toBe('REQUEST_ID_REUSED');
  });

  it('a weekly rule becomes dates in Helsinki time, across the change of the clocks, without the excepted day', async () => {
    const recurring = {
      weekdays: [5, 6],
      times: [
        { starts: '18:30', ends: '20:30' },
        { starts: '22:00', ends: '00:30' },
      ],
      from: '2027-03-25',
      to: '2027-04-03',
      except: ['2027-03-27'],
      cap: 20,
    };
    const { data } = await asked(create, wish({ performances: [], recurring }));
    expect(data.performances.nodes.map(({ startsAt }) => startsAt)).toEqual([
      '2027-03-26T16:30:00.000Z',
      '2027-03-26T20:00:00.000Z',
      '2027-04-02T15:30:00.000Z',
      '2027-04-02T19:00:00.000Z',
      '2027-04-03T15:30:00.000Z',
      '2027-04-03T19:00:00.000Z',
    ]);
    expect(data.performances.nodes[1]).toMatchObject({
      endsAt: '2027-03-26T22:30:00.000Z',
      capCounter: { cap: 20 },
    });
    const add = `mutation ($input: AddPerformancesInput!) { addPerformances(input: $input) { id startsAt } }`;
    const more = {
      offeringId: data.id,
      requestId: newId(),
      recurring: { ...recurring, from: '2027-04-05', to: '2027-04-11', except: [] },
    };
    const [first, second] = [await asked(add, more), await asked(add, more)];
    expect(first.data).toHaveLength(4);
    expect(second.data).toEqual(first.data);
  });

  it('a course is one performance over its sessions; what is over the ceiling the holder pays; moved sessions are told', async () => {
    const session = (day: string): object => ({
      startsAt: `2027-01-${day}T15:00:00Z`,
      endsAt: `2027-01-${day}T17:00:00Z`,
    });
    const course = {
      sessions: [session('11'), session('18')],
      enrolTo: '2027-01-05T00:00:00Z',
      feeCents: 6000,
      feeCeilingCents: 2500,
      places: 12,
    };
    const { data } = await asked(
      create,
      wish({ kind: 'COURSE', performances: null, terms: { course }, courseCap: 3, publish: true }),
    );
    expect(data).toMatchObject({
      state: 'PUBLISHED',
      course: { feeCents: 6000, feeCeilingCents: 2500, holderPaysCents: 3500, places: 12 },
      performances: {
        nodes: [
          {
            startsAt: '2027-01-11T15:00:00.000Z',
            endsAt: '2027-01-18T17:00:00.000Z',
            tickets: 12,
            capCounter: { cap: 3 },
          },
        ],
      },
    });
    const performanceId = data.performances.nodes[0]!.id;
    expect(said(await atDoor(desk.stage, performanceId))).toBe('VALID');
    const moved = await asked(update, {
      offeringId: data.id,
      terms: { course: { ...course, sessions: [session('12')] } },
    });
    expect(moved.data.performances.nodes).toMatchObject([
      { id: performanceId, startsAt: '2027-01-12T15:00:00.000Z', capCounter: { cap: 3, used: 1 } },
    ]);
    expect(await events('redemption.moved')).toHaveLength(1);
  });

  it('open entry has hours and exceptions, a pass its visits, a library its limits in cents', async () => {
    const note = { fi: 'Joulu', sv: 'Jul', en: 'Christmas' };
    const open = await asked(
      create,
      wish({
        kind: 'OPEN_ENTRY',
        performances: null,
        terms: {
          openingHours: [{ weekday: 2, opens: '10:00', closes: '18:00' }],
          openingExceptions: [{ date: '2026-12-25', note }],
        },
        publish: true,
      }),
    );
    expect(open.data).toMatchObject({
      openingHours: [{ weekday: 2, opens: '10:00', closes: '18:00' }],
      openingExceptions: [{ date: '2026-12-25', opens: null }],
    });
    const pass = await asked(
      create,
      wish({
        kind: 'SERIES_PASS',
        performances: null,
        terms: { seriesPass: { visits: 30, validDays: 365 } },
        publish: true,
      }),
    );
    expect(pass.data).toMatchObject({
      state: 'PUBLISHED',
      seriesPass: { visits: 30, validDays: 365, validUntil: null },
    });
    const feeLimits = [
      { fee: 'INTERLIBRARY_LOAN', perUseCents: 800, perYearCents: 2400 },
      { fee: 'COPYING', perUseCents: 100 },
    ];
    const fee = await asked(
      create,
      wish({ kind: 'FEE_BENEFIT', performances: null, terms: { feeLimits }, publish: true }),
    );
    const shown = await ask(
      desk.subgraph,
      `query ($id: ID!) { offering(id: $id) { feeLimits { fee perUseCents perYearCents } } }`,
      { id: fee.data.id },
    );
    expect(shown.data).toEqual({
      offering: { feeLimits: [feeLimits[0], { ...feeLimits[1], perYearCents: null }] },
    });
  });

  it('everyone with a ticket can be told of a moved performance: ids, the old time and the new', async () => {
    const performanceId = await onStage(desk.stage);
    for (const card of ['a', 'b'])
      expect(said(await atDoor(desk.stage, performanceId, { card }))).toBe('VALID');
    const to = { startsAt: '2026-11-25T16:00:00.000Z', endsAt: '2026-11-25T19:00:00.000Z' };
    expect((await asked(move, { performanceId, ...to })).data).toMatchObject(to);
    expect((await asked(move, { performanceId, ...to })).code).toBeUndefined();
    const from = { startsAt: '2026-11-22T16:00:00.000Z', endsAt: '2026-11-22T19:00:00.000Z' };
    expect(await events('performance.moved')).toMatchObject([
      { performanceId, venueId: desk.stage.venueId, from, to },
    ]);
    expect(
      (await events('redemption.moved')).map((each) => (each as { cardId: string }).cardId).sort(),
    ).toEqual(['a', 'b']);
    expect(said(await atDoor(desk.stage, performanceId))).toBe('VALID');
  });
});
