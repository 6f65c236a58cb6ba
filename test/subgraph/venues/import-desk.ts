import { expect } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { registerGenres } from '../../../subgraphs/venues/service/register-venues.ts';
import type { TestEngine } from '../../support/databases.ts';
import { useDesk, type Answer, type Desk } from './desk.ts';

export interface Report {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly offeringsCreated: number;
  readonly offeringsChanged: number;
  readonly missingParts: readonly number[];
  readonly dates: readonly {
    row: number;
    action: string;
    performanceId: string;
    startsAt: string;
    fields: string[];
  }[];
  readonly problems: readonly { row: number; severity: string; code: string; field: string }[];
  readonly vanishedIds: readonly string[];
}

const mutation = `mutation ($input: ImportProgrammeInput!) { importProgramme(input: $input) {
  dryRun missingParts created changed unchanged offeringsCreated offeringsChanged vanishedIds
  dates { row action performanceId title { fi sv } startsAt fields }
  problems { row severity code field message { fi sv en } facts { name value } } } }`;

export const csv = `key,title,title_sv,date,start,end,tickets,ticket_basis,cap,genres,languages
a,Lumikuningatar,Snödrottningen,2026-12-04,18:30,20:30,300,CAPACITY,9,theatre,fi
b,Lumikuningatar,,5.12.2026,14.00,16.00,300,CAPACITY,9,,
c,Yökonsertti,,2026-12-31,23:00,01:00,,,20,,
`;
export const calendar = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//test//EN
BEGIN:VEVENT
UID:one@example.org
SUMMARY:Luento
SUMMARY;LANGUAGE=sv:Föreläsning
DTSTART;TZID=Europe/Helsinki:20261201T180000
DTEND;TZID=Europe/Helsinki:20261201T193000
END:VEVENT
BEGIN:VEVENT
UID:weekly@example.org
SUMMARY:Tanssi
DTSTART:20270324T160000Z
DTEND:20270324T170000Z
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE:20270331T160000Z
END:VEVENT
BEGIN:VEVENT
UID:weekly@example.org
RECURRENCE-ID:20270407T160000Z
SUMMARY:Tanssi
DTSTART:20270407T170000Z
DTEND:20270407T180000Z
END:VEVENT
END:VCALENDAR
`;
export const jsonLd = JSON.stringify({
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': 'TheaterEvent',
      '@id': 'https://example.org/e/1',
      name: [
        { '@value': 'Hamlet', '@language': 'fi' },
        { '@value': 'Hamlet (sv)', '@language': 'sv' },
      ],
      startDate: '2026-12-10T19:00:00+02:00',
      duration: 'PT2H30M',
      maximumAttendeeCapacity: 120,
      typicalAgeRange: '12-',
      inLanguage: 'fi',
      image: {
        url: 'https://example.org/h.jpg',
        caption: [
          { '@value': 'Näyttämö', '@language': 'fi' },
          { '@value': 'Scen', '@language': 'sv' },
          { '@value': 'Stage', '@language': 'en' },
        ],
      },
    },
    {
      '@type': 'EventSeries',
      '@id': 'https://example.org/s/1',
      name: 'Kekri',
      subEvent: [
        {
          '@type': 'Event',
          '@id': 'https://example.org/s/1/1',
          startDate: '2026-12-11T12:00',
          endDate: '2026-12-11T13:00',
        },
        { '@type': 'Event', '@id': 'https://example.org/s/1/2', startDate: '2026-12-12' },
      ],
    },
  ],
});

/** A desk that takes files. */
export interface ImportDesk {
  readonly desk: Desk;
  readonly sent: (changes: object, viewer?: Viewer) => Promise<Answer<Report>>;
  /** What must be no error. */
  readonly took: (text: string, changes?: object) => Promise<Report>;
  /** Registers the one genre of the sample. */
  readonly theatre: () => Promise<number>;
  /** Everything that an import may touch. */
  readonly stored: () => Promise<object>;
}

export function useImport(engine: TestEngine): ImportDesk {
  const desk = useDesk(engine);
  const sent: ImportDesk['sent'] = (changes, viewer) =>
    desk.asked<Report>(
      mutation,
      { venueId: desk.stage.venueId, format: 'CSV', dryRun: false, ...changes },
      viewer,
    );
  return {
    desk,
    sent,
    async took(text, changes = {}) {
      const { data, code } = await sent({ text, ...changes });
      expect(code).toBeUndefined();
      return data;
    },
    theatre: () =>
      registerGenres(desk.stage.database, [
        {
          id: newId(),
          key: 'theatre',
          parentId: null,
          name: { fi: 'Teatteri', sv: 'Teater', en: 'Theatre' },
        },
      ]),
    async stored() {
      const db = desk.stage.database.reader;
      return {
        offerings: await db.selectFrom('offering').selectAll().orderBy('id').execute(),
        facts: await db.selectFrom('offering_facts').selectAll().orderBy('offering_id').execute(),
        performances: await db.selectFrom('performance').selectAll().orderBy('id').execute(),
        ledger: await db
          .selectFrom('ledger')
          .selectAll()
          .orderBy('performance_id')
          .orderBy('sequence')
          .execute(),
        imported: await db.selectFrom('imported').selectAll().orderBy('external_key').execute(),
        outbox: (await db.selectFrom('outbox').selectAll().execute()).length,
      };
    },
  };
}
