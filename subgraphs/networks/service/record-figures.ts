import type { Viewer } from '../../platform/viewer.ts';
import { readFigure } from '../domain/figure.ts';
import { authorise } from '../domain/policy.ts';
import type { NetworksDatabase } from '../store/database.ts';
import { insertFigures, type NewFigure } from '../store/figures.ts';

export type { NewFigure };

/** Records published figures as printed; those already there stay as they are. Throws FORBIDDEN, BAD_INPUT (no number). */
export async function recordFigures(
  database: NetworksDatabase,
  viewer: Viewer,
  figures: readonly NewFigure[],
): Promise<void> {
  authorise(viewer, 'recordFigure');
  for (const { printedValue } of figures) readFigure(printedValue);
  await database.write((trx) => insertFigures(trx, figures));
}
