import type { IsoInstant } from '../../platform/units.ts';
import type { Card, HolderFacts, RegisteredStatus } from '../domain/card.ts';
import type { CardCode } from '../domain/code.ts';
import { yearOf } from '../domain/validity.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the columns
function selectCards(db: CardsReader) {
  return db
    .selectFrom('card')
    .leftJoin('holder', 'holder.id', 'card.holder_id')
    .select(['card.id', 'card.kind', 'card.status', 'card.issuer_id', 'card.issued_on', 'card.valid_until'])
    .select(['holder.birth_year', 'holder.postcode', 'holder.children', 'holder.grandchildren']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCards>['execute']>>[number];

/** The card that has this code in use; a code that was replaced finds nothing. */
export async function findCardByCode(db: CardsReader, code: CardCode): Promise<Card | null> {
  const row = await selectCards(db)
    .where('card.id', '=', (eb) =>
      eb.selectFrom('card_code').select('card_id').where('code', '=', code).where('active', '=', 1),
    )
    .executeTakeFirst();
  return row ? toCard(row) : null;
}

/** Those of the cards that exist, in no order. */
export async function findCards(db: CardsReader, ids: readonly string[]): Promise<Card[]> {
  const rows = await selectCards(db).where('card.id', 'in', ids).execute();
  return rows.map(toCard);
}

export async function findCard(db: CardsReader, id: string): Promise<Card | null> {
  return (await findCards(db, [id]))[0] ?? null;
}

function toCard(row: Row): Card {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    issuerId: row.issuer_id,
    issuedOn: row.issued_on,
    validUntil: row.valid_until,
    holder: toHolder(row),
  };
}

function toHolder({ birth_year, postcode, children, grandchildren }: Row): HolderFacts | null {
  if (birth_year === null || postcode === null) return null;
  return { birthYear: birth_year, postcode, children: children ?? 0, grandchildren: grandchildren ?? 0 };
}

/** Stores a registration with its holder. False when there is a card with this id already: then roll back. */
export async function insertCard(
  trx: CardsTransaction,
  card: Card,
  { holderId, at }: { readonly holderId: string; readonly at: IsoInstant },
): Promise<boolean> {
  if (card.holder) {
    const { birthYear, postcode, children, grandchildren } = card.holder;
    await trx
      .insertInto('holder')
      .values({ id: holderId, birth_year: birthYear, postcode, children, grandchildren })
      .execute();
  }
  const registered = await trx
    .insertInto('card')
    .values({
      id: card.id,
      kind: card.kind,
      status: card.status,
      issuer_id: card.issuerId,
      holder_id: card.holder ? holderId : null,
      issued_on: card.issuedOn,
      issued_year: yearOf(card.issuedOn),
      valid_until: card.validUntil,
      registered_at: at,
      status_changed_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return registered !== undefined;
}

/** Gives a card its code. False when the code was given before, to whichever card. */
export async function insertCode(
  trx: CardsTransaction,
  code: CardCode,
  cardId: string,
  at: IsoInstant,
): Promise<boolean> {
  const given = await trx
    .insertInto('card_code')
    .values({ code, card_id: cardId, active: 1, given_at: at })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('code')
    .executeTakeFirst();
  return given !== undefined;
}

export async function setStatus(
  trx: CardsTransaction,
  cardId: string,
  status: RegisteredStatus,
  at: IsoInstant,
): Promise<void> {
  await trx.updateTable('card').set({ status, status_changed_at: at }).where('id', '=', cardId).execute();
}
