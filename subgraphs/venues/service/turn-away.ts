import { localDate } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import type { Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, TicketCount } from '../../platform/units.ts';
import { capReached } from '../domain/cap.ts';
import type { Redemption } from '../domain/redemption.ts';
import { claimRequest, insertTurnAway } from '../store/requests.ts';
import type { DoorFacts } from './door-facts.ts';
import { earlierAnswer, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';

interface Full {
  readonly cap: TicketCount;
  readonly used: TicketCount;
  readonly wanted: TicketCount;
  readonly at: IsoInstant;
}

/**
 * Counts a guest who could not be served, once per requestId, in a transaction of its own: that of the redemption has
 * been rolled back. When an identical call was answered meanwhile, its answer stands.
 */
export async function turnAway(
  env: Environment,
  key: RequestKey,
  facts: DoorFacts,
  full: Full,
): Promise<Redemption | Refusal<'CAP_REACHED'>> {
  const { performance, rules, place } = facts;
  const id = newId();
  const isCounted = await env.database.write(async (trx) => {
    if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: id }, full.at))) return false;
    await insertTurnAway(trx, { id, performanceId: performance.id, venueId: performance.venueId, ...full });
    return true;
  });
  const earlier = isCounted ? null : await earlierAnswer(env.database.reader, key, facts);
  return earlier ?? capReached(full, rules, place, localDate(full.at));
}
