import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Presentation } from '../domain/presentation.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import { lockCard } from '../store/card-identity.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { insertRedemption } from '../store/redemptions.ts';
import { claimRequest } from '../store/requests.ts';
import type { Slice } from '../store/slices.ts';
import { cardUses } from './card-uses.ts';
import { findPerformance, type DoorFacts } from './door-facts.ts';
import type { Environment } from './environment.ts';
import { takeFromHold } from './group-attempt.ts';
import { recordedEvent } from './recorded-event.ts';
import type { UseKey } from './slice-earlier.ts';
import { whyFull, type Full } from './why-full.ts';

/** What one attempt came to. */
export type UseAttempt = Redemption | Refusal<RedemptionRefusalCode> | Full | 'EARLIER' | 'AGAIN';

interface Use {
  readonly key: UseKey;
  readonly slice: Slice;
  readonly facts: DoorFacts;
  readonly presentation: Presentation;
  readonly lines: readonly TicketLine[];
  /** When the guest came in. */
  readonly usedAt: IsoInstant;
  readonly now: IsoInstant;
}

/**
 * One transaction for one offline use. The order of locks is that of every use case: request key, card, seen key, hold,
 * counter. Its slice is asked by the moment of the use: one that is over by now, and not closed yet, still has its places
 * for whoever came in before its end.
 */
export async function recordUse(
  { ledger }: Pick<Environment, 'ledger'>,
  { key, slice, facts, presentation, lines, usedAt, now }: Use,
  trx: VenuesTransaction,
  no: (attempt: UseAttempt) => never,
): Promise<UseAttempt> {
  const { performance, offering } = facts;
  const id = newId();
  const { scope, requestId, fingerprint } = key;
  if (fingerprint === null) throw new Error('Only what could be read is recorded.');
  const claim = { scope, requestId, fingerprint, redemptionId: id, turnAwayId: null };
  if (!(await claimRequest(trx, claim, now))) return no('EARLIER');
  const cardId = await lockCard(trx, presentation.cardId);
  const card = { ...presentation, cardId };
  const uses = await cardUses(trx, cardId, facts, usedAt);
  const admission = decideRedeem({ ...facts, presentation: card, lines, now: usedAt, ...uses });
  if (isRefusal(admission)) return no(admission);
  const redemption: Redemption = {
    kind: 'redemption',
    id,
    cardId,
    cardKind: presentation.cardKind,
    performanceId: performance.id,
    offeringId: offering.id,
    venueId: performance.venueId,
    lines,
    tickets: admission.tickets,
    counted: admission.counted,
    status: 'VALID',
    recordedAt: usedAt,
    cancelledAt: null,
    cancelledBy: null,
  };
  if (!(await insertRedemption(trx, { redemption, seenKey: admission.seenKey }))) return no('AGAIN');
  const ofSlice = await takeFromHold(trx, slice.id, admission.counted, usedAt);
  const change = { performanceId: performance.id, redemptionId: id, places: admission.counted, at: now };
  const from = ofSlice > 0 ? { holdId: slice.id, places: ofSlice } : null;
  if (!(await ledger.takePlaces(trx, change, from))) {
    return no(await whyFull(trx, { performanceId: performance.id, places: admission.counted - ofSlice }));
  }
  // The counter's row is ours now: see redeem.
  if ((await findPerformance(trx, performance.id))?.status !== 'SCHEDULED') {
    const { id: performanceId, startsAt } = performance;
    return no(refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt }));
  }
  await appendEvent(trx, recordedEvent(redemption, facts), now);
  return redemption;
}
