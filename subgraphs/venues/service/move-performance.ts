import { appendEvents, type NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Offering, Performance } from '../domain/catalogue.ts';
import { checkSpan } from '../domain/offering-facts.ts';
import { asError, problem, refuseProblems } from '../domain/problem.ts';
import type { Span } from '../domain/recurrence.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { lockCounter } from '../store/ledger.ts';
import { findTickets, lockPerformance, movePerformance as setTime } from '../store/move-performances.ts';
import { findPerformances } from '../store/offerings.ts';
import { stillInLine } from '../store/waiting-entries.ts';
import { ring, type Environment } from './environment.ts';
import { ownPerformance } from './own-venue.ts';

export interface MovePerformanceInput extends Span {
  readonly performanceId: string;
}

/**
 * Moves a performance to another time. Every redemption stays valid, everybody in its line stays there, and an event for each
 * lets its holder be told of the old and the new time. The same time again changes nothing. Throws FORBIDDEN, NOT_FOUND, BAD_INPUT (facts.problem).
 */
export async function movePerformance(
  env: Environment,
  viewer: Viewer,
  { performanceId, startsAt, endsAt }: MovePerformanceInput,
): Promise<Performance> {
  const { performance, offering } = await ownPerformance(env.database.reader, viewer, performanceId);
  const now = env.clock.now().toISOString();
  const to: Span = { startsAt, endsAt };
  if (performance.status === 'CANCELLED') throw asError(problem('PERFORMANCE_CANCELLED', 'performanceId'));
  refuseProblems([
    ...(performance.endsAt <= now
      ? [problem('ALREADY_OVER', 'performanceId', { endsAt: performance.endsAt })]
      : []),
    ...checkSpan(to, 'performance', now),
  ]);
  const isMoved = await env.database.write(async (trx) => {
    await lockPerformance(trx, performanceId);
    // From here on nobody redeems: a door that was faster is among the tickets read next.
    await lockCounter(trx, performanceId);
    const [before] = await findPerformances(trx, [performanceId]);
    if (!before || !(await setTime(trx, performanceId, to))) return false;
    await appendEvents(trx, await movedEvents(trx, before, offering, to, now), now);
    return true;
  });
  if (isMoved) ring(env.live, performance);
  const [after] = await findPerformances(env.database.reader, [performanceId]);
  return after ?? performance;
}

/**
 * `performance.moved`, `redemption.moved` for everyone with a ticket, and `waiting.moved` for everyone in its line. Ids,
 * titles and times only.
 */
export async function movedEvents(
  trx: VenuesTransaction,
  before: Performance,
  offering: Pick<Offering, 'id' | 'title'>,
  to: Span,
  at: IsoInstant,
): Promise<NewEvent[]> {
  const moved = {
    performanceId: before.id,
    offeringId: offering.id,
    venueId: before.venueId,
    offeringTitle: offering.title,
    from: { startsAt: before.startsAt, endsAt: before.endsAt },
    to: { startsAt: to.startsAt, endsAt: to.endsAt },
    at,
  };
  const tickets = await findTickets(trx, [before.id]);
  const waiting = await stillInLine(trx, before.id);
  return [
    { topic: 'performance.moved', payload: moved },
    ...tickets.map(({ redemptionId, cardId }) => ({
      topic: 'redemption.moved',
      payload: { redemptionId, cardId, ...moved },
    })),
    ...waiting.map(({ id, cardId }) => ({
      topic: 'waiting.moved',
      payload: { entryId: id, cardId, ...moved },
    })),
  ];
}
