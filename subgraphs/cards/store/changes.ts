import { newId } from '../../platform/ids.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { ChangeKind } from '../domain/card.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

export interface CardChange {
  readonly kind: ChangeKind;
  /** A code, never a free text. */
  readonly reason: string;
  /** Which fields were corrected. What stood in them is not kept. */
  readonly fields: readonly string[];
  readonly at: IsoInstant;
}

export async function appendChange(trx: CardsTransaction, cardId: string, change: CardChange): Promise<void> {
  const { kind, reason, fields, at } = change;
  await trx
    .insertInto('card_change')
    .values({ id: newId(), card_id: cardId, at, kind, reason, fields: fields.join(',') })
    .execute();
}

/** The changes of these cards, the oldest first, under the card's id. */
export async function findChanges(
  db: CardsReader,
  cardIds: readonly string[],
): Promise<Map<string, CardChange[]>> {
  const rows = await db
    .selectFrom('card_change')
    .selectAll()
    .where('card_id', 'in', cardIds)
    .orderBy('card_id')
    .orderBy('at')
    .orderBy('id')
    .execute();
  const changes = new Map<string, CardChange[]>(cardIds.map((id) => [id, []]));
  for (const { card_id, kind, reason, fields, at } of rows)
    changes.get(card_id)?.push({ kind, reason, at, fields: fields === '' ? [] : fields.split(',') });
  return changes;
}
