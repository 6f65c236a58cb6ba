import { localDate } from '../../platform/clock.ts';
import type { Refusal } from '../../platform/refusals.ts';
import type { TicketCount } from '../../platform/units.ts';
import { capReached } from '../domain/cap.ts';
import type { Traced } from '../domain/limits/index.ts';
import type { Redemption, RedemptionRefusalCode } from '../domain/redemption.ts';
import type { VenuesReader } from '../store/database.ts';
import { findGroupOf } from '../store/redemption-groups.ts';
import { findRedemptions } from '../store/redemptions.ts';
import { findTurnAway } from '../store/requests.ts';
import type { DoorFacts } from './door-facts.ts';
import { findEarlier, type FullHouse, type RequestKey } from './earlier-answer.ts';

/** A group that came in: one redemption for each card, in the order of the cards. */
export interface RedeemedGroup {
  readonly kind: 'redeemedGroup';
  readonly redemptions: readonly Redemption[];
  /** As many places as came out of the hold. */
  readonly fromHold: TicketCount;
}

/** A group that did not come in; nothing of it is stored. Either something refuses all of it, or some of its cards. */
export interface RefusedGroup {
  readonly kind: 'refusedGroup';
  readonly whole: Refusal<'CAP_REACHED' | 'PERFORMANCE_CANCELLED'> | null;
  readonly cards: readonly RefusedCard[];
}

export interface RefusedCard {
  /** Its place in what was asked, from 0. */
  readonly index: number;
  readonly refusal: Traced<RedemptionRefusalCode>;
}

/** What a group was answered under this key: its redemptions as they are now, or the full house as it was then. */
export async function earlierGroup(
  db: VenuesReader,
  { key, facts }: { readonly key: RequestKey; readonly facts: DoorFacts },
): Promise<RedeemedGroup | RefusedGroup | null> {
  const request = await findEarlier(db, key);
  if (!request) return null;
  if (request.redemptionId !== null) {
    const group = await findGroupOf(db, request.redemptionId);
    if (!group) return null;
    const { redemptionIds, fromHold } = group;
    const found = new Map((await findRedemptions(db, redemptionIds)).map((each) => [each.id, each]));
    const redemptions = redemptionIds.flatMap((id): Redemption[] => {
      const redemption = found.get(id);
      return redemption ? [redemption] : [];
    });
    return { kind: 'redeemedGroup', redemptions, fromHold };
  }
  const turnAway = request.turnAwayId === null ? null : await findTurnAway(db, request.turnAwayId);
  return turnAway && fullGroup(facts, turnAway);
}

/** There is no room for the whole group: `wanted` is what it needs besides its hold. */
export function fullGroup({ rules, place }: DoorFacts, full: FullHouse): RefusedGroup {
  return { kind: 'refusedGroup', whole: capReached(full, rules, place, localDate(full.at)), cards: [] };
}
