import { badInput } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { checkCancelUntil } from '../domain/cancel.ts';
import type { Performance } from '../domain/catalogue.ts';
import { setCancelUntil } from '../store/cancel-limits.ts';
import { findPerformances } from '../store/offerings.ts';
import type { Environment } from './environment.ts';
import { ownPerformance } from './own-venue.ts';

export interface SetCancelLimitInput {
  readonly performanceId: string;
  /** Whole minutes before the start; null: until the end. Left out it is an error, as with a cap. */
  readonly cancelUntilMinutes?: number | null | undefined;
}

/**
 * Until when holders cancel, from now on: also those who have their ticket already. The venue itself cancels at any time.
 * Throws BAD_INPUT, NOT_FOUND, FORBIDDEN.
 */
export async function setCancelLimit(
  { database }: Environment,
  viewer: Viewer,
  { performanceId, cancelUntilMinutes }: SetCancelLimitInput,
): Promise<Performance> {
  const { performance } = await ownPerformance(database.reader, viewer, performanceId);
  if (cancelUntilMinutes === undefined)
    throw badInput('cancelUntilMinutes is a whole number, or null for until the end.', {
      field: 'cancelUntilMinutes',
    });
  checkCancelUntil(cancelUntilMinutes);
  await database.write((trx) => setCancelUntil(trx, performanceId, cancelUntilMinutes));
  const [after] = await findPerformances(database.reader, [performanceId]);
  return after ?? performance;
}
