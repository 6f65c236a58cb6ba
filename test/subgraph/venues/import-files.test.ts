import { performance as stopwatch } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { engines } from '../../support/databases.ts';
import { calendar, csv, jsonLd, useImport } from './import-desk.ts';

describe.each(engines)('files that are wrong, long or sent twice, on $name', (engine) => {
  const { desk, sent, took, theatre, stored } = useImport(engine);

  it('every row that is wrong is told with its number, code and words; the others are taken', async () => {
    const text = `key;title;date;start;end;cap;genres;colour
a;Hyvä;2026-12-01;18:00;20:00;5;;red
b;;2026-12-01;18:00;20:00;5;;
c;Päivä;2026-02-30;18:00;20:00;5;;
d;Aika;2026-12-01;25:00;20:00;5;;
e;Luku;2026-12-01;18:00;20:00;viisi;;
f;Laji;2026-12-01;18:00;20:00;5;polka;
a;Kaksi;2026-12-02;18:00;20:00;5;;
g;Mennyt;2026-11-01;18:00;20:00;5;;
h;Loppu;2026-12-03;18:00;;5;;
`;
    const report = await took(text);
    expect(report.created).toBe(2);
    expect(report.problems.map(({ row, code, severity }) => [row, code, severity])).toEqual([
      [1, 'UNKNOWN_COLUMN', 'WARNING'],
      [3, 'MISSING', 'ERROR'],
      [4, 'NOT_A_DATE', 'ERROR'],
      [5, 'NOT_A_TIME', 'ERROR'],
      [6, 'NOT_A_NUMBER', 'ERROR'],
      [7, 'UNKNOWN_GENRE', 'ERROR'],
      [8, 'DUPLICATE_KEY', 'ERROR'],
      [9, 'ALREADY_OVER', 'WARNING'],
      [10, 'END_ASSUMED', 'WARNING'],
    ]);
  });

  const broken: readonly (readonly [string, string, string])[] = [
    ['CSV', '', 'NO_EVENTS'],
    ['CSV', 'nimi,pvm\nx,y', 'MISSING'],
    ['ICALENDAR', 'BEGIN:VCALENDAR\nBEGIN:VEVENT', 'NOT_READABLE'],
    ['ICALENDAR', 'BEGIN:VCALENDAR\nEND:VCALENDAR', 'NO_EVENTS'],
    ['ICALENDAR', calendar.replaceAll('FREQ=WEEKLY', 'FREQ=SECONDLY'), 'UNSUPPORTED_RECURRENCE'],
    [
      'ICALENDAR',
      calendar.replaceAll('FREQ=WEEKLY;COUNT=3', 'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2'),
      'UNSUPPORTED_RECURRENCE',
    ],
    ['ICALENDAR', calendar.replaceAll('COUNT=3', 'BYDAY=WE'), 'RECURRENCE_CUT'],
    ['ICALENDAR', calendar.replaceAll('Europe/Helsinki', 'Mars/Olympus'), 'UNKNOWN_TIME_ZONE'],
    ['ICALENDAR', calendar.replace('SUMMARY:Luento', 'STATUS:CANCELLED\nSUMMARY:Luento'), 'ROW_CANCELLED'],
    ...[
      'DAILY;INTERVAL=7;BYDAY=MO',
      'MONTHLY;BYDAY=6MO',
      'WEEKLY;BYDAY=2MO',
      'YEARLY',
      'WEEKLY;BYHOUR=25',
    ].map((rule): readonly [string, string, string] => [
      'ICALENDAR',
      calendar.replaceAll('FREQ=WEEKLY;COUNT=3', `FREQ=${rule}`),
      rule.endsWith('25') ? 'NOT_READABLE' : 'UNSUPPORTED_RECURRENCE',
    ]),
    ['JSON_LD', '{', 'NOT_READABLE'],
    ['JSON_LD', '{"@type":"Person","name":"x"}', 'NO_EVENTS'],
  ];
  it.each(broken.map(([format, text, code]) => ({ format, text, code })))(
    'a $format file that cannot be used says $code',
    async ({ format, text, code }) => {
      const { problems } = await took(text, { format });
      expect(problems.map((each) => each.code)).toContain(code);
    },
  );

  it('a long file comes in parts, in any order, and is done after its dry run without being sent again', async () => {
    await theatre();
    const half = csv.indexOf('Yökonsertti');
    const id = newId();
    const second = await took(csv.slice(half), { dryRun: true, upload: { id, part: 2, parts: 2 } });
    expect(second).toMatchObject({ missingParts: [1], created: 0 });
    expect(await took(csv.slice(0, half), { dryRun: true, upload: { id, part: 1, parts: 2 } })).toMatchObject(
      { missingParts: [], created: 3 },
    );
    expect((await sent({ upload: { id } })).data).toMatchObject({ created: 3 });
    expect((await sent({ upload: { id } })).code).toBe('BAD_INPUT');
    const other = newId();
    await took('key', { upload: { id: other, part: 1, parts: 2 } });
    expect((await sent({ text: 'x', upload: { id: other, part: 3, parts: 3 } })).code).toBe('BAD_INPUT');
    expect((await sent({ upload: { id: other } }, desk.stage.otherStaff)).code).toBe('FORBIDDEN');
    desk.stage.clock.advance(3_700_000);
    await took('key', { upload: { id: newId(), part: 1, parts: 2 } });
    expect((await sent({ upload: { id: other } })).code).toBe('BAD_INPUT');
    expect((await sent({ text: 'x'.repeat(90_001) })).code).toBe('BAD_INPUT');
    expect((await sent({})).code).toBe('BAD_INPUT');
  });

  it('the same file three times at once is taken once', async () => {
    await theatre();
    const reports = await Promise.all([took(csv), took(csv), took(csv)]);
    expect(reports.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([0, 0, 3]);
    expect(reports.map(({ unchanged }) => unchanged).toSorted((a, b) => a - b)).toEqual([0, 3, 3]);
  });

  it('only the staff of the venue imports', async () => {
    for (const viewer of [desk.stage.otherStaff, { role: 'NATIONAL' }, { role: 'ANONYMOUS' }] as Viewer[]) {
      expect((await sent({ text: csv }, viewer)).code).toBe('FORBIDDEN');
    }
  });

  it('500 performances of a cinema are taken, and taken again without a change', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => {
      const day = String((index % 28) + 1).padStart(2, '0');
      return `${index},Elokuva ${index % 25},2027-0${1 + (index % 9)}-${day},${10 + (index % 12)}:00,${12 + (index % 11)}:30,120,CAPACITY,${4 + (index % 5)}`;
    });
    const text = `key,title,date,start,end,tickets,ticket_basis,cap\n${lines.join('\n')}\n`;
    const timed = async (name: string, wanted: object): Promise<void> => {
      const began = stopwatch.now();
      expect(await took(text)).toMatchObject(wanted);
      console.log(`${engine.name}: 500 performances, ${name}: ${Math.round(stopwatch.now() - began)} ms`);
    };
    await timed('new', { created: 500, problems: [] });
    await timed('again', { created: 0, changed: 0, unchanged: 500 });
  });

  it('whatever the file: importing it twice is importing it once, and a broken one is rows with problems', async () => {
    const cell = fc.constantFrom(
      'a',
      'b',
      '',
      'Näytelmä',
      '2026-12-01',
      '18:00',
      '7',
      '-1',
      '"',
      '\u0000',
      '🎭',
      'x'.repeat(400),
    );
    const row = fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(','));
    const table = fc
      .array(row, { maxLength: 6 })
      .map((rows) => ['key,title,date,start,end,cap', 'k,T,2026-12-01,18:00,20:00,3', ...rows].join('\n'));
    const damaged = (format: string, text: string): fc.Arbitrary<{ format: string; text: string }> =>
      fc
        .record({
          from: fc.nat(text.length),
          length: fc.nat(40),
          by: fc.constantFrom('', '\n', '"', 'Ä', '9999999999', ';', '{}', 'null'),
        })
        .map(({ from, length, by }) => ({
          format,
          text: text.slice(0, from) + by + text.slice(from + length),
        }));
    const file = fc.oneof(
      table.map((text) => ({ format: 'CSV', text })),
      damaged('CSV', csv),
      damaged('ICALENDAR', calendar),
      damaged('JSON_LD', jsonLd),
      fc.string().map((text) => ({ format: 'JSON_LD', text })),
      fc.json().map((text) => ({ format: 'JSON_LD', text })),
    );
    await fc.assert(
      fc.asyncProperty(file, async ({ format, text }) => {
        const first = await sent({ format, text });
        expect(['BAD_INPUT', undefined]).toContain(first.code);
        if (first.code !== undefined) return;
        const before = await stored();
        expect(await took(text, { format })).toMatchObject({
          created: 0,
          changed: 0,
          offeringsCreated: 0,
          offeringsChanged: 0,
        });
        expect(await stored()).toEqual(before);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
