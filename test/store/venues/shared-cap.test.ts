import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import { addPerformances } from '../../../subgraphs/venues/service/add-performances.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { removeSharedCap, setSharedCap } from '../../../subgraphs/venues/service/shared-cap.ts';
import type { SharedCapSet } from '../../../subgraphs/venues/service/shared-cap.ts';
import type { SetSharedCapInput } from '../../../subgraphs/venues/service/shared-cap-target.ts';
import { verifyPools } from '../../../subgraphs/venues/service/verify-pools.ts';
import { closeHold, openHold } from '../../../subgraphs/venues/store/holds.ts';
import { findCounters } from '../../../subgraphs/venues/store/ledger.ts';
import { createPool } from '../../../subgraphs/venues/store/pool-changes.ts';
import { membersOf } from '../../../subgraphs/venues/store/pool-rows.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, family, newOffering, newPerformance, onStage, openStage } from './stage.ts';
import { said, type Stage } from './stage.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';

describe.each(engines)('shared caps on $name', (engine) => {
  let stage: Stage;
  let shows: readonly [string, string, string];
  beforeEach(async () => {
    stage = await openStage(engine);
    shows = [await onStage(stage), await onStage(stage), await onStage(stage)];
  });

  const set = (input: SetSharedCapInput) => setSharedCap(stage.env, stage.staff, input);
  const setOver = async (input: SetSharedCapInput): Promise<SharedCapSet> => {
    const answer = await set(input);
    if (isRefusal(answer)) throw new Error(answer.code);
    return answer;
  };
  const counter = async (performanceId: string) =>
    (await findCounters(stage.database.reader, [performanceId]))[0];
  const changes = async () =>
    stage.database.reader
      .selectFrom('pool_change')
      .select(['kind', 'cap', 'taken'])
      .orderBy('sequence')
      .execute();
  const check = async (): Promise<void> => {
    await checkLedger(stage);
    expect((await verifyPools(stage.database)).faults).toEqual([]);
  };

  it('the fourth card of the week is refused where three places are shared, whichever show it wants', async () => {
    await setOver({ performanceIds: shows, cap: 3 });
    for (const show of shows) expect(said(await atDoor(stage, show))).toBe('VALID');
    const requestId = newId();
    const card = newId();
    const refused = await atDoor(stage, shows[0], { requestId, card });
    expect(refused).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 3, used: 3, held: 0, remaining: 0, wanted: 1, shared: true },
    });
    expect(await atDoor(stage, shows[0], { requestId, card })).toEqual(refused);
    const trace = 'trace' in refused ? refused.trace : [];
    expect(trace.filter(({ passes }) => passes === false)).toMatchObject([
      { limit: 'SHARED_CAP', rule: 'cap.shared', soft: false, facts: { cap: 3, shared: true } },
    ]);
    const [turnAway] = await stage.database.reader.selectFrom('turn_away').selectAll().execute();
    expect(turnAway).toMatchObject({ performance_id: shows[0], cap: 3, used: 3, shared: 1 });
    await check();
  });

  it("a performance's own cap still holds under a larger shared one", async () => {
    const small = await onStage(stage, { cap: 1 });
    await setOver({ performanceIds: [small, shows[0]], cap: 10 });
    await atDoor(stage, small);
    expect(await atDoor(stage, small)).toMatchObject({ code: 'CAP_REACHED', facts: { cap: 1, used: 1 } });
    expect(said(await atDoor(stage, shows[0]))).toBe('VALID');
    await check();
  });

  it('a place that is cancelled at one show is free at the others at once', async () => {
    await setOver({ performanceIds: shows, cap: 1 });
    const redemption = await atDoor(stage, shows[0]);
    if (redemption.kind !== 'redemption') throw new Error(redemption.code);
    expect(said(await atDoor(stage, shows[1]))).toBe('CAP_REACHED');
    await cancelRedemption(stage.env, stage.staff, { redemptionId: redemption.id, requestId: newId() });
    expect(said(await atDoor(stage, shows[1]))).toBe('VALID');
    await check();
  });

  it('places that a hold keeps at one show are kept from all, until it is closed', async () => {
    await setOver({ performanceIds: shows, cap: 4 });
    const at = stage.clock.now().toISOString();
    const hold = (performanceId: string, places: number) => ({
      id: newId(),
      performanceId,
      venueId: stage.venueId,
      kind: 'GROUP' as const,
      places,
      expiresAt: '2026-11-23T10:00:00.000Z',
    });
    const kept = hold(shows[0], 3);
    const open = (wish: ReturnType<typeof hold>) => stage.database.write((trx) => openHold(trx, wish, at));
    expect(await open(kept)).toMatchObject({ held: 3 });
    expect(await open(hold(shows[1], 2))).toBeNull();
    expect(await atDoor(stage, shows[2], { lines: family(1) })).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 4, used: 0, held: 3, remaining: 1, wanted: 2, shared: true },
    });
    await stage.database.write((trx) => closeHold(trx, kept.id, at));
    expect(said(await atDoor(stage, shows[2], { lines: family(1) }))).toBe('VALID');
    await check();
  });

  it('the counters of all its performances show what is left under it', async () => {
    await setOver({ performanceIds: shows, cap: 5 });
    await atDoor(stage, shows[0]);
    expect(await counter(shows[1])).toMatchObject({ used: 0, shared: { cap: 5, used: 1, held: 0 } });
  });

  it('over an offering it is over the performances that come later too', async () => {
    const offering = newOffering(stage, { performances: [newPerformance(stage), newPerformance(stage)] });
    await publishOfferings(stage.database, [offering], stage.clock.now());
    const { pool } = await setOver({ offeringId: offering.id, cap: 2 });
    const { startsAt, endsAt, tickets, ticketBasis } = newPerformance(stage);
    const [added] = await addPerformances(stage.env, stage.staff, {
      offeringId: offering.id,
      requestId: newId(),
      dates: { performances: [{ startsAt, endsAt, tickets, ticketBasis, cap: 20 }], recurring: null },
    });
    const later = added?.id ?? '';
    expect((await membersOf(stage.database.reader, [pool.id])).get(pool.id)).toContain(later);
    await atDoor(stage, later);
    await atDoor(stage, later);
    expect(said(await atDoor(stage, offering.performances[0]?.id ?? ''))).toBe('CAP_REACHED');
    await check();
  });

  it('cannot be lowered below what is used and held under it', async () => {
    const { pool } = await setOver({ performanceIds: shows, cap: 5 });
    for (const show of shows) await atDoor(stage, show);
    expect(await set({ id: pool.id, cap: 2 })).toMatchObject({
      code: 'CAP_BELOW_USED',
      facts: { cap: 2, used: 3, held: 0, shared: true },
    });
    expect((await changes()).length).toBe(2);
    expect(await set({ id: pool.id, cap: 3 })).toMatchObject({ kind: 'sharedCapSet', pool: { cap: 3 } });
    await check();
  });

  it('cannot be made where more is used already', async () => {
    for (const show of shows) await atDoor(stage, show);
    expect(await set({ performanceIds: shows, cap: 2 })).toMatchObject({ code: 'CAP_BELOW_USED' });
    expect(await counter(shows[0])).toMatchObject({ shared: null });
    expect(await changes()).toEqual([]);
    await check();
  });

  it('the same call again changes nothing; another cap is another row of its history', async () => {
    const first = await setOver({ performanceIds: shows, cap: 5 });
    const again = await setOver({ performanceIds: shows.toReversed(), cap: 5 });
    expect(again.pool).toEqual(first.pool);
    await setOver({ performanceIds: shows, cap: 7 });
    expect(await changes()).toEqual([
      { kind: 'CAP_SET', cap: 5, taken: 0 },
      { kind: 'JOINED', cap: 5, taken: 0 },
      { kind: 'CAP_SET', cap: 7, taken: 0 },
    ]);
    await check();
  });

  it('a performance that leaves keeps its own cap and gives its places back to the others', async () => {
    const { pool } = await setOver({ performanceIds: shows, cap: 1 });
    await atDoor(stage, shows[0]);
    await setOver({ id: pool.id, performanceIds: [shows[1], shows[2]], cap: 1 });
    expect(said(await atDoor(stage, shows[0]))).toBe('VALID');
    expect(said(await atDoor(stage, shows[1]))).toBe('VALID');
    expect(said(await atDoor(stage, shows[2]))).toBe('CAP_REACHED');
    await check();
  });

  it('a performance is under one shared cap at a time', async () => {
    await setOver({ performanceIds: [shows[0], shows[1]], cap: 5 });
    expect(await set({ performanceIds: [shows[1], shows[2]], cap: 5 })).toMatchObject({
      code: 'CAP_SHARED_ALREADY',
      facts: { performanceId: shows[1] },
    });
    expect(await counter(shows[2])).toMatchObject({ shared: null });
    await check();
  });

  it('there are at most 100 of a venue at a time', async () => {
    const at = stage.clock.now().toISOString();
    await stage.database.write(async (trx) => {
      for (let count = 0; count < 100; count++) {
        const label = { fi: null, sv: null, en: null };
        await createPool(trx, { id: newId(), venueId: stage.venueId, offeringId: null, cap: 1, label }, at);
      }
    });
    await expect(set({ performanceIds: shows, cap: 5 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await check();
  });

  it('once removed it holds nobody back, and its performances may share another', async () => {
    const { pool } = await setOver({ performanceIds: shows, cap: 1 });
    await atDoor(stage, shows[0]);
    const removed = await removeSharedCap(stage.env, stage.staff, pool.id);
    expect(removed.removedAt).toBe(stage.clock.now().toISOString());
    expect(await removeSharedCap(stage.env, stage.staff, pool.id)).toEqual(removed);
    expect(said(await atDoor(stage, shows[1]))).toBe('VALID');
    await setOver({ performanceIds: shows, cap: 3 });
    await check();
  });

  it('is set by the staff of its venue alone, over performances of its own', async () => {
    const elsewhere = newOffering(stage, { venueId: stage.otherVenueId });
    await publishOfferings(stage.database, [elsewhere], stage.clock.now());
    const { pool } = await setOver({ performanceIds: shows, cap: 5 });
    const denied = expect.objectContaining({ code: 'FORBIDDEN' }) as unknown;
    const other = elsewhere.performances[0]?.id ?? '';
    await expect(setSharedCap(stage.env, stage.otherStaff, { id: pool.id, cap: 1 })).rejects.toEqual(denied);
    await expect(removeSharedCap(stage.env, stage.otherStaff, pool.id)).rejects.toEqual(denied);
    await expect(set({ performanceIds: [shows[0], other], cap: 5 })).rejects.toEqual(denied);
    await expect(setSharedCap(stage.env, { role: 'NATIONAL' }, { id: pool.id, cap: 1 })).rejects.toEqual(
      denied,
    );
  });

  it.each<[string, string, (ids: readonly string[]) => SetSharedCapInput]>([
    ['a cap below nothing', 'BAD_INPUT', (ids: readonly string[]) => ({ performanceIds: ids, cap: -1 })],
    [
      'one performance alone',
      'BAD_INPUT',
      (ids: readonly string[]) => ({ performanceIds: ids.slice(1), cap: 1 }),
    ],
    ['neither an offering nor performances', 'BAD_INPUT', () => ({ cap: 1 })],
    ['both', 'BAD_INPUT', (ids: readonly string[]) => ({ performanceIds: ids, offeringId: 'o', cap: 1 })],
    ['an unknown performance', 'NOT_FOUND', ([id = '']) => ({ performanceIds: [id, newId()], cap: 1 })],
    ['an unknown shared cap', 'NOT_FOUND', () => ({ id: newId(), cap: 1 })],
    ['an unknown offering', 'NOT_FOUND', () => ({ offeringId: newId(), cap: 1 })],
  ])('%s is %s', async (_, code, wish) => {
    await expect(set(wish(shows.slice(1)))).rejects.toEqual(expect.objectContaining({ code }));
  });
});
