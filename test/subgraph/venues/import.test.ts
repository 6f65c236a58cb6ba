import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { atDoor, said } from '../../store/venues/stage.ts';
import { calendar, csv, jsonLd, useImport } from './import-desk.ts';

describe.each(engines)('a season from a file, on $name', (engine) => {
  const { desk, took, theatre, stored } = useImport(engine);
  const { events } = desk;

  it('a dry run tells what a CSV would do and does nothing; then it is done; then the same file changes nothing', async () => {
    await theatre();
    const empty = await stored();
    const dry = await took(csv, { dryRun: true });
    expect(dry).toMatchObject({ created: 3, changed: 0, unchanged: 0, offeringsCreated: 2, problems: [] });
    expect(await stored()).toEqual(empty);
    const first = await took(csv, { publish: true });
    expect(first.dates).toEqual(dry.dates);
    expect(first.dates.map(({ startsAt }) => startsAt)).toEqual([
      '2026-12-04T16:30:00.000Z',
      '2026-12-05T12:00:00.000Z',
      '2026-12-31T21:00:00.000Z',
    ]);
    const after = await stored();
    expect(await events('offering.published')).toHaveLength(2);
    desk.stage.clock.advance(60_000);
    expect(await took(csv)).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 3,
      offeringsCreated: 0,
      offeringsChanged: 0,
      vanishedIds: [],
    });
    expect(await stored()).toEqual(after);
    expect(said(await atDoor(desk.stage, first.dates[0]!.performanceId))).toBe('VALID');
  });

  it('what the file says anew is changed and told; what the desk has changed stays; what vanished is listed', async () => {
    await theatre();
    const { dates } = await took(csv, { publish: true });
    const [a, b, c] = dates.map(({ performanceId }) => performanceId);
    expect(said(await atDoor(desk.stage, a!, { card: 'card' }))).toBe('VALID');
    const setCap = `mutation ($input: SetCapInput!) { setCap(input: $input) { __typename } }`;
    await graphql({
      schema: desk.subgraph.schema,
      source: setCap,
      variableValues: { input: { performanceId: b, cap: 12 } },
      contextValue: desk.subgraph.context(desk.stage.staff, 'test'),
    });
    const [header, lineA, lineB] = csv.split('\n');
    const next = [
      header,
      lineA!.replace('18:30,20:30', '19:00,21:00').replace('Snödrottningen', 'Drottningen'),
      lineB!.replace('300', '310'),
    ].join('\n');
    const report = await took(next);
    expect(report).toMatchObject({
      created: 0,
      changed: 2,
      unchanged: 0,
      offeringsChanged: 1,
      vanishedIds: [c],
    });
    expect(report.dates.map(({ fields }) => fields)).toEqual([['startsAt', 'endsAt'], ['tickets']]);
    expect(await events('redemption.moved')).toMatchObject([
      {
        cardId: 'card',
        from: { startsAt: '2026-12-04T16:30:00.000Z' },
        to: { startsAt: '2026-12-04T17:00:00.000Z' },
      },
    ]);
    const counters = await desk.stage.database.reader
      .selectFrom('cap_counter')
      .select(['performance_id', 'cap'])
      .execute();
    expect(counters.find(({ performance_id }) => performance_id === b)?.cap).toBe(12);
    expect(await took(next)).toMatchObject({ changed: 0, unchanged: 2 });
    const low = await took(
      [
        header,
        lineA!
          .replace('18:30,20:30', '19:00,21:00')
          .replace('Snödrottningen', 'Drottningen')
          .replace(',9,', ',0,'),
      ].join('\n'),
    );
    expect(low.problems).toMatchObject([{ row: 2, code: 'CAP_BELOW_USED', severity: 'ERROR' }]);
  });

  it('iCalendar: zones, languages, a recurrence with an exception and a moved date, and twice is once', async () => {
    const report = await took(calendar, { format: 'ICALENDAR' });
    expect(report.problems).toEqual([]);
    expect(report.dates.map(({ startsAt }) => startsAt)).toEqual([
      '2026-12-01T16:00:00.000Z',
      '2027-03-24T16:00:00.000Z',
      '2027-04-07T17:00:00.000Z',
    ]);
    expect(report.dates[0]).toMatchObject({ title: { fi: 'Luento', sv: 'Föreläsning' } });
    expect(await took(calendar, { format: 'ICALENDAR' })).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 3,
    });
  });

  it('JSON-LD: a graph, a series, a duration, an image with its texts; a day without a time is its own problem', async () => {
    const report = await took(jsonLd, { format: 'JSON_LD', publish: true });
    expect(report).toMatchObject({
      created: 2,
      offeringsCreated: 2,
      problems: [{ row: 3, code: 'NOT_A_TIME', field: 'startDate' }],
    });
    const { data } = await graphql({
      schema: desk.subgraph.schema,
      source: `{ offerings { nodes { title { fi } ageFrom ageTo languages images { url } performances { nodes { endsAt tickets } } } } }`,
      contextValue: desk.subgraph.context({ role: 'ANONYMOUS' }, 'test'),
    });
    expect(data).toMatchObject({
      offerings: {
        nodes: [
          {
            title: { fi: 'Hamlet' },
            ageFrom: 12,
            ageTo: null,
            languages: ['fi'],
            images: [{ url: 'https://example.org/h.jpg' }],
            performances: { nodes: [{ endsAt: '2026-12-10T19:30:00.000Z', tickets: 120 }] },
          },
          { title: { fi: 'Kekri' } },
        ],
      },
    });
    expect(await took(jsonLd, { format: 'JSON_LD' })).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
  });
});
