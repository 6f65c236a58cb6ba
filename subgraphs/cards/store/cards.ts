import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import { backgrounds, type Card, type HolderFacts, type RegisteredStatus } from '../domain/card.ts';
import type { CardCode } from '../domain/code.ts';
import { yearOf } from '../domain/validity.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the columns
function selectCards(db: CardsReader) {
  return db
    .selectFrom('card')
    .leftJoin('holder', 'holder.id', 'card.holder_id')
    .select(['card.id', 'card.kind', 'card.status', 'card.issuer_id', 'card.issued_on', 'card.valid_until'])
    .select(['holder.birth_year', 'holder.postcode', 'holder.children', 'holder.grandchildren'])
    .select('holder.background');
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

function toHolder(row: Row): HolderFacts | null {
  const { birth_year, postcode, children, grandchildren } = row;
  if (birth_year === null || postcode === null) return null;
  const told = (row.background ?? '').split(',');
  const background = backgrounds.filter((word) => told.includes(word));
  return {
    birthYear: birth_year,
    postcode,
    children: children ?? 0,
    grandchildren: grandchildren ?? 0,
    ...(background.length > 0 && { background }),
  };
}

function holderRow({ birthYear, postcode, children, grandchildren, background = [] }: HolderFacts): {
  birth_year: number;
  postcode: string;
  children: number;
  grandchildren: number;
  background: string;
} {
  return { birth_year: birthYear, postcode, children, grandchildren, background: background.join(',') };
}

/** Stores a registration with its holder. False when there is a card with this id already: then roll back. */
export async function insertCard(
  trx: CardsTransaction,
  card: Card,
  { holderId, at }: { readonly holderId: string; readonly at: IsoInstant },
): Promise<boolean> {
  if (card.holder) {
    await trx
      .insertInto('holder')
      .values({ id: holderId, ...holderRow(card.holder) })
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
      status_reason: null,
      merged_into: null,
      uses: 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return registered !== undefined;
}

export async function setStatus(
  trx: CardsTransaction,
  cardId: string,
  status: Exclude<RegisteredStatus, 'MERGED'>,
  at: IsoInstant,
  reason: string | null = null,
): Promise<void> {
  await trx
    .updateTable('card')
    .set({ status, status_changed_at: at, status_reason: reason })
    .where('id', '=', cardId)
    .execute();
}

/** Takes the row of a card for this transaction, so that two changes of one card come one after the other. */
export async function lockCard(trx: CardsTransaction, cardId: string): Promise<Card | null> {
  await trx
    .updateTable('card')
    .set((eb) => ({ uses: eb.ref('uses') }))
    .where('id', '=', cardId)
    .execute();
  return findCard(trx, cardId);
}

/** Why it is suspended; null when it is not, or is not there. */
export async function findStatusReason(db: CardsReader, cardId: string): Promise<string | null> {
  const row = await db.selectFrom('card').select('status_reason').where('id', '=', cardId).executeTakeFirst();
  return row?.status_reason ?? null;
}

/** Writes the holder's facts as they are now. */
export async function setHolder(trx: CardsTransaction, cardId: string, holder: HolderFacts): Promise<void> {
  await trx
    .updateTable('holder')
    .set(holderRow(holder))
    .where('id', '=', (eb) => eb.selectFrom('card').select('holder_id').where('id', '=', cardId))
    .execute();
}

export async function setValidUntil(
  trx: CardsTransaction,
  cardId: string,
  validUntil: LocalDate,
): Promise<void> {
  await trx.updateTable('card').set({ valid_until: validUntil }).where('id', '=', cardId).execute();
}
