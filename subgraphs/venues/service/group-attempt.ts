import { appendEvents } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { LimitName } from '../domain/limits/index.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Override } from '../domain/override.ts';
import type { Presentation } from '../domain/presentation.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import { lockCards } from '../store/card-identity.ts';
import type { VenuesTransaction } from '../store/database.ts';
import { lockHold, useHold } from '../store/holds.ts';
import { insertOverrides } from '../store/overrides.ts';
import { insertGroup } from '../store/redemption-groups.ts';
import { insertRedemption } from '../store/redemptions.ts';
import { claimRequest } from '../store/requests.ts';
import { cardUses } from './card-uses.ts';
import { findPerformance, type DoorFacts } from './door-facts.ts';
import type { RequestKey } from './earlier-answer.ts';
import type { Environment } from './environment.ts';
import type { RedeemedGroup } from './group-answer.ts';
import { recordedEvent } from './recorded-event.ts';

export interface GroupWish {
  readonly key: RequestKey;
  readonly facts: DoorFacts;
  readonly cards: readonly {
    readonly presentation: Presentation;
    readonly lines: readonly TicketLine[];
  }[];
  /** For every card of the group; `setAside` are their limits. */
  readonly overrides: readonly Override[];
  readonly setAside: ReadonlySet<LimitName>;
  readonly holdId: string | null;
  readonly now: string;
}

/** What one attempt came to. */
export type GroupAttempt =
  | RedeemedGroup
  | {
      readonly kind: 'refusedCards';
      /** By their place in the wish. */
      readonly refusals: ReadonlyMap<number, Refusal<RedemptionRefusalCode>>;
    }
  | Refusal<'PERFORMANCE_CANCELLED'>
  /** So many places besides those of the hold are not free. */
  | { readonly kind: 'noRoom'; readonly wanted: TicketCount }
  | 'EARLIER'
  | 'AGAIN';

/** The same card a second time in one group. */
export function seenTwice({ performance }: DoorFacts): Refusal<'ALREADY_SEEN'> {
  return refuse('ALREADY_SEEN', { performanceId: performance.id, oncePerProduction: false });
}

/**
 * One transaction for the whole group. The order of locks is that of every use case: request key, cards (by id), seen
 * keys, hold, counter.
 */
export async function admitGroup(
  { ledger }: Pick<Environment, 'ledger'>,
  wish: GroupWish,
  trx: VenuesTransaction,
  no: (attempt: GroupAttempt) => never,
): Promise<GroupAttempt> {
  const { key, facts, holdId, now } = wish;
  const { performance } = facts;
  const ids = wish.cards.map(() => newId());
  const [firstId = ''] = ids;
  if (!(await claimRequest(trx, { ...key, redemptionId: firstId, turnAwayId: null }, now)))
    return no('EARLIER');
  const redemptions = await insertAll(trx, wish, ids, no);

  const wanted = redemptions.reduce((sum, { counted }) => sum + counted, 0);
  const fromHold = holdId === null ? 0 : await takeFromHold(trx, holdId, wanted, now);
  let left = fromHold;
  for (const { id, counted } of redemptions) {
    const ofHold = Math.min(left, counted);
    left -= ofHold;
    const change = { performanceId: performance.id, redemptionId: id, places: counted, at: now };
    const from = holdId !== null && ofHold > 0 ? { holdId, places: ofHold } : null;
    if (!(await ledger.takePlaces(trx, change, from)))
      return no({ kind: 'noRoom', wanted: wanted - fromHold });
  }
  // The counter's row is ours now: see redeem.
  if ((await findPerformance(trx, performance.id))?.status !== 'SCHEDULED') {
    const { id: performanceId, startsAt } = performance;
    return no(refuse('PERFORMANCE_CANCELLED', { performanceId, startsAt }));
  }
  await insertGroup(trx, { id: newId(), holdId, fromHold, redemptionIds: ids });
  await appendEvents(
    trx,
    redemptions.map((each) => recordedEvent(each, facts)),
    now,
  );
  return { kind: 'redeemedGroup', redemptions, fromHold };
}

/** Stores the redemption of each card that the limits admit; all of them, or none and which were refused. */
async function insertAll(
  trx: VenuesTransaction,
  { cards, facts, now, overrides, setAside }: GroupWish,
  ids: readonly string[],
  no: (attempt: GroupAttempt) => never,
): Promise<readonly Redemption[]> {
  // A token may have been signed before its card was merged into another registration of its holder.
  const current = await lockCards(
    trx,
    cards.map(({ presentation }) => presentation.cardId),
  );
  const redemptions: Redemption[] = [];
  const refusals = new Map<number, Refusal<RedemptionRefusalCode>>();
  for (const [index, { presentation, lines }] of cards.entries()) {
    const cardId = current.get(presentation.cardId) ?? presentation.cardId;
    // Two cards that stand for one registration: the first one's use is among the second one's.
    const uses = await cardUses(trx, cardId, facts, now);
    const card = { ...presentation, cardId };
    const admission = decideRedeem({
      ...facts,
      presentation: card,
      lines,
      now,
      overrides: setAside,
      ...uses,
    });
    if (isRefusal(admission)) {
      refusals.set(index, admission);
      continue;
    }
    const redemption = newRedemption(ids[index] ?? newId(), card, facts, lines, admission, now);
    if (!(await insertRedemption(trx, { redemption, seenKey: admission.seenKey }))) return no('AGAIN');
    const recorded = overrides.filter(({ limit }) => admission.overridden.includes(limit));
    await insertOverrides(trx, redemption, recorded);
    redemptions.push(redemption);
  }
  return refusals.size > 0 ? no({ kind: 'refusedCards', refusals }) : redemptions;
}

function newRedemption(
  id: string,
  { cardId, cardKind }: Presentation,
  { performance, offering }: DoorFacts,
  lines: readonly TicketLine[],
  { tickets, counted }: Pick<Redemption, 'tickets' | 'counted'>,
  now: string,
): Redemption {
  return {
    kind: 'redemption',
    id,
    cardId,
    cardKind,
    performanceId: performance.id,
    offeringId: offering.id,
    venueId: performance.venueId,
    lines,
    tickets,
    counted,
    status: 'VALID',
    recordedAt: now,
    cancelledAt: null,
    cancelledBy: null,
  };
}

/** As many of the wanted places as the hold has. Its row is locked until the counter has moved. */
export async function takeFromHold(
  trx: VenuesTransaction,
  holdId: string,
  wanted: TicketCount,
  at: string,
): Promise<TicketCount> {
  const hold = await lockHold(trx, holdId);
  const places = Math.min(hold?.status === 'OPEN' && hold.expiresAt > at ? hold.remaining : 0, wanted);
  if (places === 0 || !(await useHold(trx, { holdId, places, at }))) return 0;
  return places;
}
