import { readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { CardCode } from '../domain/code.ts';
import type { CardsReader, CardsTransaction } from './database.ts';

/** Cards printed before anybody gets them. */
export interface CardBatch {
  readonly id: string;
  readonly issuerId: string;
  readonly createdAt: IsoInstant;
  readonly count: number;
}

const rowsPerStatement = 100;

/** Stores a batch with its codes in the order of the sheet. False when a code is there already: then roll back. */
export async function insertBatch(
  trx: CardsTransaction,
  { id, issuerId, createdAt, count }: CardBatch,
  codes: readonly CardCode[],
): Promise<boolean> {
  const given = await trx.selectFrom('card_code').select('code').where('code', 'in', codes).execute();
  if (given.length > 0) return false;
  await trx
    .insertInto('card_batch')
    .values({ id, issuer_id: issuerId, created_at: createdAt, count })
    .execute();
  let stored = 0;
  for (let begin = 0; begin < codes.length; begin += rowsPerStatement) {
    const rows = codes
      .slice(begin, begin + rowsPerStatement)
      .map((code, index) => ({ code, batch_id: id, place: begin + index + 1 }));
    const inserted = await trx
      .insertInto('card_batch_code')
      .values(rows)
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('code')
      .execute();
    stored += inserted.length;
  }
  return stored === codes.length;
}

/** Whose batch a code waits in; null when it waits in none. */
export async function findBatchOfCode(
  db: CardsReader,
  code: CardCode,
): Promise<{ batchId: string; issuerId: string } | null> {
  const row = await db
    .selectFrom('card_batch_code')
    .innerJoin('card_batch', 'card_batch.id', 'card_batch_code.batch_id')
    .select(['card_batch.id', 'card_batch.issuer_id'])
    .where('card_batch_code.code', '=', code)
    .executeTakeFirst();
  return row ? { batchId: row.id, issuerId: row.issuer_id } : null;
}

/** Takes a printed code for this transaction. False: somebody was quicker. On PostgreSQL this waits for the other. */
export async function claimPrintedCode(trx: CardsTransaction, code: CardCode): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('card_batch_code')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

export async function findBatches(db: CardsReader, ids: readonly string[]): Promise<CardBatch[]> {
  const rows = await db.selectFrom('card_batch').selectAll().where('id', 'in', ids).execute();
  return rows.map(toBatch);
}

/** An issuer's batches, the newest first. */
export async function listBatches(
  db: CardsReader,
  issuerId: string,
  args: PageArgs,
): Promise<Page<CardBatch>> {
  const page = await readPage(db.selectFrom('card_batch').selectAll().where('issuer_id', '=', issuerId), {
    args,
    order: [
      { column: 'created_at', as: 'created_at', direction: 'desc' },
      { column: 'id', as: 'id', direction: 'desc' },
    ],
  });
  return { ...page, items: page.items.map(toBatch) };
}

/** How many codes of each batch were not handed over yet. */
export async function countWaiting(
  db: CardsReader,
  batchIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('card_batch_code')
    .select((eb) => ['batch_id', eb.fn.countAll<number>().as('codes')])
    .where('batch_id', 'in', batchIds)
    .groupBy('batch_id')
    .execute();
  return new Map(rows.map((row) => [row.batch_id, Number(row.codes)]));
}

/** The codes with these places that were not handed over yet, in the order of the sheet. */
export async function findWaitingCodes(
  db: CardsReader,
  batchId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<CardCode[]> {
  const rows = await db
    .selectFrom('card_batch_code')
    .select('code')
    .where('batch_id', '=', batchId)
    .where('place', '>=', from)
    .where('place', '<=', to)
    .orderBy('place')
    .execute();
  return rows.map(({ code }) => code);
}

function toBatch(row: { id: string; issuer_id: string; created_at: string; count: number }): CardBatch {
  return { id: row.id, issuerId: row.issuer_id, createdAt: row.created_at, count: row.count };
}
