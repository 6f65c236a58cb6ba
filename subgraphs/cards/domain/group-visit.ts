import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { PresentationGrant } from './present.ts';
import type { CardRules } from './rules.ts';

/** Fewest people of a group visit, its worker included. Source: policy_rules.csv community_card.group ("2-5 persons"). */
export const smallestGroup = 2;

export const groupRefusalCodes = [
  'GROUP_SIZE',
  'GROUP_CARD_TWICE',
  'GROUP_NEEDS_ONE_WORKER',
  'GROUP_CARDS_REFUSED',
  'TOO_MANY_MISSES',
] as const;
export type GroupRefusalCode = (typeof groupRefusalCodes)[number];

/** Refuses GROUP_SIZE with how many there are, and the fewest and most there may be; null: go on. */
export function checkGroupSize(cards: number, rules: CardRules): Refusal<'GROUP_SIZE'> | null {
  const { value: most, rule } = rules.communityGroup;
  return cards < smallestGroup || cards > most
    ? refuse('GROUP_SIZE', { cards, least: smallestGroup, most }, rule)
    : null;
}

/**
 * A group visit: one community card with its worker, and each member with the own card. The worker may bring clients under
 * 18 up to the rest of the group. Refuses GROUP_CARD_TWICE, and GROUP_NEEDS_ONE_WORKER with how many community cards
 * there are. Not for courses: venues gives no course to a worker (community_card.courses).
 */
export function groupVisit(
  grants: readonly PresentationGrant[],
  rules: CardRules,
): readonly PresentationGrant[] | Refusal<'GROUP_CARD_TWICE' | 'GROUP_NEEDS_ONE_WORKER'> {
  if (new Set(grants.map(({ cardId }) => cardId)).size < grants.length) return refuse('GROUP_CARD_TWICE');
  const workers = grants.filter(({ kind }) => kind === 'COMMUNITY').length;
  if (workers !== 1) return refuse('GROUP_NEEDS_ONE_WORKER', { workers });
  const rest = rules.communityGroup.value - grants.length;
  return grants.map((grant) => {
    if (grant.kind === 'PERSONAL') return grant;
    const { CHILD: _alone, ...lines } = grant.lines;
    return { ...grant, lines: rest > 0 ? { ...lines, CHILD: rest } : lines };
  });
}
