import { forbidden, notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { capReached, fullPlaces, remainingOf } from '../domain/cap.ts';
import { countedTicketsOf, type TicketLine } from '../domain/lines.ts';
import { policy } from '../domain/policy.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { RedemptionRefusalCode } from '../domain/redemption.ts';
import { checkCounts, checkRequestId } from '../domain/request.ts';
import {
  asHolder,
  joinText,
  mostWaiting,
  offerExpiresAt,
  seatsOf,
  waitingClosesAt,
} from '../domain/waiting-list.ts';
import { localDate } from '../../platform/clock.ts';
import { lockCard } from '../store/card-identity.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { findCounters, lockCounter } from '../store/ledger.ts';
import { claimRequest } from '../store/requests.ts';
import { findEntryBy, insertEntry, isWaiting, waitingLine } from '../store/waiting-entries.ts';
import { allIdsOf, cardIdsOf } from '../store/waiting-views.ts';
import { cardUses } from './card-uses.ts';
import { decide } from './decide.ts';
import { doorFacts, findPerformance, type DoorFacts } from './door-facts.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import { expireHoldsOf } from './expire-holds.ts';
import { lineChanged } from './waiting-events.ts';
import type { WaitingEntry } from './waiting-own.ts';

export interface JoinWaitingListInput {
  readonly performanceId: string;
  readonly lines: readonly TicketLine[];
  readonly requestId: string;
}

/** On the list, or with an offer. */
export interface InLine {
  readonly kind: 'inLine';
  readonly entry: WaitingEntry;
}

export type WaitingRefusal = Refusal<RedemptionRefusalCode>;

interface Wish {
  readonly key: RequestKey;
  readonly facts: DoorFacts;
  readonly lines: readonly TicketLine[];
  readonly now: string;
}

/**
 * A holder waits for places of a performance that is full for them. The limits are those of `redeem` without the cap, asked
 * now and once more when an offer is accepted. Refuses besides them PLACES_FREE, CAP_REACHED (the house has not so many
 * places at all), ALREADY_WAITING, WAITING_CLOSED. The same requestId with the same wish gives the same entry. Throws
 * BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function joinWaitingList(
  env: Environment,
  viewer: Viewer,
  input: JoinWaitingListInput,
): Promise<InLine | WaitingRefusal> {
  if (!policy.waitInLine(viewer)) throw forbidden();
  checkRequestId(input.requestId);
  const lines = checkCounts(input.lines);
  const db = env.database.reader;
  const performance = await findPerformance(db, input.performanceId);
  const facts = performance && (await doorFacts(db, performance));
  if (!facts || !policy.readOffering(viewer, facts.offering)) {
    throw notFound('Performance', input.performanceId);
  }
  const { cardId } = viewer;
  const { requestId } = input;
  const fingerprint = sha256(joinText(facts.performance.id, lines));
  const key = { scope: `card:${cardId}`, requestId, fingerprint };
  const earlier = async (): Promise<InLine | null> => {
    const isAsked = await findEarlier(db, key);
    const entry = isAsked ? await findEntryBy(db, await allIdsOf(db, cardId), requestId) : null;
    return entry && { kind: 'inLine', entry };
  };
  const before = await earlier();
  if (before) return before;
  // An offer that is over may be what makes the house full.
  await expireHoldsOf(env, facts.performance.id);

  const now = env.clock.now().toISOString();
  const wish = { key, facts, lines, now };
  const refusal = await decide<WaitingRefusal | null>(env.database, (trx, no) =>
    joinOnce(trx, no, cardId, wish),
  );
  if (refusal) return refusal;
  const joined = await earlier();
  if (joined) return joined;
  throw new Error(`Request ${requestId} joined the waiting list and is not there.`);
}

/** Null: it is on the list, by this call or by an identical one. */
async function joinOnce(
  trx: VenuesTransaction,
  no: (refusal: WaitingRefusal) => never,
  asker: string,
  { key, facts, lines, now }: Wish,
): Promise<null> {
  const { performance, rules, place } = facts;
  const { id: performanceId, startsAt, venueId } = performance;
  if (!(await claimRequest(trx, { ...key, redemptionId: null, turnAwayId: null }, now))) return null;
  const cardId = await lockCard(trx, asker);
  const uses = await cardUses(trx, cardId, facts, now);
  const admission = decideRedeem({
    ...facts,
    presentation: asHolder(cardId, venueId, now),
    lines,
    now,
    ...uses,
  });
  if (isRefusal(admission)) return no(admission);
  await lockCounter(trx, performanceId);
  // The counter's row is ours now: whoever cancels the performance waits for it, and then finds this entry.
  if ((await findPerformance(trx, performanceId))?.status !== 'SCHEDULED') {
    return no(refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt }));
  }
  if (offerExpiresAt(now, startsAt) === null) {
    return no(refuse('WAITING_CLOSED', { reason: 'SOON', closedAt: waitingClosesAt(startsAt), startsAt }));
  }
  const [counter] = await findCounters(trx, [performanceId]);
  if (!counter) throw new Error(`Performance ${performanceId} has no cap counter.`);
  const places = countedTicketsOf(lines);
  const remaining = remainingOf(counter);
  if (remaining === null || places <= remaining) {
    return no(refuse('PLACES_FREE', { remaining, wanted: places }));
  }
  const full = fullPlaces(counter, places);
  if (full && places > (seatsOf(counter) ?? places)) {
    return no(capReached(full, rules, place, localDate(now)));
  }
  if (await isWaiting(trx, performanceId, await cardIdsOf(trx, cardId))) return no(refuse('ALREADY_WAITING'));
  if ((await waitingLine(trx, performanceId)).length >= mostWaiting) {
    return no(refuse('WAITING_CLOSED', { reason: 'LINE_FULL', most: mostWaiting }));
  }
  const { requestId } = key;
  const entry = { id: newId(), performanceId, venueId, cardId, requestId, lines, places, joinedAt: now };
  if (!(await insertEntry(trx, entry))) return no(refuse('ALREADY_WAITING'));
  await appendEvent(trx, lineChanged(entry, 'joined', now), now);
  return null;
}
