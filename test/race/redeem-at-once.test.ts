import { beforeEach, describe, expect, it } from 'vitest';
import { appendingEvents } from '../../subgraphs/platform/events/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { fullPlaces } from '../../subgraphs/venues/domain/cap.ts';
import {
  admitTogether,
  eachOnce,
  eventsOf,
  requestsOf,
} from '../../subgraphs/venues/service/admit-together.ts';
import { cancelPerformance } from '../../subgraphs/venues/service/cancel-performance.ts';
import { doorFacts, findPerformance } from '../../subgraphs/venues/service/door-facts.ts';
import { redeemAtOnce, type RedeemAtOnce } from '../../subgraphs/venues/service/redeem-at-once.ts';
import { redeemAlone } from '../../subgraphs/venues/service/redeem.ts';
import { setSharedCap } from '../../subgraphs/venues/service/shared-cap.ts';
import { setCap } from '../../subgraphs/venues/service/set-cap.ts';
import type { Wish } from '../../subgraphs/venues/service/wish.ts';
import { mergeCards } from '../../subgraphs/venues/store/card-identity.ts';
import type { VenuesTransaction } from '../../subgraphs/venues/store/database.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import { storedAtOnce } from '../../subgraphs/venues/store/together-at-once.ts';
import { lockCounters, type LockedCounter } from '../../subgraphs/venues/store/together-ledger.ts';
import { checkLedger, holder, onStage, openStage, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';

const cap = 20;

describe.each(engines.filter(({ name }) => name === 'postgres'))('a batch in one statement', (engine) => {
  let stage: Stage;
  let performanceId: string;
  let atOnce: RedeemAtOnce;
  let failures: unknown[];
  beforeEach(async () => {
    stage = await openStage(engine);
    performanceId = await onStage(stage, { cap });
    failures = [];
    atOnce = redeemAtOnce(
      stage.database,
      (places, wanted) => fullPlaces(places, wanted) === null,
      (error) => failures.push(error),
    );
    atOnce.remember((await counters()).values());
  });

  const counters = (): Promise<ReadonlyMap<string, LockedCounter>> =>
    stage.database.write((trx) => lockCounters('postgres', trx, new Set([performanceId])));

  async function wish(cardId = newId(), at = performanceId): Promise<Wish> {
    const { reader } = stage.database;
    const performance = await findPerformance(reader, at);
    if (!performance) throw new Error('The stage has no such performance.');
    const now = stage.clock.now().toISOString();
    return {
      key: { scope: `venue:${stage.venueId}`, requestId: newId(), fingerprint: 'a wish' },
      facts: await doorFacts(reader, performance),
      presentation: {
        cardId,
        cardKind: 'PERSONAL',
        venueId: stage.venueId,
        allowed: { HOLDER: 1, CHILD: 0, ASSISTANT: 0 },
        expiresAt: performance.endsAt,
      },
      lines: holder,
      now,
      overrides: [],
      setAside: new Set(),
      onBehalf: false,
    };
  }

  const store = async (...wishes: readonly Wish[]): Promise<number | null> =>
    (await atOnce.store(eachOnce(wishes)))?.size ?? null;
  const used = async (): Promise<number | undefined> =>
    (await findCounters(stage.database.reader, [performanceId]))[0]?.used;
  const rows = async (): Promise<number[]> => {
    const tables = ['request', 'redemption', 'redemption_line', 'outbox', 'card_identity'] as const;
    return Promise.all(
      tables.map(async (table) => {
        const { count } = await stage.database.reader
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return count;
      }),
    );
  };

  it('stores it when all is as this process left it, batch after batch', async () => {
    expect(await store(await wish(), await wish(), await wish())).toBe(3);
    expect(await store(await wish(), await wish())).toBe(2);
    expect([await used(), await rows()]).toEqual([5, [5, 5, 5, 5, 5]]);
    await checkLedger(stage);
  });

  it('leaves out what the limits refuse', async () => {
    const late = await wish();
    const begun = {
      ...late,
      facts: { ...late.facts, performance: { ...late.facts.performance, endsAt: late.now } },
    };
    expect(
      await store(await wish(), { ...begun, now: new Date(Date.parse(late.now) + 1e9).toISOString() }),
    ).toBe(1);
    expect(await used()).toBe(1);
  });

  it('does not ask when there is no room for all, or the counter is not known', async () => {
    const known = [...(await counters()).values()];
    atOnce.remember(known.map((counter) => ({ ...counter, used: cap - 1 })));
    expect(await store(await wish(), await wish())).toBeNull();
    const other = await onStage(stage);
    expect(await store(await wish(newId(), other))).toBeNull();
  });

  /** What may have happened since the batch was decided, by somebody else. */
  const meanwhile: Readonly<Record<string, (first: Wish) => Promise<unknown>>> = {
    'a request key was used': (first) =>
      redeemAlone(stage.env, { ...first, presentation: { ...first.presentation, cardId: newId() } }),
    'the card has been there': async ({ presentation }) => {
      const other = await wish(presentation.cardId);
      return redeemAlone(stage.env, other);
    },
    'the card was merged into another': ({ presentation: { cardId } }) =>
      stage.database.write((trx) => mergeCards(trx, cardId, newId())),
    'the counter has moved': async () => redeemAlone(stage.env, await wish()),
    'the cap is another': () => setCap(stage.env, stage.staff, { performanceId, cap: 9 }),
    'the performance is cancelled': () => cancelPerformance(stage.env, stage.staff, performanceId),
    'its cap is shared': () =>
      onStage(stage).then((other) =>
        setSharedCap(stage.env, stage.staff, { performanceIds: [performanceId, other], cap: 9 }),
      ),
  };
  it.each(Object.keys(meanwhile))('stores nothing of it when %s', async (what) => {
    const first = await wish();
    await meanwhile[what]?.(first);
    const before = [await used(), await rows()];
    expect(await store(await wish(), first)).toBeNull();
    expect([await used(), await rows()]).toEqual(before);
    expect(failures).toEqual([]);
  });

  it('after a miss looks first for sixteen batches', async () => {
    await redeemAlone(stage.env, await wish());
    expect(await store(await wish())).toBeNull();
    atOnce.remember((await counters()).values());
    for (let batch = 0; batch < 16; batch += 1) expect(await store(await wish())).toBeNull();
    expect(await store(await wish())).toBe(1);
    await checkLedger(stage);
  });

  /** A holder's second registration, which was there, is merged into the first while the batch waits for its lock. */
  async function mergedUnderIt(isolation?: 'repeatable read'): Promise<boolean> {
    const [first, second] = [newId(), newId()];
    await redeemAlone(stage.env, await wish(second));
    const known = await counters();
    const candidates = eachOnce([await wish(first)]);
    const { stored, entries } = admitTogether(
      candidates,
      known,
      () => [],
      () => true,
    );
    const attempt = async (trx: VenuesTransaction): Promise<boolean> =>
      storedAtOnce(trx, {
        requests: requestsOf(candidates),
        redemptions: [...stored.values()],
        entries,
        events: appendingEvents('postgres', trx, eventsOf(stored), stage.clock.now().toISOString()),
      });
    let batch: Promise<boolean> | undefined;
    await stage.database.write(async (trx) => {
      await mergeCards(trx, second, first);
      batch = stage.database.write(attempt, isolation ? { isolation } : {});
      batch.catch(() => undefined);
      await waitsForLock(trx);
    });
    return (await batch) ?? false;
  }

  it('sees what was committed while it waited', async () => {
    expect(await mergedUnderIt('repeatable read')).toBe(false);
  });

  it('would not, did it read as other transactions do', async () => {
    expect(await mergedUnderIt()).toBe(true);
  });
});

/** Until some other connection waits for a lock. */
async function waitsForLock(trx: VenuesTransaction): Promise<void> {
  for (;;) {
    const waiting = await trx
      .selectFrom('pg_locks' as never)
      .select('pid' as never)
      .where('granted' as never, '=', false as never)
      .execute();
    if (waiting.length > 0) return;
  }
}
