import { appendEvents } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { remainingOf } from '../domain/cap.ts';
import type { Offering, Performance } from '../domain/catalogue.ts';
import { offerExpiresAt, seatsOf, turns, type Turn } from '../domain/waiting-list.ts';
import type { VenuesReader, VenuesTransaction } from '../store/database.ts';
import { openHold } from '../store/holds.ts';
import { findCounters } from '../store/ledger.ts';
import { findOfferings, findPerformances } from '../store/offerings.ts';
import { poolsOfPerformances } from '../store/pools.ts';
import {
  endEntry,
  markOffered,
  noteOvertaken,
  waitingLine,
  type WaitingEntry,
} from '../store/waiting-entries.ts';
import { cardsWithTicket } from '../store/waiting-views.ts';
import { holdOpened } from './hold-event.ts';
import { lineChanged, waitingExpired, waitingOffered } from './waiting-events.ts';

/**
 * Offers free places to those who wait, in a transaction that has the counter's row: hold, ledger, entry and event of each
 * offer commit together with what freed the places. Under a shared cap nothing happens here, because its row comes before
 * the counter's in the order of locks: the sweep offers those places within a second. Gives how many offers went out.
 */
export async function promoteLine(
  trx: VenuesTransaction,
  performanceId: string,
  at: IsoInstant,
): Promise<number> {
  const line = await waitingLine(trx, performanceId);
  if (line.length === 0) return 0;
  if ((await poolsOfPerformances(trx, [performanceId])).has(performanceId)) return 0;
  return offerPlaces(trx, performanceId, line, at);
}

/** The same when the rows of the shared cap (if any) and of the counter are locked. */
export async function offerPlaces(
  trx: VenuesTransaction,
  performanceId: string,
  line: readonly WaitingEntry[],
  at: IsoInstant,
): Promise<number> {
  const found = await namesOf(trx, performanceId);
  if (found.performance.status !== 'SCHEDULED') return 0;
  const expiresAt = offerExpiresAt(at, found.performance.startsAt);
  if (expiresAt === null) return 0;
  const waiting = await withoutTickets(trx, performanceId, line, at);
  const entries = new Map(waiting.map((entry) => [entry.id, entry]));
  let offered = 0;
  for (const turn of await turnsNow(trx, performanceId, waiting)) {
    const entry = entries.get(turn.next.id);
    if (!entry || !(await offer(trx, entry, turn, found, { expiresAt, at }))) return offered;
    offered++;
  }
  return offered;
}

/** Whose turn it would be with the places as they are. */
export async function turnsNow(
  db: VenuesReader,
  performanceId: string,
  line: readonly WaitingEntry[],
): Promise<readonly Turn[]> {
  const [counter] = await findCounters(db, [performanceId]);
  return counter ? turns(line, remainingOf(counter), seatsOf(counter)) : [];
}

async function offer(
  trx: VenuesTransaction,
  entry: WaitingEntry,
  { overtaken }: Turn,
  { performance, offering }: Names,
  { expiresAt, at }: { readonly expiresAt: IsoInstant; readonly at: IsoInstant },
): Promise<boolean> {
  const { performanceId, venueId, places } = entry;
  const hold = { id: newId(), performanceId, venueId, kind: 'WAITING_OFFER', places, expiresAt } as const;
  if (!(await openHold(trx, hold, at))) return false;
  await markOffered(trx, { id: entry.id, holdId: hold.id, expiresAt });
  await noteOvertaken(trx, overtaken);
  const events = [holdOpened(hold, at), waitingOffered(entry, performance, offering, expiresAt, at)];
  await appendEvents(trx, events, at);
  return true;
}

/** Whoever got tickets at the door meanwhile waits no more. */
async function withoutTickets(
  trx: VenuesTransaction,
  performanceId: string,
  line: readonly WaitingEntry[],
  at: IsoInstant,
): Promise<readonly WaitingEntry[]> {
  const cards = line.map(({ cardId }) => cardId);
  const served = await cardsWithTicket(trx, performanceId, cards);
  const gone = line.filter(({ cardId }) => served.has(cardId));
  for (const entry of gone) await endEntry(trx, entry.id, { from: 'WAITING', to: 'LEFT', at });
  if (gone.length > 0)
    await appendEvents(
      trx,
      gone.map((entry) => lineChanged(entry, 'left', at)),
      at,
    );
  return line.filter(({ cardId }) => !served.has(cardId));
}

interface Names {
  readonly performance: Performance;
  readonly offering: Offering;
}

export async function namesOf(db: VenuesReader, performanceId: string): Promise<Names> {
  const [performance] = await findPerformances(db, [performanceId]);
  const [offering] = performance ? await findOfferings(db, [performance.offeringId]) : [];
  if (!performance || !offering) throw new Error(`Performance ${performanceId} or its offering is missing.`);
  return { performance, offering };
}

/** Nobody waits for a cancelled performance: each is told. Those with an offer are told when their hold is closed. */
export async function endLine(trx: VenuesTransaction, performanceId: string, at: IsoInstant): Promise<void> {
  const line = await waitingLine(trx, performanceId);
  if (line.length === 0) return;
  const { performance, offering } = await namesOf(trx, performanceId);
  for (const { id } of line) await endEntry(trx, id, { from: 'WAITING', to: 'CANCELLED', at });
  await appendEvents(
    trx,
    line.map((entry) => waitingExpired(entry, performance, offering, 'PERFORMANCE_CANCELLED', at)),
    at,
  );
}
