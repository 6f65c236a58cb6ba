import { readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { CardKind, RegisteredStatus } from '../domain/card.ts';
import type { CardCode } from '../domain/code.ts';
import type { DeskLimits } from '../domain/desk.ts';
import type { CardsReader } from './database.ts';

/** A row of a unit's list. No facts of a holder: those are read card by card, and each look is logged. */
export interface IssuerCardRow {
  readonly id: string;
  readonly kind: CardKind;
  readonly status: RegisteredStatus;
  readonly issuedOn: LocalDate;
  readonly validUntil: LocalDate;
  readonly used: boolean;
}

/** How far a unit's list is counted: more than any unit gives in years, and fast whatever happens. */
export const mostCounted = 10_000;

/**
 * A unit's cards by their last day, the merged ones left out. Every filter has an index of its own. The total is exact up to
 * `mostCounted`, and that where there are more.
 */
export async function listIssuerCards(
  db: CardsReader,
  issuerId: string,
  { status, endsFrom, endsTo, unused }: DeskLimits,
  args: PageArgs,
): Promise<Page<IssuerCardRow>> {
  let query = db
    .selectFrom('card')
    .select(['id', 'kind', 'status', 'issued_on', 'valid_until', 'uses'])
    .where('issuer_id', '=', issuerId);
  query = status ? query.where('status', '=', status) : query.where('status', '<>', 'MERGED');
  if (endsFrom !== undefined) query = query.where('valid_until', '>=', endsFrom);
  if (endsTo !== undefined) query = query.where('valid_until', '<=', endsTo);
  if (unused) query = query.where('uses', '=', 0);
  const page = await readPage(query, {
    args,
    order: [
      { column: 'valid_until', as: 'valid_until', direction: 'asc' },
      { column: 'id', as: 'id', direction: 'asc' },
    ],
    total: async () => {
      const counted = query.clearSelect().select('id').limit(mostCounted).as('counted');
      const { cards } = await db
        .selectFrom(counted)
        .select((eb) => eb.fn.countAll<number>().as('cards'))
        .executeTakeFirstOrThrow();
      return Number(cards);
    },
  });
  return { ...page, items: page.items.map(toRow) };
}

/** A unit's card by a code that it has or had; a merged registration is not found. */
export async function findIssuerCardByCode(
  db: CardsReader,
  issuerId: string,
  code: CardCode,
): Promise<IssuerCardRow | null> {
  const row = await db
    .selectFrom('card_code')
    .innerJoin('card', 'card.id', 'card_code.card_id')
    .select(['card.id', 'card.kind', 'card.status', 'card.issued_on', 'card.valid_until', 'card.uses'])
    .where('card_code.code', '=', code)
    .where('card.issuer_id', '=', issuerId)
    .where('card.status', '<>', 'MERGED')
    .executeTakeFirst();
  return row ? toRow(row) : null;
}

/** The codes in use of these cards, under the card's id. */
export async function findCodesInUse(
  db: CardsReader,
  cardIds: readonly string[],
): Promise<Map<string, CardCode>> {
  const rows = await db
    .selectFrom('card_code')
    .select(['card_id', 'code'])
    .where('card_id', 'in', cardIds)
    .where('active', '=', 1)
    .execute();
  return new Map(rows.map(({ card_id, code }) => [card_id, code]));
}

function toRow(row: {
  id: string;
  kind: CardKind;
  status: RegisteredStatus;
  issued_on: LocalDate;
  valid_until: LocalDate;
  uses: number;
}): IssuerCardRow {
  const { id, kind, status, issued_on, valid_until, uses } = row;
  return { id, kind, status, issuedOn: issued_on, validUntil: valid_until, used: uses > 0 };
}
