import { batcher, type Batcher } from '../../platform/batcher.ts';
import type { Performance } from '../domain/catalogue.ts';
import type { VenuesReader } from '../store/database.ts';
import { findCounters, type CounterNow } from '../store/ledger.ts';
import { findPerformances } from '../store/offerings.ts';
import { doorFactsOf, type DoorFacts } from './door-facts.ts';
import { readToken } from './presentation-token.ts';

type Find<Thing> = (id: string) => Promise<Thing | null>;

/**
 * What many callers want of the same few performances at the same moment, while a house fills: one statement for all who ask
 * together. Nothing is remembered, so what was committed before a call is in its answer.
 */
export interface SharedReads {
  readonly performance: Find<Performance>;
  readonly counter: Find<CounterNow>;
  /** A token as `readToken` reads it, and what its door decides on; null: there is no such performance. */
  readonly atDoor: Batcher<Guest, AtDoor>;
}

export interface Guest {
  readonly token: string;
  readonly performanceId: string;
}

export interface AtDoor {
  readonly presentation: Awaited<ReturnType<typeof readToken>>;
  readonly facts: DoorFacts | null;
}

export function sharedReads(db: VenuesReader): SharedReads {
  // Both at once for all who arrive together, so that they go on together too: to one transaction.
  const arrivals = batcher<Guest, AtDoor>(async (guests) => {
    const ids = [...new Set(guests.map(({ performanceId }) => performanceId))];
    const [found, presentations] = await Promise.all([
      findPerformances(db, ids).then((performances) => doorFactsOf(db, performances)),
      Promise.all(guests.map(({ token }) => readToken(db, token))),
    ]);
    const factsOf = new Map(found.map((facts) => [facts.performance.id, facts]));
    return presentations.map((presentation, place) => ({
      presentation,
      facts: factsOf.get(guests[place]?.performanceId ?? '') ?? null,
    }));
  }, limits);
  return {
    performance: shared(
      (ids) => findPerformances(db, ids),
      ({ id }) => id,
    ),
    counter: shared(
      (ids) => findCounters(db, ids),
      ({ performanceId }) => performanceId,
    ),
    atDoor: arrivals,
  };
}

const limits = { most: 500, waiting: 50_000 };

function shared<Thing>(
  find: (ids: readonly string[]) => Promise<readonly Thing[]>,
  idOf: (thing: Thing) => string,
): Find<Thing> {
  const gathered = batcher<string, Thing | null>(async (ids) => {
    const found = new Map((await find([...new Set(ids)])).map((thing) => [idOf(thing), thing]));
    return ids.map((id) => found.get(id) ?? null);
  }, limits);
  return (id) => gathered.add(id);
}
