import ICAL from 'ical.js';
import { localDateTime } from '../../../platform/clock.ts';
import type { Text } from '../../../platform/text.ts';
import type { IsoInstant } from '../../../platform/units.ts';
import { problem, type Problem } from '../problem.ts';
import {
  atRow,
  keyOfDate,
  keyOfTitle,
  mostRows,
  unreadable,
  type ImportRow,
  type ReadFile,
  type RowProblem,
} from './row.ts';
import { occurrencesOf, type Occurrence } from './recurring.ts';
import { assumedEnd, assumedMinutes } from './when.ts';

/** A programme as iCalendar (RFC 5545): one VEVENT per date, or one with a recurrence. Times without a zone are Helsinki's. */
export function readCalendar(text: string): ReadFile {
  let events: readonly ICAL.Component[];
  try {
    const parsed = ICAL.parse(text) as unknown[];
    const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
    events = roots.flatMap((root) => new ICAL.Component(root as never).getAllSubcomponents('vevent'));
  } catch {
    return unreadable(problem('NOT_READABLE', 'file'));
  }
  if (events.length === 0) return unreadable(problem('NO_EVENTS', 'file'));
  if (events.length > mostRows) {
    return unreadable(problem('TOO_MANY', 'file', { most: mostRows, is: events.length }));
  }
  const exceptions = exceptionsByUid(events);
  const rows: ImportRow[] = [];
  const problems: RowProblem[] = [];
  for (const [index, event] of events.entries()) {
    if (event.hasProperty('recurrence-id') && exceptions.has(uidOf(event) ?? '')) continue;
    const read = readEvent(event, exceptions.get(uidOf(event) ?? '') ?? [], index + 1);
    rows.push(...read.rows);
    problems.push(...read.problems);
    if (rows.length > mostRows) return unreadable(problem('TOO_MANY', 'file', { most: mostRows }));
  }
  return { rows, problems };
}

const uidOf = (event: ICAL.Component): string | null => {
  const uid: unknown = event.getFirstPropertyValue('uid');
  return typeof uid === 'string' && uid !== '' ? uid : null;
};

/** The single dates that differ from their recurrence, where the file has the recurrence too. */
function exceptionsByUid(events: readonly ICAL.Component[]): Map<string, ICAL.Component[]> {
  const byUid = new Map<string, ICAL.Component[]>();
  for (const event of events) {
    const uid = uidOf(event);
    if (uid !== null && !event.hasProperty('recurrence-id')) byUid.set(uid, []);
  }
  for (const event of events) {
    if (event.hasProperty('recurrence-id')) byUid.get(uidOf(event) ?? '')?.push(event);
  }
  return byUid;
}

/** One event with all its dates. The parser reads values late, so whatever it throws is this event's problem. */
function readEvent(event: ICAL.Component, exceptions: readonly ICAL.Component[], row: number): ReadFile {
  try {
    const { occurrences, problems } = occurrencesOf(event, exceptions);
    const rows: ImportRow[] = [];
    const found = problems.map((each) =>
      atRow(row, each, each.code === 'RECURRENCE_CUT' ? 'WARNING' : 'ERROR'),
    );
    for (const occurrence of occurrences) {
      const read = readOccurrence(occurrence, row);
      if (read.row) rows.push(read.row);
      found.push(...read.problems);
    }
    return { rows, problems: found };
  } catch {
    return { rows: [], problems: [atRow(row, problem('NOT_READABLE', 'event'))] };
  }
}

function readOccurrence(
  { event, startsAt: start, endsAt: end, id }: Occurrence,
  row: number,
): { readonly row: ImportRow | null; readonly problems: RowProblem[] } {
  const status: unknown = event.getFirstPropertyValue('status');
  if (typeof status === 'string' && status.toUpperCase() === 'CANCELLED') {
    return { row: null, problems: [atRow(row, problem('ROW_CANCELLED', 'STATUS'))] };
  }
  const startsAt = start && instantOf(start, event, 'dtstart');
  if (typeof startsAt !== 'string') {
    return { row: null, problems: [atRow(row, startsAt ?? problem('MISSING', 'DTSTART'))] };
  }
  const given =
    end && end.compare(start) !== 0
      ? instantOf(end, event, event.hasProperty('dtend') ? 'dtend' : 'dtstart')
      : null;
  if (given !== null && typeof given !== 'string') return { row: null, problems: [atRow(row, given)] };
  const title = textsOf(event, 'summary') ?? { fi: null, sv: null, en: null };
  const uid = uidOf(event);
  return {
    problems:
      given === null
        ? [atRow(row, problem('END_ASSUMED', 'DTEND', { minutes: assumedMinutes }), 'WARNING')]
        : [],
    row: {
      row,
      key: uid === null ? keyOfDate(startsAt, title) : `uid:${uid}${id === null ? '' : `/${id}`}`,
      date: {
        offeringKey: keyOfTitle(title),
        startsAt,
        endsAt: given ?? assumedEnd(startsAt),
        tickets: null,
        ticketBasis: null,
        cap: null,
      },
      offering: {
        title,
        description: textsOf(event, 'description'),
        genres: [],
        languages: [],
        ageFrom: null,
        ageTo: null,
        images: [],
      },
    },
  };
}

/** Zones that show what a Helsinki clock shows. */
const helsinki = new Set(['europe/helsinki', 'europe/mariehamn', 'fle standard time']);

function instantOf(time: ICAL.Time, event: ICAL.Component, property: string): IsoInstant | Problem {
  if (time.isDate) return problem('NOT_A_TIME', property.toUpperCase());
  const two = (value: number): string => String(value).padStart(2, '0');
  const isUtc = time.zone === ICAL.Timezone.utcTimezone;
  const tzid: unknown = event.getFirstProperty(property)?.getParameter('tzid');
  if (!isUtc && (typeof tzid !== 'string' || helsinki.has(tzid.toLowerCase().replace(/^\//, '')))) {
    return localDateTime(
      `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`,
      `${two(time.hour)}:${two(time.minute)}`,
    );
  }
  // A zone of the file's own: only when the file says what it means.
  if (!isUtc && time.zone === ICAL.Timezone.localTimezone)
    return problem('UNKNOWN_TIME_ZONE', property.toUpperCase());
  return new Date(time.toUnixTime() * 1000).toISOString();
}

/** The property in each language that the file has; without a language it is Finnish. */
function textsOf(event: ICAL.Component, name: string): Text | null {
  const text: { fi: string | null; sv: string | null; en: string | null } = { fi: null, sv: null, en: null };
  for (const property of event.getAllProperties(name)) {
    const language: unknown = property.getParameter('language');
    const value: unknown = property.getFirstValue();
    const key = typeof language === 'string' ? language.slice(0, 2).toLowerCase() : 'fi';
    if (typeof value === 'string' && value.trim() !== '' && (key === 'fi' || key === 'sv' || key === 'en')) {
      text[key] ??= value.trim();
    }
  }
  return text.fi === null && text.sv === null && text.en === null ? null : text;
}
