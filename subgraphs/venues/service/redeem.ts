import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { TicketLine } from '../domain/lines.ts';
import { policy } from '../domain/policy.ts';
import type { Presentation } from '../domain/presentation.ts';
import { redeem as decideRedeem, type Admission } from '../domain/redeem.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkCounts, checkRequestId, redeemText } from '../domain/request.ts';
import { sha256 } from '../store/hash.ts';
import { findCounters } from '../store/ledger.ts';
import { findBySeenKey, insertRedemption } from '../store/redemptions.ts';
import { claimRequest } from '../store/requests.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { decide } from './decide.ts';
import { doorFacts, findPerformance, type DoorFacts } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { earlierAnswer, type RequestKey } from './earlier-answer.ts';
import { readToken } from './presentation-token.ts';
import { turnAway } from './turn-away.ts';

export interface RedeemInput {
  /** The signed token that cards gave. */
  readonly presentation: string;
  readonly performanceId: string;
  readonly lines: readonly TicketLine[];
  readonly requestId: string;
}

export type RedeemAnswer = Redemption | Refusal<RedemptionRefusalCode>;

/** What one attempt came to, when it is not the answer itself. */
type Attempt =
  | RedeemAnswer
  /** The key was taken meanwhile: its answer is ours. */
  | 'EARLIER'
  /** What stood in the way has gone meanwhile. */
  | 'AGAIN'
  | { readonly kind: 'full'; readonly cap: TicketCount; readonly used: TicketCount };

const maxAttempts = 5;

/**
 * A card is used at the door. All of the tickets or none; the same requestId with the same wish gives the same answer,
 * also after the presentation has expired. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function redeem(env: Environment, viewer: Viewer, input: RedeemInput): Promise<RedeemAnswer> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  checkRequestId(input.requestId);
  const lines = checkCounts(input.lines);
  const db = env.database.reader;
  const performance = await findPerformance(db, input.performanceId);
  if (!performance) throw notFound('Performance', input.performanceId);
  if (!policy.redeem(viewer, performance.venueId)) throw forbidden();

  const presentation = await readToken(db, input.presentation);
  if (isRefusal(presentation)) return presentation;
  const key: RequestKey = {
    scope: `venue:${performance.venueId}`,
    requestId: input.requestId,
    fingerprint: sha256(redeemText(presentation.cardId, performance.id, lines)),
  };
  const facts = await doorFacts(db, performance);
  const earlier = await earlierAnswer(db, key, facts);
  if (earlier) return earlier;

  const now = env.clock.now().toISOString();
  const admission = decideRedeem({ ...facts, presentation, lines, now });
  if (isRefusal(admission)) return admission;
  return store(env, { key, facts, presentation, admission, lines, now });
}

interface Wish {
  readonly key: RequestKey;
  readonly facts: DoorFacts;
  readonly presentation: Presentation;
  readonly admission: Admission;
  readonly lines: readonly TicketLine[];
  readonly now: string;
}

async function store(env: Environment, wish: Wish): Promise<RedeemAnswer> {
  const { key, facts, admission, now } = wish;
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const attempt = await decide<Attempt>(env.database, (trx, no) => tryOnce(env, wish, trx, no));
    if (attempt === 'AGAIN') continue;
    if (attempt === 'EARLIER') {
      const earlier = await earlierAnswer(env.database.reader, key, facts);
      if (earlier) return earlier;
      continue;
    }
    if (attempt.kind === 'full') {
      const { cap, used } = attempt;
      return turnAway(env, key, facts, { cap, used, wanted: admission.counted, at: now });
    }
    if (attempt.kind === 'redemption') ring(env.live, facts.performance);
    return attempt;
  }
  throw new Error(`Request ${key.requestId} met a changing state ${maxAttempts} times.`);
}

/**
 * One transaction. The order of locks is the same in every use case: request key, seen key, counter. So two doors may
 * wait for each other, never in a circle.
 */
async function tryOnce(
  env: Environment,
  { key, facts, presentation, admission, lines, now }: Wish,
  trx: VenuesTransaction,
  no: (attempt: Attempt) => never,
): Promise<Attempt> {
  const { performance, offering } = facts;
  const redemption: Redemption = {
    kind: 'redemption',
    id: newId(),
    cardId: presentation.cardId,
    cardKind: presentation.cardKind,
    performanceId: performance.id,
    offeringId: offering.id,
    venueId: performance.venueId,
    lines,
    tickets: admission.tickets,
    counted: admission.counted,
    status: 'VALID',
    recordedAt: now,
    cancelledAt: null,
    cancelledBy: null,
  };
  if (!(await claimRequest(trx, { ...key, redemptionId: redemption.id, turnAwayId: null }, now)))
    return no('EARLIER');
  const { seenKey } = admission;
  if (!(await insertRedemption(trx, { redemption, seenKey }))) {
    const seen = seenKey === null ? null : await findBySeenKey(trx, seenKey);
    return no(seen ? alreadySeen(seen, facts) : 'AGAIN');
  }
  const change = {
    performanceId: performance.id,
    redemptionId: redemption.id,
    places: admission.counted,
    at: now,
  };
  if (!(await env.ledger.takePlaces(trx, change))) return no(await whyFull(trx, change));
  // The counter's row is ours now. A performance cancelled before this moment is seen here; one cancelled after it
  // waits for the row, and then finds this redemption.
  if ((await findPerformance(trx, performance.id))?.status !== 'SCHEDULED') {
    return no(
      refuse('PERFORMANCE_CANCELLED', { performanceId: performance.id, startsAt: performance.startsAt }),
    );
  }
  await appendEvent(trx, { topic: 'redemption.recorded', payload: recorded(redemption, facts) }, now);
  return redemption;
}

function alreadySeen(
  seen: { readonly performanceId: string; readonly recordedAt: string },
  { offering }: DoorFacts,
): Refusal<'ALREADY_SEEN'> {
  return refuse('ALREADY_SEEN', { ...seen, oncePerProduction: offering.oncePerProduction });
}

/** The guard has said no; a place given back since then means: try again. */
async function whyFull(
  trx: VenuesTransaction,
  { performanceId, places }: { readonly performanceId: string; readonly places: TicketCount },
): Promise<Attempt> {
  const [counter] = await findCounters(trx, [performanceId]);
  if (!counter) throw new Error(`Performance ${performanceId} has no cap counter.`);
  const { cap, used } = counter;
  return cap === null || used + places <= cap ? 'AGAIN' : { kind: 'full', cap, used };
}

function recorded(redemption: Redemption, { offering, venue }: DoorFacts): object {
  const { id, cardId, performanceId, offeringId, venueId, lines, tickets, recordedAt } = redemption;
  return {
    redemptionId: id,
    cardId,
    performanceId,
    offeringId,
    venueId,
    offeringKind: offering.kind,
    category: venue.category,
    lines,
    tickets,
    at: recordedAt,
  };
}
