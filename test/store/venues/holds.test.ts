import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { IsoInstant } from '../../../subgraphs/platform/units.ts';
import { decide } from '../../../subgraphs/venues/service/decide.ts';
import { setCap } from '../../../subgraphs/venues/service/set-cap.ts';
import { verifyLedger } from '../../../subgraphs/venues/service/verify-ledger.ts';
import {
  closeHold,
  expiredHolds,
  findHolds,
  openHold,
  openHoldsOf,
  useHold,
} from '../../../subgraphs/venues/store/holds.ts';
import { findCounters, takePlaces, type Counter } from '../../../subgraphs/venues/store/ledger.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, onStage, openStage, said, type Stage } from './stage.ts';

const later = '2099-01-01T00:00:00.000Z';

describe.each(engines)('places are held on $name', (engine) => {
  let stage: Stage;
  let now: IsoInstant;
  beforeEach(async () => {
    stage = await openStage(engine);
    now = stage.clock.now().toISOString();
  });
  afterEach(() => checkLedger(stage));

  const hold = async (
    performanceId: string,
    places: number,
    expiresAt: IsoInstant = later,
  ): Promise<string | null> => {
    const id = newId();
    const { venueId } = stage;
    const opened = await stage.database.write((trx) =>
      openHold(trx, { id, performanceId, venueId, kind: 'GROUP', places, expiresAt }, now),
    );
    return opened && id;
  };
  const counter = async (performanceId: string) =>
    (await findCounters(stage.database.reader, [performanceId]))[0];

  it('nobody else gets them: the door is full at cap minus held', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    expect(await hold(performanceId, 4)).not.toBeNull();
    expect(said(await atDoor(stage, performanceId))).toBe('VALID');
    expect(await atDoor(stage, performanceId)).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 5, used: 1, held: 4, remaining: 0, wanted: 1 },
    });
  });

  it('more than are free are not held, and nothing changes', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    expect(await hold(performanceId, 3)).not.toBeNull();
    expect(await hold(performanceId, 3)).toBeNull();
    expect(await counter(performanceId)).toMatchObject({ held: 3, sequence: 2 });
    expect(await openHoldsOf(stage.database.reader, performanceId)).toHaveLength(1);
  });

  it('a closed hold gives back what is left, once', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const id = (await hold(performanceId, 4)) ?? '';
    expect(await stage.database.write((trx) => closeHold(trx, id, now))).toMatchObject({ status: 'CLOSED' });
    expect(await stage.database.write((trx) => closeHold(trx, id, now))).toBeNull();
    expect(await counter(performanceId)).toMatchObject({ held: 0, used: 0, sequence: 3 });
  });

  it('used places move from held to used, no more than were held and not after their time', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const holdId = (await hold(performanceId, 4, '2026-11-30T00:00:00.000Z')) ?? '';
    const take = async (places: number, at: IsoInstant): Promise<boolean> =>
      stage.database.write((trx) => useHold(trx, { holdId, places, at }));
    expect(await take(5, now)).toBe(false);
    expect(await take(1, '2026-11-30T00:00:00.000Z')).toBe(false);
    expect((await findHolds(stage.database.reader, [holdId]))[0]).toMatchObject({ remaining: 4 });
    expect(await expiredHolds(stage.database.reader, '2026-11-30T00:00:00.000Z', 10)).toHaveLength(1);
    expect(await expiredHolds(stage.database.reader, now, 10)).toEqual([]);
  });

  it('the cap does not go under what is used and held', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    await hold(performanceId, 4);
    expect(await setCap(stage.env, stage.staff, { performanceId, cap: 3 })).toMatchObject({
      code: 'CAP_BELOW_USED',
      facts: { cap: 3, used: 0, held: 4 },
    });
  });

  it('a hold that the counter does not know is found by the ledger check', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const id = (await hold(performanceId, 4)) ?? '';
    const set = async (remaining: number): Promise<unknown> =>
      stage.database.write((trx) =>
        trx.updateTable('hold').set({ remaining }).where('id', '=', id).execute(),
      );
    await set(3);
    const { faults } = await verifyLedger(stage.database);
    expect(faults.map(({ code }) => code)).toEqual(['HOLD_DIFFERS']);
    await set(4);
  });

  it('places of a full house that are held can still be taken by whom they are held for', async () => {
    const performanceId = await onStage(stage, { cap: 2 });
    const holdId = (await hold(performanceId, 2)) ?? '';
    const redemptionId = newId();
    const change = { performanceId, redemptionId, places: 2, at: now };
    // Nobody's redemption: it is rolled back.
    const taken = await decide<Counter | null>(stage.database, async (trx, no) => {
      expect(await useHold(trx, { holdId, places: 2, at: now })).toBe(true);
      return no(await takePlaces(trx, change, { holdId, places: 2 }));
    });
    expect(taken).toMatchObject({ used: 2, held: 0 });
  });
});
