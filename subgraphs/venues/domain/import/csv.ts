import { parse } from 'csv-parse/sync';
import { addDays, localDateTime } from '../../../platform/clock.ts';
import type { LocalDate } from '../../../platform/units.ts';
import type { Image } from '../offering-facts.ts';
import { problem, type Problem } from '../problem.ts';
import type { TicketBasis } from '../words.ts';
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
import { assumedEnd, assumedMinutes, readDate, readTime } from './when.ts';

export const csvColumns = [
  'key',
  'offering',
  'title',
  'title_sv',
  'title_en',
  'description',
  'description_sv',
  'description_en',
  'date',
  'start',
  'end',
  'tickets',
  'ticket_basis',
  'cap',
  'genres',
  'languages',
  'age_from',
  'age_to',
  'image_url',
  'image_alt',
  'image_alt_sv',
  'image_alt_en',
] as const;
type Column = (typeof csvColumns)[number];
type Cells = Readonly<Partial<Record<Column, string>>>;

/** A programme as a table: a header with names of columns, one date per line; commas, semicolons or tabs between them. */
export function readCsvProgramme(text: string): ReadFile {
  const problems: RowProblem[] = [];
  const records = parse(text, {
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    delimiter: delimiterOf(text),
    max_record_size: 100_000,
    skip_records_with_error: true,
    on_skip: (error) => {
      const line = Number(error?.['lines'] ?? 0);
      problems.push(atRow(line, problem('NOT_READABLE', 'row', { line })));
      return undefined;
    },
  }) as unknown as { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
  const [header, ...lines] = records;
  if (!header) return unreadable(problem('NO_EVENTS', 'file'));
  const names = header.record.map((name) => name.toLowerCase());
  const known = csvColumns.join(', ');
  for (const name of names) {
    if (!isColumn(name))
      problems.push(atRow(1, problem('UNKNOWN_COLUMN', name.slice(0, 60), { known }), 'WARNING'));
  }
  const missing = (['title', 'date', 'start'] as const).filter((name) => !names.includes(name));
  if (missing.length > 0) return unreadable(problem('MISSING', missing.join(', ')));
  if (lines.length > mostRows)
    return unreadable(problem('TOO_MANY', 'file', { most: mostRows, is: lines.length }));

  const rows: ImportRow[] = [];
  for (const { info, record } of lines) {
    const cells: Cells = Object.fromEntries(
      names.flatMap((name, index) => (record[index] ? [[name, record[index]]] : [])),
    );
    const read = readLine(cells, info.lines);
    problems.push(...read.problems);
    if (read.row) rows.push(read.row);
  }
  return { rows, problems };
}

const isColumn = (name: string): name is Column => (csvColumns as readonly string[]).includes(name);

/** Whatever the header has most of. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  const count = (mark: string): number => header.split(mark).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ',';
}

function readLine(
  cells: Cells,
  row: number,
): { readonly row: ImportRow | null; readonly problems: RowProblem[] } {
  const wrong: Problem[] = [];
  const warnings: Problem[] = [];
  const number = (column: Column): number | null => {
    const value = cells[column];
    if (value === undefined) return null;
    if (/^\d{1,9}$/.test(value)) return Number(value);
    wrong.push(problem('NOT_A_NUMBER', column));
    return null;
  };
  const date = readDate(cells.date ?? '');
  const start = readTime(cells.start ?? '');
  const end = cells.end === undefined ? undefined : readTime(cells.end);
  if (date === null) wrong.push(problem(cells.date === undefined ? 'MISSING' : 'NOT_A_DATE', 'date'));
  if (start === null) wrong.push(problem(cells.start === undefined ? 'MISSING' : 'NOT_A_TIME', 'start'));
  if (end === null) wrong.push(problem('NOT_A_TIME', 'end'));
  if (end === undefined) warnings.push(problem('END_ASSUMED', 'end', { minutes: assumedMinutes }));
  const ticketBasis = readBasis(cells.ticket_basis);
  if (ticketBasis === undefined) wrong.push(problem('NOT_A_TEXT', 'ticket_basis'));
  const numbers = {
    tickets: number('tickets'),
    cap: number('cap'),
    ageFrom: number('age_from'),
    ageTo: number('age_to'),
  };
  const problems = [
    ...wrong.map((each) => atRow(row, each)),
    ...warnings.map((each) => atRow(row, each, 'WARNING')),
  ];
  if (wrong.length > 0 || date === null || start === null) return { row: null, problems };

  const { tickets, cap, ageFrom, ageTo } = numbers;
  const title = { fi: cells.title ?? null, sv: cells.title_sv ?? null, en: cells.title_en ?? null };
  const startsAt = localDateTime(date, start);
  const endsAt = end ? endOf(date, start, end) : assumedEnd(startsAt);
  const offeringKey = cells.offering === undefined ? keyOfTitle(title) : `key:${cells.offering}`;
  return {
    problems,
    row: {
      row,
      key: cells.key === undefined ? keyOfDate(startsAt, title) : `key:${cells.key}`,
      date: { offeringKey, startsAt, endsAt, tickets, ticketBasis: ticketBasis ?? null, cap },
      offering: {
        title,
        description: descriptionOf(cells),
        genres: list(cells.genres),
        languages: list(cells.languages),
        ageFrom,
        ageTo,
        images: imagesOf(cells),
      },
    },
  };
}

/** An end that is not after its start is on the next day. */
const endOf = (date: LocalDate, start: string, end: string): string =>
  localDateTime(end > start ? date : addDays(date, 1), end);

const list = (value: string | undefined): string[] =>
  (value ?? '').split('|').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));

function readBasis(value: string | undefined): TicketBasis | null | undefined {
  if (value === undefined) return null;
  return value === 'CAPACITY' || value === 'ON_SALE' ? value : undefined;
}

function descriptionOf({
  description: fi,
  description_sv: sv,
  description_en: en,
}: Cells): ImportRow['offering']['description'] {
  return fi === undefined && sv === undefined && en === undefined
    ? null
    : { fi: fi ?? null, sv: sv ?? null, en: en ?? null };
}

function imagesOf(cells: Cells): Image[] {
  if (cells.image_url === undefined) return [];
  const alt = { fi: cells.image_alt ?? null, sv: cells.image_alt_sv ?? null, en: cells.image_alt_en ?? null };
  return [{ url: cells.image_url, alt }];
}
