import type { LocalDate } from '../../platform/units.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** A registration that still leads to a holder. */
export interface LinkedCard {
  readonly cardId: string;
  readonly holderId: string;
}

/** Cards whose last day was before this one and that still lead to a holder, by id. */
export async function findExpiredLinks(
  db: CardsReader,
  before: LocalDate,
  limit: number,
): Promise<LinkedCard[]> {
  const rows = await db
    .selectFrom('card')
    .select(['id', 'holder_id'])
    .where('valid_until', '<', before)
    .where('holder_id', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, holder_id }) =>
    holder_id === null ? [] : [{ cardId: id, holderId: holder_id }],
  );
}

export async function countExpiredLinks(db: CardsReader, before: LocalDate): Promise<number> {
  const { cards } = await db
    .selectFrom('card')
    .select((eb) => eb.fn.countAll<number>().as('cards'))
    .where('valid_until', '<', before)
    .where('holder_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return cards;
}

/** The card's own id and those of the registrations that were merged into it, at any remove. */
export async function withMerged(db: CardsReader, cardId: string): Promise<string[]> {
  const ids = [cardId];
  for (let next = [cardId]; next.length > 0;) {
    const rows = await db.selectFrom('card').select('id').where('merged_into', 'in', next).execute();
    next = rows.map(({ id }) => id).filter((id) => !ids.includes(id));
    ids.push(...next);
  }
  return ids;
}

/** Cuts cards off their holder, and removes the holder's facts once no card leads there. */
export async function removeHolder(
  trx: CardsTransaction,
  cardIds: readonly string[],
  holderId: string,
): Promise<void> {
  await trx
    .updateTable('card')
    .set({ holder_id: null })
    .where('id', 'in', cardIds)
    .where('holder_id', '=', holderId)
    .execute();
  await trx
    .deleteFrom('holder')
    .where('id', '=', holderId)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('card').select('card.id').where('holder_id', '=', holderId))),
    )
    .execute();
}

/** No code of these cards opens a door any more. None is ever given again. */
export async function endCodes(trx: CardsTransaction, cardIds: readonly string[]): Promise<void> {
  await trx.updateTable('card_code').set({ active: 0 }).where('card_id', 'in', cardIds).execute();
}

/** One-time codes of these cards, used and unused. */
export async function removeOneTimeCodes(trx: CardsTransaction, cardIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('one_time_code').where('card_id', 'in', cardIds).execute();
}
