import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { seal } from '../../subgraphs/venues/domain/ledger.ts';
import { cancelPerformance } from '../../subgraphs/venues/service/cancel-performance.ts';
import type { Environment } from '../../subgraphs/venues/service/environment.ts';
import { redeem, type RedeemAnswer, type RedeemInput } from '../../subgraphs/venues/service/redeem.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { sha256 } from '../../subgraphs/venues/store/hash.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import { findValidOf } from '../../subgraphs/venues/store/redemptions.ts';
import {
  holder,
  newPerformance,
  onStage,
  openStage,
  said,
  token,
  type Stage,
} from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';

const callers = 64;
const cap = 20;

/** What the guard would be without its guard: the positive control of every test here. */
const unguarded: Environment['ledger'] = {
  async takePlaces(trx, { performanceId, redemptionId, places, at }) {
    const moved = await trx
      .updateTable('cap_counter')
      .set((eb) => ({ used: eb('used', '+', places), sequence: eb('sequence', '+', 1), changed_at: at }))
      .where('performance_id', '=', performanceId)
      .returningAll()
      .executeTakeFirstOrThrow();
    const { used, held, sequence, head_hash: previousHash } = moved;
    const change = {
      performanceId,
      sequence,
      kind: 'REDEEMED',
      delta: places,
      used,
      cap: moved.cap,
      redemptionId,
      heldDelta: 0,
      held,
      holdId: null,
      at,
    } as const;
    const { hash } = seal({ ...change, previousHash }, sha256);
    const ids = { performance_id: performanceId, redemption_id: redemptionId, previous_hash: previousHash };
    const { sequence: place, kind, delta } = change;
    await trx
      .insertInto('ledger')
      .values({ ...ids, sequence: place, kind, delta, used, cap: moved.cap, held_delta: 0, held, at, hash })
      .execute();
    await trx
      .updateTable('cap_counter')
      .set({ head_hash: hash })
      .where('performance_id', '=', performanceId)
      .execute();
    return { performanceId, cap: moved.cap, used, held, sequence, headHash: hash, changedAt: at };
  },
};

describe.each(engines)('many doors at once on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  const wish = (
    performanceId: string,
    changes: Partial<RedeemInput> & { card?: string } = {},
  ): RedeemInput => {
    const { card, ...input } = changes;
    return {
      presentation: token(stage, card === undefined ? {} : { card }),
      performanceId,
      lines: holder,
      requestId: newId(),
      ...input,
    };
  };
  const all = (env: Environment, wishes: readonly RedeemInput[]): Promise<RedeemAnswer[]> =>
    Promise.all(wishes.map((input) => redeem(env, stage.staff, input)));
  const count = (answers: readonly RedeemAnswer[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[said(answer)] = (counts[said(answer)] ?? 0) + 1;
    return counts;
  };
  const idsOf = (answers: readonly RedeemAnswer[]): string[] =>
    answers.flatMap((answer) => (answer.kind === 'redemption' ? [answer.id] : []));
  const stored = async (performanceId: string): Promise<string[]> =>
    (await findValidOf(stage.database.reader, performanceId)).map(({ id }) => id);
  const used = async (performanceId: string): Promise<number | undefined> =>
    (await findCounters(stage.database.reader, [performanceId]))[0]?.used;
  const rows = async (table: 'turn_away' | 'outbox'): Promise<number> =>
    (await stage.database.reader.selectFrom(table).select('id').execute()).length;

  it('64 cards at a cap of 20, every fifth call repeated: exactly 20 tickets, each stored once', async () => {
    const performanceId = await onStage(stage, { cap });
    const wishes = Array.from({ length: callers }, () => wish(performanceId));
    const repeated = wishes.filter((_, index) => index % 5 === 0);
    const answers = await all(stage.env, [...wishes, ...repeated]);

    const first = answers.slice(0, callers);
    expect(count(first)).toEqual({ VALID: cap, CAP_REACHED: callers - cap });
    expect(idsOf(first).sort()).toEqual(await stored(performanceId));
    const again = answers.slice(callers);
    expect(again).toEqual(first.filter((_, index) => index % 5 === 0));
    expect(await used(performanceId)).toBe(cap);
    expect(await rows('outbox')).toBe(cap);
    expect(await rows('turn_away')).toBe(callers - cap);
    expect((await verifyLedger(stage.database)).faults).toEqual([]);
  });

  it('with the guard off the same doors oversell, and the ledger shows it', async () => {
    const performanceId = await onStage(stage, { cap });
    const answers = await all(
      { ...stage.env, ledger: unguarded },
      Array.from({ length: callers }, () => wish(performanceId)),
    );
    expect(count(answers)).toEqual({ VALID: callers });
    expect(await used(performanceId)).toBe(callers);
    const { faults } = await verifyLedger(stage.database);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['OVER_CAP']));
  });

  it('one card at 64 doors comes in once', async () => {
    const performanceId = await onStage(stage, { cap });
    const card = newId();
    const answers = await all(
      stage.env,
      Array.from({ length: callers }, () => wish(performanceId, { card })),
    );
    expect(count(answers)).toEqual({ VALID: 1, ALREADY_SEEN: callers - 1 });
    expect(await used(performanceId)).toBe(1);
  });

  it('one card at two performances of a production seen once comes in once', async () => {
    const [first, second] = [newPerformance(stage), newPerformance(stage)];
    await onStage(stage, {}, { oncePerProduction: true, performances: [first, second] });
    const card = newId();
    const answers = await all(
      stage.env,
      Array.from({ length: 32 }, (_, index) => wish(index % 2 === 0 ? first.id : second.id, { card })),
    );
    expect(count(answers)).toEqual({ VALID: 1, ALREADY_SEEN: 31 });
  });

  it('one request sent 64 times is one redemption, and one turn-away when the house is full', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    const input = wish(performanceId);
    const same = await all(
      stage.env,
      Array.from({ length: callers }, () => input),
    );
    expect(new Set(idsOf(same)).size).toBe(1);
    expect(count(same)).toEqual({ VALID: callers });
    const late = wish(performanceId);
    expect(
      count(
        await all(
          stage.env,
          Array.from({ length: callers }, () => late),
        ),
      ),
    ).toEqual({ CAP_REACHED: callers });
    expect(await rows('turn_away')).toBe(1);
  });

  it('one request id for two cards is one redemption and one error', async () => {
    const performanceId = await onStage(stage);
    const requestId = newId();
    const results = await Promise.allSettled(
      Array.from({ length: 2 }, () => redeem(stage.env, stage.staff, wish(performanceId, { requestId }))),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'REQUEST_ID_REUSED' },
    });
    expect(await used(performanceId)).toBe(1);
  });

  it('a performance cancelled in the rush keeps no valid ticket', async () => {
    const performanceId = await onStage(stage, { cap: null });
    const doors = Array.from({ length: 32 }, () => wish(performanceId));
    const [answers] = await Promise.all([
      all(stage.env, doors),
      redeem(stage.env, stage.staff, wish(performanceId)).then(() =>
        cancelPerformance(stage.env, stage.staff, performanceId),
      ),
    ]);
    expect(
      Object.keys(count(answers)).every((code) => code === 'VALID' || code === 'PERFORMANCE_CANCELLED'),
    ).toBe(true);
    expect(await stored(performanceId)).toEqual([]);
    expect(await used(performanceId)).toBe(0);
    expect((await verifyLedger(stage.database)).faults).toEqual([]);
  });
});
