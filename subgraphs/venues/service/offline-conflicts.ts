import { forbidden, notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import { conflictsOf, type OfflineConflict } from '../store/slices.ts';
import { findPerformance } from './door-facts.ts';
import type { Environment } from './environment.ts';

export type { OfflineConflict };

const mostConflicts = 100;

/**
 * Guests of a performance whom a device let in and who could not be recorded on a card, at most 100, the latest first. For
 * the staff of its venue. Throws NOT_FOUND, FORBIDDEN.
 */
export async function offlineConflicts(
  { database }: Environment,
  viewer: Viewer,
  performanceId: string,
): Promise<readonly OfflineConflict[]> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const performance = await findPerformance(database.reader, performanceId);
  if (!performance) throw notFound('Performance', performanceId);
  if (!policy.keepPlaces(viewer, performance.venueId)) throw forbidden();
  return conflictsOf(database.reader, performanceId, mostConflicts);
}
