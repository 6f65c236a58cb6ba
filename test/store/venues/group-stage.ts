import { newId } from '../../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import type { IsoInstant } from '../../../subgraphs/platform/units.ts';
import type { RedeemedGroup, RefusedGroup } from '../../../subgraphs/venues/service/group-answer.ts';
import {
  holdPlaces,
  type HoldPlacesInput,
  type NamedHold,
} from '../../../subgraphs/venues/service/group-holds.ts';
import { redeemGroup, type RedeemGroupInput } from '../../../subgraphs/venues/service/redeem-group.ts';
import { findCounters, type Counter } from '../../../subgraphs/venues/store/ledger.ts';
import { token, type Stage } from './stage.ts';

const minute = 60_000;

export const inMinutes = ({ clock }: Stage, minutes: number): IsoInstant =>
  new Date(clock.now().getTime() + minutes * minute).toISOString();

/** Places kept for a school for an hour, unless told otherwise. */
export function holdWish(stage: Stage, performanceId: string, changes: object = {}): HoldPlacesInput {
  return {
    performanceId,
    places: 4,
    expiresAt: inMinutes(stage, 60),
    label: 'Kallaveden koulu',
    requestId: newId(),
    ...changes,
  };
}

export async function kept(stage: Stage, performanceId: string, changes: object = {}): Promise<NamedHold> {
  const answer = await holdPlaces(stage.env, stage.staff, holdWish(stage, performanceId, changes));
  if (isRefusal(answer)) throw new Error(answer.code);
  return answer.hold;
}

/** So many new cards, each for its own ticket. */
export function groupWish(
  stage: Stage,
  performanceId: string,
  cards: number | readonly { readonly presentation: string }[],
  changes: Partial<RedeemGroupInput> = {},
): RedeemGroupInput {
  return {
    cards:
      typeof cards === 'number'
        ? Array.from({ length: cards }, () => ({ presentation: token(stage) }))
        : cards,
    performanceId,
    requestId: newId(),
    ...changes,
  };
}

export const comeIn = (stage: Stage, wish: RedeemGroupInput): Promise<RedeemedGroup | RefusedGroup> =>
  redeemGroup(stage.env, stage.staff, wish);

/** How many came in, or why nobody did. */
export const groupSaid = (
  answer: RedeemedGroup | RefusedGroup,
): number | string | readonly (readonly [number, string])[] =>
  answer.kind === 'redeemedGroup'
    ? answer.redemptions.length
    : (answer.whole?.code ?? answer.cards.map(({ index, refusal }) => [index, refusal.code] as const));

export async function counterOf({ database }: Stage, performanceId: string): Promise<Counter | undefined> {
  return (await findCounters(database.reader, [performanceId]))[0];
}
