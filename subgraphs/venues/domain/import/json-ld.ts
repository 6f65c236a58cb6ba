import type { Text } from '../../../platform/text.ts';
import type { IsoInstant, TicketCount } from '../../../platform/units.ts';
import type { Image } from '../offering-facts.ts';
import { problem } from '../problem.ts';
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
import { assumedEnd, assumedMinutes, readMoment } from './when.ts';

type Thing = Readonly<Record<string, unknown>>;

const deepest = 8;

/** A programme as schema.org/Event in JSON-LD: one event, a list, a @graph, an ItemList, a series with its subEvents. */
export function readJsonLd(text: string): ReadFile {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return unreadable(problem('NOT_READABLE', 'file'));
  }
  const events: { readonly event: Thing; readonly series: Thing | null }[] = [];
  collect(document, null, events, 0);
  if (events.length === 0) return unreadable(problem('NO_EVENTS', 'file'));
  if (events.length > mostRows) return unreadable(problem('TOO_MANY', 'file', { most: mostRows }));
  const rows: ImportRow[] = [];
  const problems: RowProblem[] = [];
  for (const [index, { event, series }] of events.entries()) {
    const read = readEvent(event, series, index + 1);
    problems.push(...read.problems);
    if (read.row) rows.push(read.row);
  }
  return { rows, problems };
}

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const many = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const stringOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

function isEvent(thing: Thing): boolean {
  return many(thing['@type']).some(
    (type) =>
      typeof type === 'string' &&
      /^(https?:\/\/schema\.org\/)?\w*(Event|EventSeries|Festival|CourseInstance)$/.test(type),
  );
}

function collect(
  value: unknown,
  series: Thing | null,
  into: { readonly event: Thing; readonly series: Thing | null }[],
  depth: number,
): void {
  if (depth > deepest || into.length > mostRows) return;
  if (Array.isArray(value)) {
    for (const each of value) collect(each, series, into, depth + 1);
    return;
  }
  if (!isThing(value)) return;
  if (isEvent(value)) {
    const parts = many(value['subEvent']).filter(isThing);
    if (parts.length === 0) into.push({ event: value, series });
    else collect(parts, value, into, depth + 1);
    return;
  }
  for (const inner of ['@graph', 'itemListElement', 'item', 'mainEntity']) {
    collect(value[inner], series, into, depth + 1);
  }
}

function readEvent(
  event: Thing,
  parent: Thing | null,
  row: number,
): { readonly row: ImportRow | null; readonly problems: RowProblem[] } {
  if (stringOf(event['eventStatus'])?.endsWith('EventCancelled') === true) {
    return { row: null, problems: [atRow(row, problem('ROW_CANCELLED', 'eventStatus'))] };
  }
  const begins = stringOf(event['startDate']);
  const startsAt = begins === null ? null : readMoment(begins);
  if (startsAt === null) {
    return {
      row: null,
      problems: [atRow(row, problem(begins === null ? 'MISSING' : 'NOT_A_TIME', 'startDate'))],
    };
  }
  const ends = stringOf(event['endDate']);
  const end = ends === null ? lastingTo(startsAt, stringOf(event['duration'])) : readMoment(ends);
  if (end === null && ends !== null)
    return { row: null, problems: [atRow(row, problem('NOT_A_TIME', 'endDate'))] };
  const problems: RowProblem[] = [];
  if (end === null)
    problems.push(atRow(row, problem('END_ASSUMED', 'endDate', { minutes: assumedMinutes }), 'WARNING'));

  const language = languageOf(event) ?? (parent && languageOf(parent));
  const work =
    [parent, event['superEvent'], event['workPerformed'], event['workPresented']].find(isThing) ?? null;
  const title = textOf(event['name'], language) ??
    textOf(work?.['name'], language) ?? { fi: null, sv: null, en: null };
  const images = many(event['image'] ?? work?.['image']).map(imageOf);
  if (images.includes(null)) problems.push(atRow(row, problem('IMAGE_LEFT_OUT', 'image'), 'WARNING'));
  const [, ageFrom, ageTo] =
    /^(\d{1,3})(?:\s*[-–]\s*(\d{1,3})?)?/.exec(stringOf(event['typicalAgeRange']) ?? '') ?? [];
  const key = idOf(event);
  const workKey = work && idOf(work);
  const tickets = ticketsOf(event['maximumAttendeeCapacity']);
  return {
    problems,
    row: {
      row,
      key: key === null ? keyOfDate(startsAt, title) : `id:${key}`,
      date: {
        offeringKey: workKey === null ? keyOfTitle(title) : `id:${workKey}`,
        startsAt,
        endsAt: end ?? assumedEnd(startsAt),
        tickets,
        ticketBasis: tickets === null ? null : 'CAPACITY',
        cap: null,
      },
      offering: {
        title,
        description: textOf(event['description'], language) ?? textOf(work?.['description'], language),
        genres: [],
        languages: language === null ? [] : [language],
        ageFrom: ageFrom === undefined ? null : Number(ageFrom),
        ageTo: ageTo === undefined ? null : Number(ageTo),
        images: images.filter((image) => image !== null).slice(0, 5),
      },
    },
  };
}

const idOf = (thing: Thing): string | null => stringOf(thing['@id']) ?? stringOf(thing['identifier']);

function ticketsOf(value: unknown): TicketCount | null {
  const count = typeof value === 'string' ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 1_000_000
    ? count
    : null;
}

function languageOf(thing: Thing): string | null {
  const [first] = many(thing['inLanguage']);
  const code = isThing(first) ? stringOf(first['alternateName']) : stringOf(first);
  const [, language] = /^([a-z]{2,3})(?:-|$)/i.exec(code ?? '') ?? [];
  return language?.toLowerCase() ?? null;
}

/** A text, a text with its language, or several of them; without a language it is in that of the event, else Finnish. */
function textOf(value: unknown, language: string | null): Text | null {
  const text: { fi: string | null; sv: string | null; en: string | null } = { fi: null, sv: null, en: null };
  for (const each of many(value)) {
    const said = isThing(each) ? stringOf(each['@value']) : stringOf(each);
    const of =
      (isThing(each) ? stringOf(each['@language']) : null)?.slice(0, 2).toLowerCase() ?? language ?? 'fi';
    if (said !== null) text[of === 'sv' || of === 'en' ? of : 'fi'] ??= said;
  }
  return text.fi === null && text.sv === null && text.en === null ? null : text;
}

/** An image with a caption in all three languages; null: it says too little to be shown. */
function imageOf(value: unknown): Image | null {
  if (!isThing(value)) return null;
  const url = stringOf(value['url']) ?? stringOf(value['contentUrl']);
  const alt = textOf(value['caption'] ?? value['description'], null);
  const isWhole = alt !== null && alt.fi !== null && alt.sv !== null && alt.en !== null;
  return url?.startsWith('https://') === true && isWhole ? { url, alt } : null;
}

/** 'PT2H30M'. */
function lastingTo(startsAt: IsoInstant, duration: string | null): IsoInstant | null {
  const [, hours, minutes] =
    /^P(?:0D)?T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,2}S)?$/.exec(duration ?? '') ?? [];
  const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return total > 0 ? new Date(Date.parse(startsAt) + total * 60_000).toISOString() : null;
}
