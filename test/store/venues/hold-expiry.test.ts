import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import type { IsoInstant } from '../../../subgraphs/platform/units.ts';
import { cancelPerformance } from '../../../subgraphs/venues/service/cancel-performance.ts';
import {
  expireHolds,
  expireHoldsOf,
  startHoldSweeper,
} from '../../../subgraphs/venues/service/expire-holds.ts';
import { movePerformance } from '../../../subgraphs/venues/service/move-performance.ts';
import { findHolds, openHold, openHoldsOf } from '../../../subgraphs/venues/store/holds.ts';
import { findCounters } from '../../../subgraphs/venues/store/ledger.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, onStage, openStage, said, type Stage } from './stage.ts';

const logger = createLogger('silent');
const minute = 60_000;

describe.each(engines)('holds come to an end on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const inMinutes = (minutes: number): IsoInstant =>
    new Date(stage.clock.now().getTime() + minutes * minute).toISOString();
  const hold = async (performanceId: string, places: number, minutes: number): Promise<string> => {
    const id = newId();
    const { venueId } = stage;
    const opened = await stage.database.write((trx) =>
      openHold(
        trx,
        { id, performanceId, venueId, kind: 'GROUP', places, expiresAt: inMinutes(minutes) },
        inMinutes(0),
      ),
    );
    if (!opened) throw new Error('There was no room for the hold.');
    return id;
  };
  const counter = async (performanceId: string) =>
    (await findCounters(stage.database.reader, [performanceId]))[0];
  const closedEvents = async (): Promise<object[]> => {
    const rows = await stage.database.reader
      .selectFrom('outbox')
      .select('payload')
      .where('topic', '=', 'hold.closed')
      .orderBy('seq')
      .execute();
    return rows.map(({ payload }) => JSON.parse(payload) as object);
  };

  it('a hold that is over gives its places back, in the ledger and with an event', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const holdId = await hold(performanceId, 4, 10);
    expect(await expireHolds(stage.env, logger)).toBe(0);
    stage.clock.advance(10 * minute);
    expect(await expireHolds(stage.env, logger)).toBe(1);
    expect(await counter(performanceId)).toMatchObject({ held: 0, sequence: 3 });
    expect(await closedEvents()).toMatchObject([{ holdId, performanceId, kind: 'GROUP', end: 'EXPIRED' }]);
  });

  it('more of them than a batch are closed in one sweep, each once however many sweep', async () => {
    const performanceId = await onStage(stage, { cap: 120 });
    for (let each = 0; each < 120; each++) await hold(performanceId, 1, 5);
    stage.clock.advance(5 * minute);
    const closed = await Promise.all([1, 2, 3].map(() => expireHolds(stage.env, logger)));
    expect(closed.reduce((sum, each) => sum + each, 0)).toBe(120);
    expect(await counter(performanceId)).toMatchObject({ held: 0, sequence: 241 });
    expect(await closedEvents()).toHaveLength(120);
  });

  it('a hold that is over turns no guest away, also when nobody has swept', async () => {
    const performanceId = await onStage(stage, { cap: 2 });
    await hold(performanceId, 2, 10);
    expect(said(await atDoor(stage, performanceId))).toBe('CAP_REACHED');
    stage.clock.advance(10 * minute);
    expect(said(await atDoor(stage, performanceId))).toBe('VALID');
    expect(await counter(performanceId)).toMatchObject({ used: 1, held: 0 });
  });

  it('the end of one performance’s hold leaves the others as they are', async () => {
    const [here, there] = [await onStage(stage), await onStage(stage)];
    await hold(here, 2, 10);
    await hold(there, 2, 10);
    stage.clock.advance(10 * minute);
    expect(await expireHoldsOf(stage.env, here)).toBe(true);
    expect(await expireHoldsOf(stage.env, here)).toBe(false);
    expect(await openHoldsOf(stage.database.reader, there)).toHaveLength(1);
  });

  it('one that fails stays open and stops no other', async () => {
    const [broken, fine] = [await onStage(stage), await onStage(stage)];
    await hold(broken, 1, 5);
    const holdId = await hold(fine, 1, 10);
    // A counter that says less is held than the hold wants to give back: the database refuses it.
    const setHeld = (held: number): Promise<unknown> =>
      stage.database.write((trx) =>
        trx.updateTable('cap_counter').set({ held }).where('performance_id', '=', broken).execute(),
      );
    await setHeld(0);
    stage.clock.advance(10 * minute);
    expect(await expireHolds(stage.env, logger)).toBe(1);
    expect((await findHolds(stage.database.reader, [holdId]))[0]?.status).toBe('CLOSED');
    expect(await openHoldsOf(stage.database.reader, broken)).toHaveLength(1);
    await setHeld(1);
    expect(await expireHolds(stage.env, logger)).toBe(1);
  });

  it('a cancelled performance keeps places for nobody', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    await hold(performanceId, 4, 60);
    await cancelPerformance(stage.env, stage.staff, performanceId);
    expect(await counter(performanceId)).toMatchObject({ used: 0, held: 0 });
    expect(await openHoldsOf(stage.database.reader, performanceId)).toEqual([]);
  });

  it('places for a group are kept until the new start of a performance that is moved, at most', async () => {
    const performanceId = await onStage(stage);
    const [earlier, later] = [await hold(performanceId, 1, 30), await hold(performanceId, 1, 300)];
    const to = { startsAt: inMinutes(120), endsAt: inMinutes(240) };
    await movePerformance(stage.env, stage.staff, { performanceId, ...to });
    const holds = await findHolds(stage.database.reader, [earlier, later]);
    expect(new Map(holds.map(({ id, expiresAt }) => [id, expiresAt]))).toEqual(
      new Map([
        [earlier, inMinutes(30)],
        [later, to.startsAt],
      ]),
    );
  });

  it('a running subgraph sweeps by itself, rings the performance and stops', async () => {
    const performanceId = await onStage(stage);
    await hold(performanceId, 1, 1);
    stage.clock.advance(minute);
    const rung = vi.fn<() => void>();
    const unwatch = stage.live.watch([`performance:${performanceId}`], rung);
    const sweeper = startHoldSweeper(stage.env, logger);
    await vi.waitFor(() => expect(rung).toHaveBeenCalled(), 10_000);
    await sweeper.stop();
    unwatch();
    expect(await counter(performanceId)).toMatchObject({ held: 0 });
  });
});
