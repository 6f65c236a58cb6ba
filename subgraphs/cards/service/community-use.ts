import { localDate } from '../../platform/clock.ts';
import type { CommunityUser } from '../domain/card.ts';
import type { PresentationGrant } from '../domain/present.ts';
import { countCommunityUse, type CommunityUse } from '../store/community-uses.ts';
import type { CardsTransaction } from '../store/database.ts';
import { monthOf } from '../store/figure-deltas.ts';
import type { CardsContext } from './context.ts';

export type { CommunityUse };

/** At the door: by whom an organisation's card is used, counted and not remembered. A personal card counts nothing. */
export async function noteCommunityUse(
  trx: CardsTransaction,
  { cardId, kind }: PresentationGrant,
  usedBy: CommunityUser | null | undefined,
  now: Date,
): Promise<void> {
  if (kind !== 'COMMUNITY' || !usedBy) return;
  await countCommunityUse(trx, cardId, monthOf(localDate(now)), usedBy);
}

/** For the organisation whose card it is, and the national centre; null for others and for a personal card. */
export function communityUses(
  { loaders }: CardsContext,
  cardId: string,
): Promise<readonly CommunityUse[] | null> {
  return loaders.communityUses.load(cardId);
}
