import type { Text } from '../../../platform/text.ts';
import type { IsoInstant } from '../../../platform/units.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import type { Venue } from '../../domain/catalogue.ts';
import { readCsvProgramme } from '../../domain/import/csv.ts';
import { readCalendar } from '../../domain/import/icalendar.ts';
import { readJsonLd } from '../../domain/import/json-ld.ts';
import { planImport, type Plan } from '../../domain/import/plan.ts';
import {
  atRow,
  checkRows,
  type ImportFormat,
  type ImportRow,
  type ReadFile,
  type RowProblem,
} from '../../domain/import/row.ts';
import type { Rule } from '../../domain/rules.ts';
import type { VenuesReader } from '../../store/database.ts';
import { dropUpload, findKnown } from '../../store/imports.ts';
import { lockCounter } from '../../store/ledger.ts';
import { lockPerformance } from '../../store/move-performances.ts';
import { lockVenue } from '../../store/venue-facts.ts';
import { listGenres } from '../../store/venues.ts';
import { capRules, checkCap } from '../check-caps.ts';
import { performanceKey, venueKey, type Environment } from '../environment.ts';
import { ownVenue } from '../own-venue.ts';
import { applyPlan, performanceIdOf } from './apply-plan.ts';
import { collectUpload, type UploadPart } from './upload.ts';

export interface ImportProgrammeInput {
  readonly venueId: string;
  readonly format: ImportFormat;
  readonly text?: string | null | undefined;
  readonly upload?: UploadPart | null | undefined;
  readonly dryRun: boolean;
  /** New productions are published at once; otherwise they are drafts. */
  readonly publish: boolean;
}

export type ImportAction = 'CREATED' | 'CHANGED' | 'UNCHANGED';

export interface ImportedDate {
  readonly row: number;
  readonly action: ImportAction;
  readonly performanceId: string;
  readonly title: Text;
  readonly startsAt: IsoInstant;
  /** What the file says anew, of a date that is CHANGED. */
  readonly fields: readonly string[];
}

/** What an import did, or would do. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** Parts of the upload that have not come: nothing else is told before. */
  readonly missingParts: readonly number[];
  readonly dates: readonly ImportedDate[];
  readonly offeringsCreated: number;
  readonly offeringsChanged: number;
  readonly problems: readonly RowProblem[];
  readonly vanishedIds: readonly string[];
}

const readers: Record<ImportFormat, (text: string) => ReadFile> = {
  CSV: readCsvProgramme,
  ICALENDAR: readCalendar,
  JSON_LD: readJsonLd,
};

/**
 * Takes a venue's season from a file: the rows that are right in one transaction, with every other row's problem. A dry run
 * only tells. Throws FORBIDDEN, NOT_FOUND, BAD_INPUT (a part that is too long, an upload that is not there).
 */
export async function importProgramme(
  env: Environment,
  viewer: Viewer,
  { venueId, format, text, upload, dryRun, publish }: ImportProgrammeInput,
): Promise<ImportReport> {
  const db = env.database.reader;
  const venue = await ownVenue(db, viewer, venueId);
  const collected = await collectUpload(env, venueId, text, upload);
  if (!collected.isWhole) return { ...nothing, dryRun, missingParts: collected.missing };

  const file = checkRows(readers[format](collected.text));
  const [genres, rules] = await Promise.all([listGenres(db), capRules(db)]);
  const genreIds = new Map(genres.map(({ id, key }) => [key, id]));
  const at = env.clock.now().toISOString();
  const plan = async (from: VenuesReader): Promise<Plan> =>
    withFloor(
      planImport(file.rows, await findKnown(from, venueId), new Set(genreIds.keys()), at),
      venue,
      rules,
    );
  if (dryRun) return report(await plan(db), file, venueId, true);

  const done = await env.database.write(async (trx) => {
    await lockVenue(trx, venueId);
    // Nobody redeems the dates that may change, so what is planned next holds until the commit.
    const toChange = (await plan(trx)).changedDates.map(({ known }) => known.performanceId).sort();
    for (const id of toChange) {
      await lockPerformance(trx, id);
      await lockCounter(trx, id);
    }
    const planned = await plan(trx);
    await applyPlan(trx, planned, { venueId, publish, genreIds, at });
    if (upload) await dropUpload(trx, venueId, upload.id);
    return planned;
  });
  env.live.put(venueKey(venueId));
  for (const { known } of done.changedDates) env.live.put(performanceKey(known.performanceId));
  return report(done, file, venueId, false);
}

const nothing: Omit<ImportReport, 'dryRun' | 'missingParts'> = {
  dates: [],
  offeringsCreated: 0,
  offeringsChanged: 0,
  problems: [],
  vanishedIds: [],
};

/** Without the rows whose cap is under the floor, where the floor binds. */
function withFloor(plan: Plan, venue: Venue, rules: readonly Rule[]): Plan {
  const problems: RowProblem[] = [];
  const holds = ({ row, date }: ImportRow): boolean => {
    const wrong = checkCap(date, 'row', venue, rules);
    problems.push(...wrong.map((each) => atRow(row, each)));
    return wrong.length === 0;
  };
  const newDates = plan.newDates.filter(holds);
  const changedDates = plan.changedDates.filter(
    ({ row, fields }) => !(fields.includes('cap') || fields.includes('tickets')) || holds(row),
  );
  if (problems.length === 0) return plan;
  const kept = new Set(
    [...newDates, ...changedDates.map(({ row }) => row)].map(({ date }) => date.offeringKey),
  );
  const newOfferings = plan.newOfferings.filter(({ key }) => kept.has(key));
  return { ...plan, newDates, changedDates, newOfferings, problems: [...plan.problems, ...problems] };
}

function report(plan: Plan, file: ReadFile, venueId: string, dryRun: boolean): ImportReport {
  const told = (row: ImportRow, action: ImportAction, fields: readonly string[] = []): ImportedDate => ({
    row: row.row,
    action,
    performanceId: performanceIdOf(venueId, row.key),
    title: row.offering.title,
    startsAt: row.date.startsAt,
    fields,
  });
  return {
    dryRun,
    missingParts: [],
    dates: [
      ...plan.newDates.map((row) => told(row, 'CREATED')),
      ...plan.changedDates.map(({ row, fields }) => told(row, 'CHANGED', fields)),
      ...plan.unchanged.map((row) => told(row, 'UNCHANGED')),
    ].sort((a, b) => a.row - b.row),
    offeringsCreated: plan.newOfferings.length,
    offeringsChanged: plan.changedOfferings.length,
    problems: [...file.problems, ...plan.problems].sort((a, b) => a.row - b.row),
    vanishedIds: plan.vanished.map(({ performanceId }) => performanceId),
  };
}
