import { batcher } from '../../platform/batcher.ts';
import { runTogether } from '../../platform/database/index.ts';
import { appendingEvents } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { isRefusal } from '../../platform/refusals.ts';
import { fullPlaces } from '../domain/cap.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { redeem as decideRedeem } from '../domain/redeem.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { VenuesDatabase, VenuesTransaction } from '../store/database.ts';
import { findSeenAt, lockOwnCards, seenAt } from '../store/together-cards.ts';
import { lockCounters, movingCounters, redeemedAfter, writingEntries } from '../store/together-ledger.ts';
import { insertingRedemptions } from '../store/together-redemptions.ts';
import { claimRequests, dropRequests } from '../store/together-requests.ts';
import { recordedEvent } from './recorded-event.ts';
import { redemptionOf, type Wish } from './wish.ts';

/** ALONE: nothing was stored; this wish needs a closer look, in a transaction of its own. */
export type Together = Redemption | 'ALONE';

/** Stores ordinary wishes that arrive together in one transaction. */
export type RedeemTogether = (wish: Wish) => Promise<Together>;

export interface RedeemTogetherOptions {
  /** The guard of the cap: a part of its own so that a test can take it away and see the oversell that it prevents. */
  readonly hasRoom?: (places: Parameters<typeof fullPlaces>[0], wanted: number) => boolean;
  /** The guests whose cards are being looked at now: the next batch waits for them. */
  readonly arriving?: () => Promise<void> | undefined;
  /** A whole batch failed, and each of its wishes goes alone. */
  readonly onFailure?: (error: unknown) => void;
}

/** A batch of this size costs some ten milliseconds, on PostgreSQL forty: nobody waits long behind it. */
const most = 256;
/** Half a minute of work on a slow machine: more callers than that are better told to come again. */
const waiting = 20_000;

/**
 * Many doors at once: one transaction, a few statements and one sync of the disk for all that arrived while the last
 * batch was stored. Everything here admits what is ordinary; whatever else, from a full house to a failed batch, is ALONE
 * and decided by `redeem`'s own transaction, which alone gives refusals.
 */
export function redeemTogether(
  database: VenuesDatabase,
  {
    hasRoom = (places, wanted) => fullPlaces(places, wanted) === null,
    arriving,
    onFailure,
  }: RedeemTogetherOptions = {},
): RedeemTogether {
  const store = batcher<Wish, Together>(
    async (wishes) => {
      try {
        return await database.write((trx) => storeAll(database.engine, trx, wishes, hasRoom));
      } catch (error) {
        onFailure?.(error);
        return wishes.map(() => 'ALONE');
      }
    },
    { most, waiting, after: arriving },
  );
  return async (wish) => (isOrdinary(wish) ? store.add(wish) : 'ALONE');
}

/** Overrides are recorded, courses look at a card's whole year, and a unit must learn nothing: those go alone. */
function isOrdinary({ facts, overrides, onBehalf }: Wish): boolean {
  return !onBehalf && overrides.length === 0 && facts.offering.kind !== 'COURSE';
}

/** A performance that the doors have read as on was cancelled: everything is rolled back, and each goes alone. */
class CancelledMeanwhile extends Error {}

interface Candidate {
  readonly wish: Wish;
  readonly redemptionId: string;
}

/** The order of locks is that of `redeem`: request keys, cards, counters; each kind in the order of its ids. */
async function storeAll(
  engine: VenuesDatabase['engine'],
  trx: VenuesTransaction,
  wishes: readonly Wish[],
  hasRoom: NonNullable<RedeemTogetherOptions['hasRoom']>,
): Promise<readonly Together[]> {
  const candidates = eachOnce(wishes);
  const requests = candidates.map(({ wish: { key, now }, redemptionId }) => ({
    ...key,
    redemptionId,
    at: now,
  }));
  const claimed = await claimRequests(engine, trx, requests);
  const open = candidates.filter(({ redemptionId }) => claimed.has(redemptionId));

  const cards = await lockOwnCards(engine, trx, new Set(open.map(({ wish }) => wish.presentation.cardId)));
  const pairs = open.map(({ wish: { presentation, facts } }) => ({
    cardId: presentation.cardId,
    offeringId: facts.offering.id,
  }));
  const seen = await findSeenAt(engine, trx, pairs);
  const counters = new Map(
    await lockCounters(engine, trx, new Set(open.map(({ wish }) => wish.facts.performance.id))),
  );

  const entries: LedgerEntry[] = [];
  const taken = new Set<string>();
  const stored = new Map<Wish, { readonly redemption: Redemption; readonly seenKey: string | null }>();
  for (const { wish, redemptionId } of open) {
    const { presentation, facts } = wish;
    const { cardId } = presentation;
    const counter = counters.get(facts.performance.id);
    if (!cards.has(cardId) || !counter || counter.poolId !== null) continue;
    const uses = { seen: seen.get(seenAt(cardId, facts.offering.id)) ?? [], courses: null };
    const admission = decideRedeem({ ...facts, presentation, lines: wish.lines, now: wish.now, ...uses });
    if (isRefusal(admission) || !hasRoom(counter, admission.counted)) continue;
    const after = redeemedAfter(counter, redemptionId, admission.counted, wish.now);
    counters.set(counter.performanceId, after.counter);
    entries.push(after.entry);
    const { seenKey } = admission;
    taken.add(redemptionId);
    stored.set(wish, { redemption: redemptionOf(wish, admission, redemptionId, cardId), seenKey });
  }
  const idle = requests.filter(({ redemptionId }) => claimed.has(redemptionId) && !taken.has(redemptionId));
  await dropRequests(engine, trx, idle);
  if (stored.size > 0) {
    const redemptions = [...stored.values()];
    const events = [...stored].map(([{ facts }, { redemption }]) => recordedEvent(redemption, facts));
    const rows = [
      writingEntries(engine, entries),
      ...insertingRedemptions(engine, redemptions),
      appendingEvents(engine, trx, events, entries[0]?.at ?? ''),
    ];
    const moved = await runTogether(engine, trx as never, rows, movingCounters(engine, entries));
    const performances = new Set(entries.map(({ performanceId }) => performanceId));
    if (moved.length !== performances.size) throw new CancelledMeanwhile();
  }
  return wishes.map((wish) => stored.get(wish)?.redemption ?? 'ALONE');
}

/** The first wish of each card and of each request key: a second one depends on what becomes of the first. */
function eachOnce(wishes: readonly Wish[]): Candidate[] {
  const met = new Set<string>();
  return wishes.flatMap((wish) => {
    const marks = [`card ${wish.presentation.cardId}`, `key ${wish.key.scope} ${wish.key.requestId}`];
    if (marks.some((mark) => met.has(mark))) return [];
    for (const mark of marks) met.add(mark);
    return { wish, redemptionId: newId() };
  });
}
