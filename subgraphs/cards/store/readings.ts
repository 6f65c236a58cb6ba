import { readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Role } from '../../platform/viewer.ts';
import type { ReadPurpose } from '../domain/reading.ts';
import type { CardsReader } from './database.ts';

/** One look, as its holder sees it: when, why, and what kind of organisation; not which person. */
export interface ReadingOfCard {
  readonly at: IsoInstant;
  readonly purpose: ReadPurpose;
  readonly role: Role;
  readonly fields: readonly string[];
}

/** Looks at these cards, the newest first. */
export async function listReadings(
  db: CardsReader,
  cardIds: readonly string[],
  args: PageArgs,
): Promise<Page<ReadingOfCard>> {
  const query = db
    .selectFrom('read_log')
    .select(['seq', 'at', 'purpose', 'actor_role', 'fields'])
    .where('card_id', 'in', cardIds);
  const page = await readPage(query, {
    args,
    order: [
      { column: 'at', as: 'at', direction: 'desc' },
      { column: 'seq', as: 'seq', direction: 'desc', type: 'integer' },
    ],
  });
  const items = page.items.map(({ at, purpose, actor_role, fields }) => ({
    at,
    purpose,
    role: actor_role,
    fields: JSON.parse(fields) as string[],
  }));
  return { ...page, items };
}
