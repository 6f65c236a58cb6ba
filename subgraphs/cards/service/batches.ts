import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { mapPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { maxBatchCodes, placesOnSheet, sheetsOf } from '../domain/batch.ts';
import type { CardCode } from '../domain/code.ts';
import { checkIssuer } from '../domain/eligibility.ts';
import { policy } from '../domain/policy.ts';
import { cardSheet } from '../print/card-sheet.ts';
import {
  countWaiting,
  findBatches,
  findWaitingCodes,
  insertBatch,
  listBatches,
  type CardBatch,
} from '../store/batches.ts';
import { findIssuers } from '../store/issuers.ts';
import { readId, wholeNumber } from './input.ts';
import { once, requestKey } from './once.ts';
import { randomCode } from './printed-code.ts';
import type { CardsServices } from './services.ts';

export interface CreateCardBatchInput {
  readonly issuerId: string;
  /** 1 to 500. */
  readonly count: number;
  readonly requestId: string;
}

export interface CardBatchView {
  readonly id: string;
  readonly createdAt: IsoInstant;
  readonly count: number;
  /** How many of its cards were not handed over yet. */
  readonly waiting: number;
  readonly sheets: number;
}

/**
 * Codes for printing, which nobody has until they are handed over. Throws BAD_INPUT, FORBIDDEN, REQUEST_ID_REUSED; refuses
 * ISSUER_NOT_TAKING_PART.
 */
export async function createCardBatch(
  { database, clock }: CardsServices,
  viewer: Viewer,
  input: CreateCardBatchInput,
): Promise<CardBatchView | Refusal<'ISSUER_NOT_TAKING_PART'>> {
  const issuerId = readId('issuerId', input.issuerId);
  const count = wholeNumber('count', input.count, 1, maxBatchCodes);
  if (!policy.issueCard(viewer, issuerId)) throw forbidden();
  const now = clock.now();
  const at = now.toISOString();
  const key = requestKey(viewer, input.requestId, 'createCardBatch', { issuerId, count });
  const answer = await once(database, key, at, async (trx) => {
    const [issuer = null] = await findIssuers(trx, [issuerId]);
    const refusal = checkIssuer(issuer, localDate(now));
    if (refusal) return refusal;
    const batch = { id: newId(), issuerId, createdAt: at, count };
    if (!(await insertBatch(trx, batch, differentCodes(count))))
      throw new Error('A new card code was there already: the source of chance is broken.');
    return { batchId: batch.id };
  });
  if (isRefusal(answer)) return answer;
  const [view] = await viewsOf(database.reader, [answer.batchId]);
  if (!view) throw notFound('batch', answer.batchId);
  return view;
}

/** An issuer's batches, the newest first. For its own staff; throws FORBIDDEN for others. */
export async function cardBatches(
  { database }: CardsServices,
  viewer: Viewer,
  issuer: string,
  args: PageArgs,
): Promise<Page<CardBatchView>> {
  const issuerId = readId('issuerId', issuer);
  if (!policy.readDesk(viewer, issuerId)) throw forbidden();
  const page = await listBatches(database.reader, issuerId, args);
  const waiting = await countWaiting(
    database.reader,
    page.items.map(({ id }) => id),
  );
  return mapPage(page, (batch) => viewOf(batch, waiting));
}

/** One batch of the own unit; null when there is none, or when it is another unit's. */
export async function cardBatch(
  { database }: CardsServices,
  viewer: Viewer,
  batchId: string,
): Promise<CardBatchView | null> {
  const [batch] = await findBatches(database.reader, [readId('id', batchId)]);
  if (!batch || !policy.readDesk(viewer, batch.issuerId)) return null;
  return viewOf(batch, await countWaiting(database.reader, [batch.id]));
}

/**
 * A sheet of a batch as PDF in base64: at most 50 cards, those that were not handed over yet. Made anew each time, so that
 * no file with codes lies about. Throws BAD_INPUT for a sheet that the batch has not.
 */
export async function batchSheet(
  { database }: CardsServices,
  viewer: Viewer,
  batchId: string,
  sheet: number,
): Promise<string> {
  const [batch] = await findBatches(database.reader, [batchId]);
  if (!batch || !policy.readDesk(viewer, batch.issuerId)) throw notFound('batch', batchId);
  wholeNumber('sheet', sheet, 1, sheetsOf(batch.count));
  const codes = await findWaitingCodes(database.reader, batchId, placesOnSheet(sheet));
  if (codes.length === 0)
    throw badInput('All cards of this sheet were handed over: there is nothing to print.', {
      field: 'sheet',
    });
  return (await cardSheet(codes)).toString('base64');
}

function differentCodes(count: number): CardCode[] {
  const codes = new Set<CardCode>();
  while (codes.size < count) codes.add(randomCode());
  return [...codes];
}

async function viewsOf(
  db: CardsServices['database']['reader'],
  ids: readonly string[],
): Promise<CardBatchView[]> {
  const [batches, waiting] = [await findBatches(db, ids), await countWaiting(db, ids)];
  return batches.map((batch) => viewOf(batch, waiting));
}

function viewOf({ id, createdAt, count }: CardBatch, waiting: ReadonlyMap<string, number>): CardBatchView {
  return { id, createdAt, count, waiting: waiting.get(id) ?? 0, sheets: sheetsOf(count) };
}
