import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import type { Redemption } from '../domain/redemption.ts';
import { countNoShowsAt, deleteNoShow, insertNoShow } from '../store/no-shows.ts';
import { findRedemptions } from '../store/redemptions.ts';
import { findPerformance } from './door-facts.ts';
import type { Environment } from './environment.ts';

export type NoShowRefusal = Refusal<'NOT_STARTED' | 'ALREADY_CANCELLED'>;

/**
 * Nobody came with this ticket: counted for its venue and for nobody else. No event tells of it, nothing follows for the
 * card, and the place is not given back. Marking it again changes nothing. Throws NOT_FOUND, FORBIDDEN.
 */
export async function markNoShow(
  env: Environment,
  viewer: Viewer,
  redemptionId: string,
): Promise<Redemption | NoShowRefusal> {
  const redemption = await ownRedemption(env, viewer, redemptionId);
  const performance = await findPerformance(env.database.reader, redemption.performanceId);
  if (!performance) throw new Error(`Redemption ${redemptionId} has no performance.`);
  const now = env.clock.now().toISOString();
  const { startsAt } = performance;
  if (redemption.status === 'CANCELLED') return refuse('ALREADY_CANCELLED', { startsAt });
  if (now < startsAt) return refuse('NOT_STARTED', { startsAt });
  await env.database.write((trx) => insertNoShow(trx, redemption, now));
  return redemption;
}

/** Somebody came with it after all. Throws NOT_FOUND, FORBIDDEN. */
export async function unmarkNoShow(
  env: Environment,
  viewer: Viewer,
  redemptionId: string,
): Promise<Redemption> {
  const redemption = await ownRedemption(env, viewer, redemptionId);
  await env.database.write((trx) => deleteNoShow(trx, redemptionId));
  return redemption;
}

/** How many tickets of performances that start in a span nobody came with; for the venue's staff, null for others. */
export async function noShowsAt(
  { database }: Environment,
  viewer: Viewer,
  { venueId, from, to }: { readonly venueId: string; readonly from: IsoInstant; readonly to: IsoInstant },
): Promise<number | null> {
  if (!policy.countNoShows(viewer, venueId)) return null;
  if (from >= to) throw badInput('from is before to.', { from, to });
  return countNoShowsAt(database.reader, venueId, from, to);
}

async function ownRedemption({ database }: Environment, viewer: Viewer, id: string): Promise<Redemption> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const [redemption] = await findRedemptions(database.reader, [id]);
  if (!redemption) throw notFound('Redemption', id);
  if (!policy.countNoShows(viewer, redemption.venueId)) throw forbidden();
  return redemption;
}
