import { notFound } from '../../platform/errors.ts';
import { appendEvents } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { Redemption } from '../domain/redemption.ts';
import { checkRequestId } from '../domain/request.ts';
import { acceptText, asHolder } from '../domain/waiting-list.ts';
import { lockCard } from '../store/card-identity.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { sha256 } from '../store/hash.ts';
import { closeHold, useHold } from '../store/holds.ts';
import { findRedemptions, insertRedemption } from '../store/redemptions.ts';
import { claimRequest } from '../store/requests.ts';
import { endEntry, findEntry, type WaitingEntry } from '../store/waiting-entries.ts';
import { cardUses } from './card-uses.ts';
import { decide } from './decide.ts';
import { doorFacts, findPerformance, type DoorFacts } from './door-facts.ts';
import { findEarlier, type RequestKey } from './earlier-answer.ts';
import { ring, type Environment } from './environment.ts';
import { holdClosed } from './hold-event.ts';
import { recordedEvent } from './recorded-event.ts';
import type { WaitingRefusal } from './waiting-join.ts';
import { ownEntry } from './waiting-own.ts';

export interface AcceptOfferInput {
  readonly entryId: string;
  readonly requestId: string;
}

type Attempt = Redemption | WaitingRefusal | 'EARLIER' | 'AGAIN';

const maxAttempts = 5;

/**
 * A holder takes the places that are kept for them: a redemption, with the same limits as at the door; of the cap nothing is
 * asked any more. Accepting once more gives the same redemption. Refuses OFFER_OVER and what the limits say. Throws
 * BAD_INPUT, NOT_FOUND, FORBIDDEN, REQUEST_ID_REUSED.
 */
export async function acceptOffer(
  env: Environment,
  viewer: Viewer,
  { entryId, requestId }: AcceptOfferInput,
): Promise<Redemption | WaitingRefusal> {
  checkRequestId(requestId);
  const db = env.database.reader;
  let entry = await ownEntry(db, viewer, entryId);
  if (viewer.role !== 'HOLDER') throw notFound('WaitingEntry', entryId);
  const { cardId } = viewer;
  const key = { scope: `card:${cardId}`, requestId, fingerprint: sha256(acceptText(entryId)) };
  await findEarlier(db, key);
  const performance = await findPerformance(db, entry.performanceId);
  if (!performance) throw new Error(`Entry ${entryId} has no performance.`);
  const facts = await doorFacts(db, performance);
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    const [made] = entry.redemptionId === null ? [] : await findRedemptions(db, [entry.redemptionId]);
    if (made) return made;
    if (entry.status !== 'OFFERED') return over(entry);
    const wish = { key, facts, entry, cardId, now: env.clock.now().toISOString() };
    const attempt = await decide<Attempt>(env.database, (trx, no) => acceptOnce(env, wish, trx, no));
    if (attempt !== 'EARLIER' && attempt !== 'AGAIN') {
      if (!isRefusal(attempt)) ring(env.live, performance);
      return attempt;
    }
    entry = (await findEntry(db, entryId)) ?? entry;
  }
  throw new Error(`Request ${requestId} met a changing state ${maxAttempts} times.`);
}

function over({ status, offerExpiresAt }: WaitingEntry): WaitingRefusal {
  return refuse('OFFER_OVER', { status, expiresAt: offerExpiresAt });
}

interface Wish {
  readonly key: RequestKey;
  readonly facts: DoorFacts;
  readonly entry: WaitingEntry;
  readonly cardId: string;
  readonly now: string;
}

/** One transaction. The order of locks is that of every use case: request key, card, seen key, hold, counter; then the entry. */
async function acceptOnce(
  { ledger }: Pick<Environment, 'ledger'>,
  { key, facts, entry, cardId: asker, now }: Wish,
  trx: VenuesTransaction,
  no: (attempt: Attempt) => never,
): Promise<Attempt> {
  const { performance } = facts;
  const { id: performanceId, startsAt, venueId, offeringId } = performance;
  const { lines, holdId } = entry;
  const id = newId();
  if (!(await claimRequest(trx, { ...key, redemptionId: id, turnAwayId: null }, now))) return no('EARLIER');
  const cardId = await lockCard(trx, asker);
  const presentation = asHolder(cardId, venueId, now);
  const uses = await cardUses(trx, cardId, facts, now);
  const admission = decideRedeem({ ...facts, presentation, lines, now, ...uses });
  if (isRefusal(admission)) {
    // An identical call may have made the redemption that stands in the way.
    return no((await findEntry(trx, entry.id))?.status === 'OFFERED' ? admission : 'AGAIN');
  }
  const { tickets, counted, seenKey } = admission;
  const redemption: Redemption = {
    kind: 'redemption',
    id,
    cardId,
    cardKind: presentation.cardKind,
    performanceId,
    offeringId,
    venueId,
    lines,
    tickets,
    counted,
    status: 'VALID',
    recordedAt: now,
    cancelledAt: null,
    cancelledBy: null,
  };
  if (!(await insertRedemption(trx, { redemption, seenKey }))) return no('AGAIN');
  if (holdId === null || !(await useHold(trx, { holdId, places: counted, at: now }))) return no(over(entry));
  const change = { performanceId, redemptionId: id, places: counted, at: now };
  if (!(await ledger.takePlaces(trx, change, { holdId, places: counted }))) return no('AGAIN');
  // The counter's row is ours now: see redeem.
  if ((await findPerformance(trx, performanceId))?.status !== 'SCHEDULED') {
    return no(refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt }));
  }
  const hold = await closeHold(trx, holdId, now);
  const ended = { from: 'OFFERED', to: 'ACCEPTED', at: now, redemptionId: id } as const;
  if (!hold || !(await endEntry(trx, entry.id, ended))) return no('AGAIN');
  await appendEvents(trx, [holdClosed(hold, 'USED', now), recordedEvent(redemption, facts)], now);
  return redemption;
}
