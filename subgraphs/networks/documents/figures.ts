import { stableId } from '../../platform/ids.ts';
import type { NewFigure } from '../service/record-figures.ts';
import { orNull, readTable } from './table.ts';
import { plain, type FigureRow } from './figure-row.ts';
import { kuopioIssuerFigures, kuopioVenueFigures } from './kuopio-figures.ts';

/** Every figure that the documents print, in their order; a blank cell is no figure. */
export function readFigures(): NewFigure[] {
  return [
    ...nationalFigures(),
    ...nationalAnnualFigures(),
    ...kuopioSummaryFigures(),
    ...kuopioIssuerFigures(),
    ...kuopioVenueFigures(),
  ].map((figure) => ({
    ...figure,
    id: stableId(
      'figure',
      figure.source,
      figure.metric,
      figure.scope,
      figure.period ?? '',
      figure.asOf ?? '',
    ),
  }));
}

function nationalFigures(): FigureRow[] {
  return readTable('national_statistics', ['as_of', 'metric', 'value', 'precision', 'source']).map((row) => ({
    ...plain,
    metric: row.metric,
    scope: 'national',
    printedValue: row.value,
    precision: orNull(row.precision),
    asOf: row.as_of,
    source: row.source,
  }));
}

const annualMetrics = [
  'cards_registered',
  'cards_taken_into_use',
  'adult_culture',
  'adult_education',
  'adult_science',
  'adult_sport',
  'child_culture',
  'child_education',
  'child_science',
  'child_sport',
  'uses_total',
  'municipalities',
] as const;

function nationalAnnualFigures(): FigureRow[] {
  const rows = readTable('kaikukortti_national_annual_2015_2023', ['year', 'source', ...annualMetrics]);
  return rows.flatMap((row) =>
    annualMetrics
      .filter((metric) => row[metric] !== '')
      .map((metric) => ({
        ...plain,
        metric,
        scope: 'national',
        period: row.year,
        printedValue: row[metric],
        source: row.source,
      })),
  );
}

/** The names of these metrics end in what they are about. */
function kuopioSummaryFigures(): FigureRow[] {
  return readTable('kuopio_summary_figures', ['metric', 'year', 'value', 'unit', 'note', 'source']).map(
    (row) => ({
      ...plain,
      metric: row.metric,
      scope: summaryScope(row.metric),
      period: row.year,
      printedValue: row.value,
      unit: row.unit,
      asOf: /^to (\d{4}-\d{2}-\d{2})$/.exec(row.note)?.[1] ?? null,
      note: orNull(row.note),
      source: row.source,
    }),
  );
}

function summaryScope(metric: string): string {
  if (metric.endsWith('_pohjois_savo')) return 'Pohjois-Savo';
  if (metric.endsWith('_pshva')) return 'PSHVA';
  if (metric.endsWith('_kuopio')) return 'Kuopio';
  throw new Error(`The metric ${metric} does not end in what it is about.`);
}
