import { sql } from 'kysely';
import { batcher } from '../../platform/batcher.ts';
import { runTogether } from '../../platform/database/index.ts';
import { appendingEvents } from '../../platform/events/index.ts';
import { fullPlaces } from '../domain/cap.ts';
import type { Seen } from '../domain/limits/index.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { VenuesDatabase, VenuesTransaction } from '../store/database.ts';
import { findSeenAt, lockOwnCards, seenAt } from '../store/together-cards.ts';
import { lockCounters, movingCounters, writingEntries } from '../store/together-ledger.ts';
import { insertingRedemptions } from '../store/together-redemptions.ts';
import { claimRequests, dropRequests } from '../store/together-requests.ts';
import {
  admitTogether,
  eachOnce,
  eventsOf,
  requestsOf,
  type Admitted,
  type Candidate,
  type HasRoom,
} from './admit-together.ts';
import { redeemAtOnce } from './redeem-at-once.ts';
import type { Wish } from './wish.ts';

/** ALONE: nothing was stored; this wish needs a closer look, in a transaction of its own. */
export type Together = Redemption | 'ALONE';

/** Stores ordinary wishes that arrive together in one transaction. */
export type RedeemTogether = (wish: Wish) => Promise<Together>;

export interface RedeemTogetherOptions {
  /** The guard of the cap: a part of its own so that a test can take it away and see the oversell that it prevents. */
  readonly hasRoom?: HasRoom;
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
 * Many doors at once: one transaction and one sync of the disk for all that arrived while the last batch was stored. On
 * PostgreSQL it is one statement as long as things are as the last batch left them; else, and on SQLite, a few.
 * Everything here admits what is ordinary; whatever else, from a full house to a failed batch, is ALONE and decided by
 * `redeem`'s own transaction, which alone gives refusals.
 */
export function redeemTogether(
  database: VenuesDatabase,
  {
    hasRoom = (places, wanted) => fullPlaces(places, wanted) === null,
    arriving,
    onFailure,
  }: RedeemTogetherOptions = {},
): RedeemTogether {
  const { engine } = database;
  const atOnce = engine === 'postgres' ? redeemAtOnce(database, hasRoom, onFailure) : null;
  async function storeTheLongWay(candidates: readonly Candidate[]): Promise<Admitted['stored']> {
    const { stored, counters } = await database.write((trx) => storeLocked(engine, trx, candidates, hasRoom));
    atOnce?.remember(counters.values());
    return stored;
  }
  const store = batcher<Wish, Together>(
    async (wishes) => {
      try {
        const candidates = eachOnce(wishes);
        const stored = (await atOnce?.store(candidates)) ?? (await storeTheLongWay(candidates));
        return wishes.map((wish) => stored.get(wish)?.redemption ?? 'ALONE');
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

/**
 * The long way: locks first, in the order of `redeem` (request keys, cards, counters; each kind in the order of its ids),
 * then decides on what it has locked.
 */
async function storeLocked(
  engine: VenuesDatabase['engine'],
  trx: VenuesTransaction,
  candidates: readonly Candidate[],
  hasRoom: HasRoom,
): Promise<Admitted> {
  const claimed = await claimRequests(engine, trx, requestsOf(candidates));
  const open = candidates.filter(({ redemptionId }) => claimed.has(redemptionId));
  const cards = await lockOwnCards(engine, trx, new Set(open.map(({ wish }) => wish.presentation.cardId)));
  const pairs = open.map(({ wish: { presentation, facts } }) => ({
    cardId: presentation.cardId,
    offeringId: facts.offering.id,
  }));
  const seen = await findSeenAt(engine, trx, pairs);
  const performances = new Set(open.map(({ wish }) => wish.facts.performance.id));
  const counters = await lockCounters(engine, trx, performances);

  const own = open.filter(({ wish }) => cards.has(wish.presentation.cardId));
  const seenBy = ({ presentation, facts }: Wish): readonly Seen[] =>
    seen.get(seenAt(presentation.cardId, facts.offering.id)) ?? [];
  const admitted = admitTogether(own, counters, seenBy, hasRoom);
  const { stored, entries } = admitted;
  await dropRequests(engine, trx, requestsOf(open.filter(({ wish }) => !stored.has(wish))));
  if (stored.size === 0) return admitted;
  const rows = [
    writingEntries(engine, entries),
    ...insertingRedemptions(engine, [...stored.values()]),
    appendingEvents(engine, trx, eventsOf(stored), entries[0]?.at ?? ''),
  ];
  const moved = await runTogether(
    engine,
    trx as never,
    rows,
    sql`${movingCounters(engine, entries)} returning 1`,
  );
  if (moved.length !== admitted.counters.size) throw new CancelledMeanwhile();
  return admitted;
}
