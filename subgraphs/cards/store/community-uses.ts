import type { CommunityUser } from '../domain/card.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** Counts one more showing of an organisation's card in a month, by what kind of person; who it was is not kept. */
export async function countCommunityUse(
  trx: CardsTransaction,
  cardId: string,
  month: string,
  usedBy: CommunityUser,
): Promise<void> {
  await trx
    .insertInto('community_use')
    .values({ card_id: cardId, month, used_by: usedBy, uses: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['card_id', 'month', 'used_by'])
        .doUpdateSet((eb) => ({ uses: eb('community_use.uses', '+', 1) })),
    )
    .execute();
}

export interface CommunityUse {
  readonly month: string;
  readonly usedBy: CommunityUser;
  readonly uses: number;
}

/** Rows that are told of one card: two years of three kinds of people. */
const most = 72;

/** How often organisations' cards were shown, by month and kind of person, the newest month first, under the card's id. */
export async function findCommunityUses(
  db: CardsReader,
  cardIds: readonly string[],
): Promise<Map<string, CommunityUse[]>> {
  const rows = await db
    .selectFrom('community_use')
    .select(['card_id', 'month', 'used_by', 'uses'])
    .where('card_id', 'in', cardIds)
    .orderBy('card_id')
    .orderBy('month', 'desc')
    .orderBy('used_by')
    .execute();
  const found = new Map<string, CommunityUse[]>(cardIds.map((id) => [id, []]));
  for (const { card_id, month, used_by, uses } of rows) {
    const ofCard = found.get(card_id);
    if (ofCard && ofCard.length < most) ofCard.push({ month, usedBy: used_by, uses });
  }
  return found;
}
