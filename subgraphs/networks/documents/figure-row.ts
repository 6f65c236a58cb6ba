import type { NewFigure } from '../service/record-figures.ts';

/** A figure before it has its id. */
export type FigureRow = Omit<NewFigure, 'id'>;

/** What a figure is when the document says nothing more: a number of something. */
export const plain = {
  partnerId: null,
  period: null,
  precision: null,
  asOf: null,
  note: null,
  unit: 'count',
} as const;
