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

/** How often an organisation's card was shown, by month and kind of person, the newest month first. */
export async function findCommunityUses(db: CardsReader, cardId: string): Promise<CommunityUse[]> {
  const rows = await db
    .selectFrom('community_use')
    .select(['month', 'used_by', 'uses'])
    .where('card_id', '=', cardId)
    .orderBy('month', 'desc')
    .orderBy('used_by')
    .limit(72)
    .execute();
  return rows.map(({ month, used_by, uses }) => ({ month, usedBy: used_by, uses }));
}
