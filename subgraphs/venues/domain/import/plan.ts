import type { IsoInstant, TicketCount } from '../../../platform/units.ts';
import { checkSpan } from '../offering-facts.ts';
import { problem, type Problem } from '../problem.ts';
import type { PerformanceStatus } from '../words.ts';
import { atRow, type DateRow, type ImportRow, type OfferingRow, type RowProblem } from './row.ts';

/** A date that an earlier file has brought, as that file said it and as it is now. */
export interface KnownDate {
  readonly performanceId: string;
  readonly said: DateRow;
  readonly startsAt: IsoInstant;
  readonly endsAt: IsoInstant;
  readonly status: PerformanceStatus;
  /** Places used or held. */
  readonly taken: TicketCount;
  /** Redemptions of any status. */
  readonly uses: number;
}

export interface KnownOffering {
  readonly offeringId: string;
  readonly said: OfferingRow;
}

export interface Known {
  readonly dates: ReadonlyMap<string, KnownDate>;
  readonly offerings: ReadonlyMap<string, KnownOffering>;
}

export interface DateChange {
  readonly row: ImportRow;
  readonly known: KnownDate;
  readonly fields: readonly (keyof DateRow)[];
}

export interface OfferingChange {
  readonly key: string;
  readonly offering: OfferingRow;
  readonly offeringId: string;
  readonly fields: readonly (keyof OfferingRow)[];
}

/** What a file would do to a venue's programme. */
export interface Plan {
  readonly newOfferings: readonly { readonly key: string; readonly offering: OfferingRow }[];
  readonly changedOfferings: readonly OfferingChange[];
  readonly newDates: readonly ImportRow[];
  readonly changedDates: readonly DateChange[];
  readonly unchanged: readonly ImportRow[];
  /** Dates of earlier files that are still to come and that this file does not have. Nobody deletes them. */
  readonly vanished: readonly KnownDate[];
  readonly problems: readonly RowProblem[];
}

/**
 * Compares a file with what the files before it said. Only what the file itself says anew is a change: what the desk has
 * changed since stays, and the same file twice changes nothing.
 */
export function planImport(
  rows: readonly ImportRow[],
  known: Known,
  genres: ReadonlySet<string>,
  now: IsoInstant,
): Plan {
  const problems: RowProblem[] = [];
  const newDates: ImportRow[] = [];
  const changedDates: DateChange[] = [];
  const unchanged: ImportRow[] = [];
  for (const row of rows) {
    const before = known.dates.get(row.key);
    const fields = before ? changedFields(before.said, row.date) : [];
    const wrong = [
      ...row.offering.genres.flatMap((genre) =>
        genres.has(genre) ? [] : [problem('UNKNOWN_GENRE', 'genres', { genre: genre.slice(0, 60) })],
      ),
      ...(before
        ? fields.length === 0
          ? []
          : checkChange(before, row.date, fields, now)
        : checkSpan(row.date, 'date', now)),
    ];
    problems.push(
      ...wrong.map((each) => atRow(row.row, each, each.code === 'ALREADY_OVER' ? 'WARNING' : 'ERROR')),
    );
    if (wrong.length > 0) continue;
    if (!before) newDates.push(row);
    else if (fields.length > 0) changedDates.push({ row, known: before, fields });
    else unchanged.push(row);
  }
  const here = new Set(rows.map(({ key }) => key));
  return {
    ...planOfferings([...newDates, ...changedDates.map(({ row }) => row), ...unchanged], known),
    newDates,
    changedDates,
    unchanged,
    vanished: [...known.dates].flatMap(([key, date]) =>
      here.has(key) || date.status === 'CANCELLED' || date.startsAt <= now ? [] : [date],
    ),
    problems,
  };
}

/** The first row of each production, by the order of the file, speaks for all of them. */
function planOfferings(
  rows: readonly ImportRow[],
  { offerings }: Known,
): Pick<Plan, 'newOfferings' | 'changedOfferings'> {
  const first = new Map<string, OfferingRow>();
  for (const { date, offering } of rows.toSorted((a, b) => a.row - b.row)) {
    if (!first.has(date.offeringKey)) first.set(date.offeringKey, offering);
  }
  const newOfferings: Plan['newOfferings'][number][] = [];
  const changedOfferings: OfferingChange[] = [];
  for (const [key, offering] of first) {
    const before = offerings.get(key);
    if (!before) newOfferings.push({ key, offering });
    else {
      const fields = changedFields(before.said, offering);
      if (fields.length > 0) changedOfferings.push({ key, offering, offeringId: before.offeringId, fields });
    }
  }
  return { newOfferings, changedOfferings };
}

function changedFields<Row extends object>(before: Row, after: Row): (keyof Row)[] {
  return (Object.keys(after) as (keyof Row)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

function checkChange(
  before: KnownDate,
  date: DateRow,
  fields: readonly (keyof DateRow)[],
  now: IsoInstant,
): Problem[] {
  if (before.status === 'CANCELLED') return [problem('PERFORMANCE_CANCELLED', 'row')];
  if (before.endsAt <= now) return [problem('ALREADY_OVER', 'row', { endsAt: before.endsAt })];
  return [
    ...(fields.includes('startsAt') || fields.includes('endsAt') ? checkSpan(date, 'date', now) : []),
    ...(fields.includes('cap') && date.cap !== null && date.cap < before.taken
      ? [problem('CAP_BELOW_USED', 'cap', { cap: date.cap, used: before.taken })]
      : []),
    ...(fields.includes('offeringKey') && before.uses > 0
      ? [problem('PERFORMANCE_HAS_USES', 'offering', { uses: before.uses })]
      : []),
  ];
}
