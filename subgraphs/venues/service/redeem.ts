import { localDate } from '../../platform/clock.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { capReached, placesWhenFull } from '../domain/cap.ts';
import type { Traced } from '../domain/limits/index.ts';
import { countedTicketsOf, type TicketLine } from '../domain/lines.ts';
import { checkOverrides, type Override } from '../domain/override.ts';
import { policy } from '../domain/policy.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkCounts, checkRequestId, redeemText } from '../domain/request.ts';
import { sha256 } from '../store/hash.ts';
import { lockCard } from '../store/card-identity.ts';
import { insertOverrides } from '../store/overrides.ts';
import { insertRedemption } from '../store/redemptions.ts';
import { claimRequest } from '../store/requests.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { cardUses } from './card-uses.ts';
import { decide } from './decide.ts';
import { findPerformance } from './door-facts.ts';
import { ring, type Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import { earlierAnswer, type AnswerFull } from './earlier-answer.ts';
import { asBooked, checkMark, checkPlace, requestScope } from './on-behalf.ts';
import { unread } from './presentation-token.ts';
import { recordedEvent } from './recorded-event.ts';
import { withTrace } from './trace.ts';
import { turnAway } from './turn-away.ts';
import { takeOwnOffer } from './waiting-at-door.ts';
import { whyFull, type Full } from './why-full.ts';
import { redemptionOf, type Wish } from './wish.ts';

export interface RedeemInput {
  /** The signed token that cards gave. */
  readonly presentation: string;
  readonly performanceId: string;
  readonly lines: readonly TicketLine[];
  readonly requestId: string;
  /** Soft limits that the venue sets aside this time; those that would have passed are not recorded. */
  readonly overrides?: readonly Override[] | null | undefined;
}

export type RedeemAnswer = Redemption | Traced<RedemptionRefusalCode>;

/** What one attempt came to, when it is not the answer itself. */
type Attempt =
  | Redemption
  | Refusal<RedemptionRefusalCode>
  /** The key was taken meanwhile: its answer is ours. */
  | 'EARLIER'
  /** What stood in the way has gone meanwhile. */
  | 'AGAIN'
  | Full;

const maxAttempts = 5;

/**
 * A card is used at the door, or booked with by the unit that presented it for its holder. All of the tickets or none;
 * the same requestId with the same wish gives the same answer, also after the presentation has expired. Throws
 * BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function redeem(env: Environment, viewer: Viewer, input: RedeemInput): Promise<RedeemAnswer> {
  const onBehalf = policy.workOnBehalf(viewer);
  if (!policy.workAtDoor(viewer) && !onBehalf) throw forbidden();
  checkRequestId(input.requestId);
  const lines = checkCounts(input.lines);
  const overrides = input.overrides ?? [];
  const setAside = checkOverrides(overrides);
  if (onBehalf && overrides.length > 0) throw forbidden('Only the venue sets its limits aside.');
  const db = env.database.reader;
  const { presentation, facts } = await env.reads.atDoor.add({
    token: input.presentation,
    performanceId: input.performanceId,
  });
  checkMark(viewer, presentation);
  if (!facts) throw notFound('Performance', input.performanceId);
  const { performance } = facts;
  checkPlace(viewer, presentation, facts);

  const now = env.clock.now().toISOString();
  if (isRefusal(presentation)) {
    return withTrace(db, presentation, facts, { ...unread(presentation), lines, now, onBehalf });
  }
  const wish: Wish = {
    key: {
      ...requestScope(viewer, performance.venueId, input.requestId),
      fingerprint: sha256(redeemText(presentation.cardId, performance.id, lines, overrides)),
    },
    facts,
    presentation,
    lines,
    now,
    overrides,
    setAside,
    onBehalf,
  };
  const answer = await answerWish(env, wish);
  return onBehalf && !isRefusal(answer) ? asBooked(answer) : answer;
}

async function answerWish(env: Environment, wish: Wish): Promise<RedeemAnswer> {
  const { facts, setAside } = wish;
  const together = await env.together?.(wish);
  if (together !== undefined && together !== 'ALONE') {
    ring(env.live, facts.performance);
    return together;
  }
  const db = env.database.reader;
  const earlier = await earlierAnswer(db, wish.key, answersFull(env, wish));
  if (earlier) return earlier;

  const admission = decideRedeem({ ...facts, ...wish, overrides: setAside });
  if (isRefusal(admission)) return withTrace(db, admission, facts, wish);
  return redeemAlone(env, wish);
}

/** A full house says the same to the same wish whenever it is asked again: as it was at that moment. */
function answersFull(env: Environment, { facts, presentation, lines, onBehalf }: Wish): AnswerFull {
  return async (full) => {
    const refusal = capReached(full, facts.rules, facts.place, localDate(full.at));
    return withTrace(
      env.database.reader,
      refusal,
      facts,
      { presentation, lines, now: full.at, onBehalf },
      placesWhenFull(full),
    );
  };
}

/** A wish in a transaction of its own: any wish, and every kind of no. */
export async function redeemAlone(env: Environment, wish: Wish): Promise<RedeemAnswer> {
  const { key, facts, lines, now } = wish;
  const answerFull = answersFull(env, wish);
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const attempt = await decide<Attempt>(env.database, (trx, no) => tryOnce(env, wish, trx, no));
    if (attempt === 'AGAIN') continue;
    if (attempt === 'EARLIER') {
      const earlier = await earlierAnswer(env.database.reader, key, answerFull);
      if (earlier) return earlier;
      continue;
    }
    if (attempt.kind === 'full') {
      if (attempt.held > 0 && (await expireHoldsOf(env, facts.performance.id))) continue;
      const { cap, used, held, shared = false } = attempt;
      const full = { cap, used, held, shared, wanted: countedTicketsOf(lines), at: now };
      return turnAway(env, key, facts.performance, full, answerFull);
    }
    if (isRefusal(attempt)) return withTrace(env.database.reader, attempt, facts, wish);
    ring(env.live, facts.performance);
    return attempt;
  }
  throw new Error(`Request ${key.requestId} met a changing state ${maxAttempts} times.`);
}

/**
 * One transaction. The order of locks is the same in every use case: request key, card, seen key, counter. So two doors
 * may wait for each other, never in a circle.
 */
async function tryOnce(
  env: Environment,
  wish: Wish,
  trx: VenuesTransaction,
  no: (attempt: Attempt) => never,
): Promise<Attempt> {
  const { key, facts, presentation, lines, now, overrides, setAside, onBehalf } = wish;
  const { performance } = facts;
  const id = newId();
  if (!(await claimRequest(trx, { ...key, redemptionId: id, turnAwayId: null }, now))) return no('EARLIER');
  // The token may have been signed before the card was merged into another registration of its holder.
  const cardId = await lockCard(trx, presentation.cardId);
  const uses = await cardUses(trx, cardId, facts, now);
  const card = { ...presentation, cardId };
  const admission = decideRedeem({ ...facts, presentation: card, lines, now, overrides: setAside, ...uses });
  if (isRefusal(admission)) {
    // Without the card's uses this wish was admitted, so this no comes from them. Only a full house goes before it: it
    // would answer so to everybody, and else it could be asked of a card without booking anything.
    const places = { performanceId: performance.id, places: countedTicketsOf(lines) };
    const full = onBehalf ? await whyFull(trx, places) : null;
    return no(full === null ? admission : full === 'AGAIN' ? refuse('NOT_POSSIBLE_ON_BEHALF') : full);
  }
  const redemption = redemptionOf(wish, admission, id, cardId);
  const { seenKey, overridden } = admission;
  if (!(await insertRedemption(trx, { redemption, seenKey }))) return no('AGAIN');
  const recordedOverrides = overrides.filter(({ limit }) => overridden.includes(limit));
  await insertOverrides(trx, redemption, recordedOverrides);
  const change = {
    performanceId: performance.id,
    redemptionId: redemption.id,
    places: admission.counted,
    at: now,
  };
  // A unit is answered like everybody: that places are kept for its holder would tell it where the holder wants to go.
  const isIn =
    (await env.ledger.takePlaces(trx, change)) !== null ||
    (!onBehalf && (await takeOwnOffer(env, trx, cardId, change)));
  if (!isIn) return no(await whyFull(trx, change));
  // The counter's row is ours now. A performance cancelled before this moment is seen here; one cancelled after it
  // waits for the row, and then finds this redemption.
  if ((await findPerformance(trx, performance.id))?.status !== 'SCHEDULED') {
    return no(
      refuse('PERFORMANCE_CANCELLED', { performanceId: performance.id, startsAt: performance.startsAt }),
    );
  }
  await appendEvent(trx, recordedEvent(redemption, facts), now);
  return redemption;
}
