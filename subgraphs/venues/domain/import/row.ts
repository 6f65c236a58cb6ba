import type { Text } from '../../../platform/text.ts';
import type { IsoInstant, TicketCount } from '../../../platform/units.ts';
import { checkNumber, checkString, checkText, longestDescription, longestTitle } from '../check-values.ts';
import { checkAges, checkImages, checkLanguages, type Image } from '../offering-facts.ts';
import { problem, type Problem } from '../problem.ts';
import type { TicketBasis } from '../words.ts';

export const importFormats = ['CSV', 'ICALENDAR', 'JSON_LD'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What a file says of a production; the first of its rows speaks for all of them. */
export interface OfferingRow {
  readonly title: Text;
  readonly description: Text | null;
  /** Keys of genres: 'jazz'. */
  readonly genres: readonly string[];
  readonly languages: readonly string[];
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  readonly images: readonly Image[];
}

/** What a file says of one date. */
export interface DateRow {
  readonly offeringKey: string;
  readonly startsAt: IsoInstant;
  readonly endsAt: IsoInstant;
  readonly tickets: TicketCount | null;
  readonly ticketBasis: TicketBasis | null;
  readonly cap: TicketCount | null;
}

export interface ImportRow {
  /** The line of a CSV file, the number of the event in the others. */
  readonly row: number;
  /** Stable within the venue: the file's own key, else moment and title. */
  readonly key: string;
  readonly date: DateRow;
  readonly offering: OfferingRow;
}

/** A WARNING says what was done instead; an ERROR leaves the row out. */
export interface RowProblem extends Problem {
  readonly row: number;
  readonly severity: 'ERROR' | 'WARNING';
}

export interface ReadFile {
  readonly rows: readonly ImportRow[];
  readonly problems: readonly RowProblem[];
}

export const mostRows = 2_000;
const longestKey = 300;
const mostTickets: TicketCount = 1_000_000;

export const atRow = (
  row: number,
  { code, field, facts }: Problem,
  severity: RowProblem['severity'] = 'ERROR',
): RowProblem => ({ row, severity, code, field, facts });

/** The file as a whole cannot be used. */
export const unreadable = (found: Problem): ReadFile => ({ rows: [], problems: [atRow(0, found)] });

/** The key of a production that a file does not name: its title. */
export function keyOfTitle({ fi, sv, en }: Text): string {
  return `title:${(fi ?? sv ?? en ?? '').trim().toLowerCase().replaceAll(/\s+/g, ' ')}`;
}

/** The key of a date that a file does not name: a moved date is then another date. */
export function keyOfDate(startsAt: IsoInstant, title: Text): string {
  return `${startsAt}|${keyOfTitle(title)}`;
}

export function checkRow({ key, date, offering }: ImportRow): Problem[] {
  return [
    ...checkString(key, 'key', longestKey),
    ...checkString(date.offeringKey, 'offering', longestKey),
    ...checkText(offering.title, 'title', longestTitle, true),
    ...checkText(offering.description, 'description', longestDescription),
    ...checkAges(offering),
    ...checkLanguages(offering.languages),
    ...checkImages(offering.images),
    ...checkNumber(date.tickets, 'tickets', 0, mostTickets),
    ...checkNumber(date.cap, 'cap', 0, mostTickets),
    ...(date.endsAt <= date.startsAt ? [problem('ENDS_BEFORE_START', 'end')] : []),
  ];
}

/** The rows that can be used, each key once, with what is wrong with the others. */
export function checkRows({ rows, problems }: ReadFile): ReadFile {
  const seen = new Map<string, number>();
  const wrong: RowProblem[] = [];
  const good = rows.filter((each) => {
    const found = checkRow(each);
    const earlier = seen.get(each.key);
    if (earlier !== undefined) found.push(problem('DUPLICATE_KEY', 'key', { row: earlier }));
    else seen.set(each.key, each.row);
    wrong.push(...found.map((one) => atRow(each.row, one)));
    return found.length === 0;
  });
  return { rows: good, problems: [...problems, ...wrong] };
}
