import { mapPage, readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import { readFigure, type PublishedFigure } from '../domain/figure.ts';
import { inChunks } from './chunks.ts';
import type { NetworksReader, NetworksTransaction } from './database.ts';
import type { PublishedFigureTable } from './tables.ts';

/** A figure with its number as printed and its place in the documents. */
export interface NewFigure extends Omit<PublishedFigure, 'value'> {
  readonly printedValue: string;
}

/** Inserts the figures that are not there yet, in the given order. */
export async function insertFigures(trx: NetworksTransaction, figures: readonly NewFigure[]): Promise<void> {
  for (const chunk of inChunks(figures.map(figureRow))) {
    await trx
      .insertInto('published_figure')
      .values(chunk)
      .onConflict((c) => c.column('id').doNothing())
      .execute();
  }
}

export async function figurePage(
  db: NetworksReader,
  args: PageArgs,
  metric: string | null | undefined,
): Promise<Page<PublishedFigure>> {
  let query = db.selectFrom('published_figure').selectAll();
  if (metric) query = query.where('metric', '=', metric);
  return mapPage(await readPage(query, { args, order }), readPublishedFigure);
}

const order = [
  { column: 'position', as: 'position', direction: 'asc', type: 'integer' },
  { column: 'id', as: 'id', direction: 'asc' },
] as const;

function figureRow(figure: NewFigure, position: number): PublishedFigureTable {
  return {
    id: figure.id,
    metric: figure.metric,
    scope: figure.scope,
    partner_id: figure.partnerId,
    period: figure.period,
    value: figure.printedValue,
    unit: figure.unit,
    precision: figure.precision,
    as_of: figure.asOf,
    note: figure.note,
    source: figure.source,
    position,
  };
}

function readPublishedFigure(row: PublishedFigureTable): PublishedFigure {
  return {
    id: row.id,
    metric: row.metric,
    scope: row.scope,
    partnerId: row.partner_id,
    period: row.period,
    value: readFigure(row.value),
    unit: row.unit,
    precision: row.precision,
    asOf: row.as_of,
    note: row.note,
    source: row.source,
  };
}
