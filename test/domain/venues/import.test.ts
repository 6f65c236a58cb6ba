import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvProgramme } from '../../../subgraphs/venues/domain/import/csv.ts';
import { readCalendar } from '../../../subgraphs/venues/domain/import/icalendar.ts';
import { readJsonLd } from '../../../subgraphs/venues/domain/import/json-ld.ts';
import { checkRows, mostRows, type ReadFile } from '../../../subgraphs/venues/domain/import/row.ts';

const calendarOf = (lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const eventOf = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function expectRows(file: ReadFile): void {
  const { rows, problems } = checkRows(file);
  for (const { date, row } of rows) {
    expect(date.startsAt).toMatch(moment);
    expect(date.startsAt < date.endsAt).toBe(true);
    expect(row).toBeGreaterThan(0);
  }
  expect(rows.length).toBeLessThanOrEqual(mostRows);
  expect(rows.length + problems.length).toBeGreaterThan(0);
}

describe('a file of a programme', () => {
  it('whatever a recurrence says, it ends: with dates, or with what is wrong', () => {
    const part = fc.constantFrom(
      'BYDAY=MO,SU',
      'BYDAY=-1FR',
      'BYDAY=5MO',
      'BYDAY=9TU',
      'BYMONTHDAY=31',
      'BYMONTHDAY=13',
      'BYMONTH=2',
      'BYSETPOS=3',
      'COUNT=0',
      'COUNT=7',
      'COUNT=999999999',
      'UNTIL=20270101T000000Z',
      'UNTIL=20200101',
      'UNTIL=99991231T000000Z',
      'INTERVAL=0',
      'INTERVAL=7',
      'INTERVAL=400',
      'WKST=SU',
    );
    const frequency = fc.constantFrom('SECONDLY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'NEVER');
    fc.assert(
      fc.property(frequency, fc.uniqueArray(part, { maxLength: 4 }), fc.boolean(), (freq, parts, isUtc) => {
        const start = isUtc ? 'DTSTART:20261205T100000Z' : 'DTSTART;TZID=Europe/Helsinki:20280229T100000';
        const rule = `RRULE:${[`FREQ=${freq}`, ...parts].join(';')}`;
        expectRows(readCalendar(calendarOf(eventOf('UID:u', 'SUMMARY:S', start, rule))));
      }),
      { numRuns: 300 },
    );
  });

  it('whatever is damaged in iCalendar, CSV or JSON-LD, the rest are rows and problems', () => {
    const json = {
      '@type': 'Event',
      '@id': 'x',
      name: ['a', { '@value': 'b', '@language': 'sv' }],
      startDate: '2026-12-01T10:00',
      subEvent: [],
    };
    const files = [
      [
        readCalendar,
        calendarOf([
          ...eventOf(
            'UID:u',
            'SUMMARY:S',
            'DTSTART:20261205T100000Z',
            'DURATION:PT1H',
            'RRULE:FREQ=WEEKLY;COUNT=4',
            'EXDATE:20261212T100000Z',
          ),
          ...eventOf(
            'SUMMARY:T',
            'DTSTART;TZID=Europe/Helsinki:20261205T100000',
            'DTEND;TZID=Europe/Helsinki:20261205T120000',
          ),
        ]),
      ],
      [
        readCsvProgramme,
        'key;title;date;start;end;cap\na;"T";2026-12-01;18:00;20:00;5\nb;U;1.12.2026;18.00;;\n',
      ],
      [readJsonLd, JSON.stringify([json, { '@graph': [json] }])],
    ] as const;
    const cut = fc.record({
      file: fc.constantFrom(...files),
      from: fc.nat(600),
      length: fc.nat(30),
      by: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('\r\n', '"', ';', 'T99', '00000000', '[]', 'null', 'BEGIN:VEVENT\r\n'),
      ),
    });
    fc.assert(
      fc.property(cut, ({ file: [read, text], from, length, by }) => {
        const at = from % text.length;
        expectRows(read(text.slice(0, at) + by + text.slice(at + length)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('a zone that the file explains is used; a whole day is no time', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Plus5',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0500',
      'TZOFFSETTO:+0500',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const { rows, problems } = readCalendar(
      calendarOf([
        ...zone,
        ...eventOf(
          'UID:a',
          'SUMMARY:A',
          'DTSTART;TZID=Plus5:20261205T150000',
          'DTEND;TZID=Plus5:20261205T160000',
        ),
        ...eventOf('UID:b', 'SUMMARY:B', 'DTSTART;VALUE=DATE:20261205'),
      ]),
    );
    expect(rows.map(({ date }) => date.startsAt)).toEqual(['2026-12-05T10:00:00.000Z']);
    expect(problems).toMatchObject([{ row: 2, code: 'NOT_A_TIME' }]);
  });

  it('a JSON-LD nested without end, a CSV of one endless line and too many rows are refused', () => {
    expect(readJsonLd('['.repeat(80_000)).problems[0]?.code).toBe('NOT_READABLE');
    expect(readJsonLd(`${'['.repeat(5_000)}${']'.repeat(5_000)}`).problems[0]?.code).toBe('NO_EVENTS');
    expectRows(readCsvProgramme(`title,date,start\n${'x'.repeat(200_000)}`));
    const many = `title,date,start\n${'T,2026-12-01,10:00\n'.repeat(mostRows + 1)}`;
    expect(readCsvProgramme(many).problems).toMatchObject([{ row: 0, code: 'TOO_MANY' }]);
  });
});
