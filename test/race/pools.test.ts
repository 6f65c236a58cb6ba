import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import { seal } from '../../subgraphs/venues/domain/ledger.ts';
import { cancelRedemption } from '../../subgraphs/venues/service/cancel-redemption.ts';
import type { Environment } from '../../subgraphs/venues/service/environment.ts';
import { removeSharedCap, setSharedCap } from '../../subgraphs/venues/service/shared-cap.ts';
import { verifyPools } from '../../subgraphs/venues/service/verify-pools.ts';
import { closeHold, openHold } from '../../subgraphs/venues/store/holds.ts';
import { sha256 } from '../../subgraphs/venues/store/hash.ts';
import { toRow } from '../../subgraphs/venues/store/ledger-rows.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import { atDoor, checkLedger, onStage, openStage, said, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';

const callers = 64;
const cap = 20;

/** The guard of the performance's own cap as it is, and no guard of the shared one: the positive control. */
const ownCapOnly: Environment['ledger'] = {
  async takePlaces(trx, { performanceId, redemptionId, places, at }) {
    const moved = await trx
      .updateTable('cap_counter')
      .set((eb) => ({ used: eb('used', '+', places), sequence: eb('sequence', '+', 1), changed_at: at }))
      .where('performance_id', '=', performanceId)
      .where((eb) => eb(eb(eb('used', '+', eb.ref('held')), '+', places), '<=', eb.ref('cap')))
      .returningAll()
      .executeTakeFirst();
    if (!moved) return null;
    const { used, held, sequence, head_hash: previousHash } = moved;
    const entry = seal(
      {
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
        previousHash,
      },
      sha256,
    );
    await trx.insertInto('ledger').values(toRow(entry)).execute();
    await trx
      .updateTable('cap_counter')
      .set({ head_hash: entry.hash })
      .where('performance_id', '=', performanceId)
      .execute();
    return { performanceId, cap: moved.cap, used, held, sequence, headHash: entry.hash, changedAt: at };
  },
};

describe.each(engines)('many doors of several performances with one shared cap on $name', (engine) => {
  let stage: Stage;
  let shows: string[];
  beforeEach(async () => {
    stage = await openStage(engine);
    shows = [];
    for (let count = 0; count < 4; count++) shows.push(await onStage(stage, { cap: callers }));
  });

  const doors = (most = callers): Promise<Record<string, number>> =>
    counted(
      Array.from({ length: most }, async (_, n) => said(await atDoor(stage, shows[n % shows.length] ?? ''))),
    );
  const counted = async (answers: readonly Promise<string>[]): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const answer of await Promise.all(answers)) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  };
  const share = async (most: number): Promise<string> => {
    const answer = await setSharedCap(stage.env, stage.staff, { performanceIds: shows, cap: most });
    if (isRefusal(answer)) throw new Error(answer.code);
    return answer.pool.id;
  };
  const taken = async (): Promise<number> =>
    (await findCounters(stage.database.reader, shows)).reduce((sum, { used, held }) => sum + used + held, 0);
  const faults = async (): Promise<string[]> =>
    (await verifyPools(stage.database)).faults.map(({ code }) => code);

  it('64 cards at four shows that share 20 places: exactly 20 tickets', async () => {
    await share(cap);
    expect(await doors()).toEqual({ VALID: cap, CAP_REACHED: callers - cap });
    expect(await taken()).toBe(cap);
    await checkLedger(stage);
    expect(await faults()).toEqual([]);
  });

  it('without the guard of the shared cap the same doors give more, and its check finds it', async () => {
    await share(cap);
    stage = { ...stage, env: { ...stage.env, ledger: ownCapOnly } };
    expect((await doors())['VALID']).toBe(callers);
    expect(await faults()).toEqual(['OVER_SHARED_CAP']);
  });

  it('groups that hold places and cards at the doors never take more than 20 together', async () => {
    await share(cap);
    const at = stage.clock.now().toISOString();
    const groups = Array.from({ length: 16 }, async (_, n) => {
      const hold = {
        id: newId(),
        performanceId: shows[n % shows.length] ?? '',
        venueId: stage.venueId,
        kind: 'GROUP' as const,
        places: 3,
        expiresAt: '2026-11-23T10:00:00.000Z',
      };
      const opened = await stage.database.write((trx) => openHold(trx, hold, at));
      if (opened && n % 2 === 0) await stage.database.write((trx) => closeHold(trx, hold.id, at));
    });
    await Promise.all([...groups, doors()]);
    expect(await taken()).toBeLessThanOrEqual(cap);
    await doors();
    expect(await taken()).toBe(cap);
    await checkLedger(stage);
    expect(await faults()).toEqual([]);
  });

  it('places given back at one show are taken at others, and never more than 20 are', async () => {
    await share(cap);
    const first = await Promise.all(
      Array.from({ length: callers }, (_, n) => atDoor(stage, shows[n % shows.length] ?? '')),
    );
    const cancels = first.map(async (answer) => {
      if (answer.kind !== 'redemption') return;
      const wish = { redemptionId: answer.id, requestId: newId() };
      await cancelRedemption(stage.env, stage.staff, wish);
    });
    await Promise.all([...cancels, doors(), doors()]);
    expect(await taken()).toBeLessThanOrEqual(cap);
    await doors();
    expect(await taken()).toBe(cap);
    await checkLedger(stage);
  });

  it('a cap that is shared while the doors are busy holds from that moment on', async () => {
    const busy = doors();
    const answer = await setSharedCap(stage.env, stage.staff, { performanceIds: shows, cap });
    await busy;
    // More may have been taken before it was asked for: then it is refused, and nothing is shared.
    const [code, most] = isRefusal(answer) ? [answer.code, callers] : [null, cap];
    expect([null, 'CAP_BELOW_USED']).toContain(code);
    expect(await taken()).toBe(most);
    await checkLedger(stage);
    expect(await faults()).toEqual([]);
  });

  it('set, raised, lowered and removed while the doors are busy, its history stays whole', async () => {
    const poolId = await share(10);
    const venue = (async () => {
      for (const most of [15, 12, 20, 18, 30]) {
        await setSharedCap(stage.env, stage.staff, { id: poolId, cap: most });
      }
      await removeSharedCap(stage.env, stage.staff, poolId);
      await share(callers * 2);
    })();
    await Promise.all([doors(), venue]);
    await checkLedger(stage);
    expect(await faults()).toEqual([]);
  });

  it('the same shared cap set by eight at once is one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => setSharedCap(stage.env, stage.staff, { performanceIds: shows, cap })),
    );
    expect(new Set(answers.map((answer) => (isRefusal(answer) ? answer.code : answer.pool.id))).size).toBe(1);
    expect(await faults()).toEqual([]);
  });
});
