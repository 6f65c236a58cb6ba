import { costs, listOf } from '../../platform/graphql/index.ts';
import { importFormats, type RowProblem } from '../domain/import/row.ts';
import { problemCodes } from '../domain/problem.ts';
import { problemText } from '../domain/problem-texts.ts';
import { importProgramme, type ImportedDate, type ImportReport } from '../service/import/import-programme.ts';
import { longestPartBytes, mostParts } from '../service/import/upload.ts';
import { changing, type VenuesBuilder } from './builder.ts';

/** A season from a file, with a dry run. */
export function addImport(builder: VenuesBuilder): void {
  const report = addReport(builder);
  const format = builder.enumType('ImportFormat', {
    description: 'CSV with a header, iCalendar, or schema.org/Event in JSON-LD.',
    values: importFormats,
  });
  const part = builder.inputType('ImportUploadInput', {
    description: 'For a file that is too long for one request. Parts wait for an hour, in any order.',
    fields: (t) => ({
      id: t.string({ required: true, description: 'Chosen by the caller, the same for all parts.' }),
      part: t.int({ description: 'From 1. Left out together with `text`: the parts that have come.' }),
      parts: t.int({ description: `At most ${mostParts}.` }),
    }),
  });
  const input = builder.inputType('ImportProgrammeInput', {
    fields: (t) => ({
      venueId: t.id({ required: true }),
      format: t.field({ type: format, required: true }),
      text: t.string({ description: `The file, or a part of it: at most ${longestPartBytes} bytes.` }),
      upload: t.field({ type: part }),
      dryRun: t.boolean({ required: true, description: 'Only tell what would happen.' }),
      publish: t.boolean({ description: 'Publish new productions; left out: they are drafts.' }),
    }),
  });
  builder.mutationField('importProgramme', (t) =>
    t.field({
      ...costs(100),
      type: report,
      description:
        'For the staff of the venue. Rows that are right are taken, each other row is told with its problem; the same file ' +
        'twice changes nothing, and what is no longer in the file is listed, never deleted.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, { input: { publish, ...rest } }, context) =>
        changing(
          context,
          importProgramme(context.env, context.viewer, { ...rest, publish: publish ?? false }),
        ),
    }),
  );
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addReport(builder: VenuesBuilder) {
  const action = builder.enumType('ImportAction', { values: ['CREATED', 'CHANGED', 'UNCHANGED'] as const });
  const severity = builder.enumType('ImportSeverity', {
    description: 'ERROR: the row was left out. WARNING: it was taken, or had nothing to bring.',
    values: ['ERROR', 'WARNING'] as const,
  });
  const code = builder.enumType('ImportProblemCode', { values: problemCodes });
  const fact = builder.objectRef<{ name: string; value: string }>('ImportFact').implement({
    ...costs(0),
    fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
  });
  const problem = builder.objectRef<RowProblem>('ImportProblem').implement({
    ...costs(0),
    fields: (t) => ({
      row: t.exposeInt('row', {
        description: 'The line of a CSV file, the number of the event in the others; 0: the file as a whole.',
      }),
      severity: t.expose('severity', { type: severity }),
      code: t.expose('code', { type: code }),
      field: t.exposeString('field'),
      message: t.field({ type: 'Text', resolve: (each) => problemText(each.code, each.facts) }),
      facts: t.field({
        type: [fact],
        resolve: ({ facts }) =>
          Object.entries(facts).flatMap(([name, value]) =>
            value === null ? [] : [{ name, value: String(value) }],
          ),
      }),
    }),
  });
  const date = builder.objectRef<ImportedDate>('ImportedDate').implement({
    ...costs(0),
    fields: (t) => ({
      row: t.exposeInt('row'),
      action: t.expose('action', { type: action }),
      performanceId: t.exposeID('performanceId', {
        description: 'After a dry run nothing has it yet, when it is new.',
      }),
      title: t.expose('title', { type: 'Text' }),
      startsAt: t.expose('startsAt', { type: 'DateTime' }),
      fields: t.stringList({ description: 'What the file says anew.', resolve: ({ fields }) => [...fields] }),
    }),
  });
  const count = (dates: readonly ImportedDate[], wanted: ImportedDate['action']): number =>
    dates.filter((each) => each.action === wanted).length;
  return builder.objectRef<ImportReport>('ImportReport').implement({
    fields: (t) => ({
      dryRun: t.exposeBoolean('dryRun'),
      missingParts: t.exposeIntList('missingParts', {
        description: 'Nothing else is told before they have come.',
      }),
      created: t.int({ resolve: ({ dates }) => count(dates, 'CREATED') }),
      changed: t.int({ resolve: ({ dates }) => count(dates, 'CHANGED') }),
      unchanged: t.int({ resolve: ({ dates }) => count(dates, 'UNCHANGED') }),
      offeringsCreated: t.exposeInt('offeringsCreated'),
      offeringsChanged: t.exposeInt('offeringsChanged'),
      dates: t.expose('dates', { ...listOf(500), type: [date], description: 'By the rows of the file.' }),
      problems: t.expose('problems', { ...listOf(100), type: [problem] }),
      vanishedIds: t.exposeIDList('vanishedIds', {
        description: 'Performances of earlier files that are still to come and are not in this one.',
      }),
    }),
  });
}
