import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { judgeCap } from '../domain/cap.ts';
import type { Performance } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import { changeCap, lockCounter } from '../store/ledger.ts';
import { doorFacts, findPerformance } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { placesFreed } from './places-freed.ts';

export interface SetCapInput {
  readonly performanceId: string;
  /** Most card tickets; null: no cap. Left out it is an error: nobody takes a cap away by forgetting a word. */
  readonly cap?: TicketCount | null | undefined;
}

export interface CapSet {
  readonly kind: 'capSet';
  readonly performance: Performance;
  /** What the venue should know about the cap it has set. */
  readonly warnings: readonly Text[];
}

export type SetCapRefusal = Refusal<'CAP_BELOW_USED' | 'CAP_BELOW_FLOOR' | 'PERFORMANCE_CANCELLED'>;

const highestCap: TicketCount = 1_000_000;

/**
 * Sets a performance's cap and writes it to the ledger; the cap it has already is no change. Throws BAD_INPUT,
 * NOT_FOUND, FORBIDDEN.
 */
export async function setCap(
  env: Environment,
  viewer: Viewer,
  { performanceId, cap }: SetCapInput,
): Promise<CapSet | SetCapRefusal> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  if (cap === undefined || (cap !== null && (!Number.isInteger(cap) || cap < 0 || cap > highestCap))) {
    throw badInput(`A cap is a whole number from 0 to ${highestCap}, or null for no cap.`);
  }
  const db = env.database.reader;
  const performance = await findPerformance(db, performanceId);
  if (!performance) throw notFound('Performance', performanceId);
  if (!policy.setCap(viewer, performance.venueId)) throw forbidden();
  if (performance.status === 'CANCELLED') {
    return refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt: performance.startsAt });
  }

  const { rules, place } = await doorFacts(db, performance);
  const now = env.clock.now();
  const judged = judgeCap(cap, performance.tickets, rules, place, localDate(now));
  if (isRefusal(judged)) return judged;

  const taken = await env.database.write(async (trx) => {
    const counter = await lockCounter(trx, performanceId);
    if (!counter) throw new Error(`Performance ${performanceId} has no cap counter.`);
    if (counter.cap === cap) return null;
    if (!(await changeCap(trx, performanceId, cap, now.toISOString()))) return counter;
    await placesFreed(trx, performanceId, now.toISOString());
    return null;
  });
  if (taken !== null) return refuse('CAP_BELOW_USED', { cap, used: taken.used, held: taken.held });
  ring(env.live, performance);
  return { kind: 'capSet', performance, warnings: judged.warnings };
}
