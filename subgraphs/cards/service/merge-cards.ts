import { notFound } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Card } from '../domain/card.ts';
import { merge } from '../domain/merge.ts';
import { maxPhones } from '../domain/phone.ts';
import { policy } from '../domain/policy.ts';
import type { MergeRefusalCode } from '../domain/register-codes.ts';
import { moveAccounts } from '../store/accounts.ts';
import { lockBooking } from '../store/bookings.ts';
import { moveUses } from '../store/card-years.ts';
import { findCard, lockCard } from '../store/cards.ts';
import { appendChange } from '../store/changes.ts';
import { retireCodes } from '../store/codes.ts';
import type { CardsReader, CardsTransaction } from '../store/database.ts';
import { keepNewestPhones, revokePhonesOf } from '../store/holder-phones.ts';
import { movePhones } from '../store/phones.ts';
import { findHolderId, markMerged } from '../store/merges.ts';
import { readId } from './input.ts';
import { once, requestKey } from './once.ts';
import type { CardsServices } from './services.ts';
import { mergeWellbeing } from './wellbeing.ts';

export interface MergeCardsInput {
  /** The registration that goes. */
  readonly fromCardId: string;
  /** The one that stays, with its code, its facts and its last day. */
  readonly intoCardId: string;
  readonly requestId: string;
}

/**
 * Two registrations of one holder become one. Uses of both count for the one that stays, here at once and at the venues as
 * soon as they hear `card.merged`; the codes of the other are answered like unknown ones, and its facts of a holder are
 * deleted. Its phones show the one that stays, which also takes over its account where it has none itself; else that
 * account is closed, the address erased. Who looked at either is told to the holder of the one that stays. Throws BAD_INPUT, NOT_FOUND (also for a card of another unit), REQUEST_ID_REUSED.
 */
export async function mergeCards(
  services: CardsServices,
  viewer: Viewer,
  input: MergeCardsInput,
): Promise<Card | Refusal<MergeRefusalCode>> {
  const { database, clock } = services;
  const from = readId('fromCardId', input.fromCardId);
  const into = readId('intoCardId', input.intoCardId);
  const key = requestKey(viewer, input.requestId, 'mergeCards', { from, into });
  await findBoth(database.reader, viewer, { from, into });
  const at = clock.now().toISOString();
  const answer = await once(database, key, at, (trx) => mergeTwo(services, trx, { from, into, at }));
  if (isRefusal(answer)) return answer;
  const card = await findCard(database.reader, answer.cardId);
  if (!card) throw notFound('card', answer.cardId);
  return card;
}

async function findBoth(
  db: CardsReader,
  viewer: Viewer,
  ids: { readonly from: string; readonly into: string },
): Promise<void> {
  const [from, into] = [await findCard(db, ids.from), await findCard(db, ids.into)];
  if (!from || !into || !policy.mergeCards(viewer, from, into)) {
    const isFrom = !from || (into !== null && !policy.mergeCards(viewer, from, from));
    throw notFound('card', isFrom ? ids.from : ids.into);
  }
}

async function mergeTwo(
  services: CardsServices,
  trx: CardsTransaction,
  { from, into, at }: { readonly from: string; readonly into: string; readonly at: IsoInstant },
): Promise<{ cardId: string } | Refusal<MergeRefusalCode>> {
  // Counters before cards, and always in the same order: two merges at once wait for each other, never in a circle.
  for (const id of [from, into].toSorted()) await lockBooking(trx, id);
  for (const id of [from, into].toSorted()) await lockCard(trx, id);
  const [loser, survivor] = [await findCard(trx, from), await findCard(trx, into)];
  if (!loser || !survivor) throw notFound('card', loser ? into : from);
  const refusal = merge(loser, survivor);
  if (refusal) return refusal;

  const holders = { from: await findHolderId(trx, from), into: await findHolderId(trx, into) };
  if (holders.from !== null && holders.into !== null)
    await mergeWellbeing(trx, services, holders.from, holders.into);
  await moveAccounts(trx, from, into);
  await retireCodes(trx, from);
  await markMerged(trx, from, into, at);
  await moveUses(trx, from, into);
  // Of a card that is out of use, perhaps lost with its phone, no phone opens a door again.
  if (loser.status !== 'ACTIVE') await revokePhonesOf(trx, from, at);
  await movePhones(trx, from, into, at);
  await keepNewestPhones(trx, into, maxPhones, at);
  await appendChange(trx, from, { kind: 'MERGED', reason: 'DUPLICATE', fields: [], at });
  await appendChange(trx, into, { kind: 'ABSORBED', reason: 'DUPLICATE', fields: [], at });
  await appendEvent(trx, { topic: 'card.merged', payload: { cardId: from, into, at } }, at);
  return { cardId: into };
}
