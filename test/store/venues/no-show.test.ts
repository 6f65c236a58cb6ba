import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Redemption } from '../../../subgraphs/venues/domain/redemption.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { groupLoaders } from '../../../subgraphs/venues/service/group-loaders.ts';
import { markNoShow, noShowsAt, unmarkNoShow } from '../../../subgraphs/venues/service/no-show.ts';
import { engines } from '../../support/databases.ts';
import { counterOf } from './group-stage.ts';
import { atDoor, checkLedger, onStage, openStage, said, type Stage } from './stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
const day = { from: '2026-11-22T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' };

describe.each(engines)('a ticket that nobody came with on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const booked = async (performanceId: string): Promise<Redemption> => {
    const answer = await atDoor(stage, performanceId);
    if (answer.kind !== 'redemption') throw new Error(answer.code);
    return answer;
  };
  const mark = (id: string, viewer = stage.staff) => markNoShow(stage.env, viewer, id);
  const count = (viewer = stage.staff, span = day) =>
    noShowsAt(stage.env, viewer, { venueId: stage.venueId, ...span });
  const started = (): void => stage.clock.advance(6 * 3_600_000);

  it('is counted for its venue once, and no more when somebody came after all', async () => {
    const performanceId = await onStage(stage);
    const [one, two] = [await booked(performanceId), await booked(performanceId)];
    started();
    for (const id of [one.id, one.id, two.id]) expect(said((await mark(id)) as Redemption)).toBe('VALID');
    expect(await count()).toBe(2);
    const loaders = groupLoaders(stage.database.reader);
    expect(await loaders.noShowsOf.load(performanceId)).toBe(2);
    expect(await loaders.noShow.load(one.id)).toBe(true);
    await unmarkNoShow(stage.env, stage.staff, one.id);
    await unmarkNoShow(stage.env, stage.staff, one.id);
    expect(await count()).toBe(1);
    expect(await count(stage.staff, { from: day.to, to: '2026-11-24T00:00:00.000Z' })).toBe(0);
  });

  it('gives no place back, and no event tells of it', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    const { id } = await booked(performanceId);
    const events = async (): Promise<number> =>
      (await stage.database.reader.selectFrom('outbox').select('id').execute()).length;
    const before = [await counterOf(stage, performanceId), await events()];
    started();
    await mark(id);
    expect([await counterOf(stage, performanceId), await events()]).toEqual(before);
    expect(said(await atDoor(stage, performanceId))).toBe('CAP_REACHED');
  });

  it('is known once the performance has started, and not before', async () => {
    const { id } = await booked(await onStage(stage));
    expect(await mark(id)).toMatchObject({
      code: 'NOT_STARTED',
      facts: { startsAt: '2026-11-22T16:00:00.000Z' },
    });
    started();
    expect(await mark(id)).toMatchObject({ id });
  });

  it('a cancelled ticket is none, whether it was cancelled before or after', async () => {
    const performanceId = await onStage(stage);
    const [before, after] = [await booked(performanceId), await booked(performanceId)];
    const cancel = (redemptionId: string) =>
      cancelRedemption(stage.env, stage.staff, { redemptionId, requestId: newId() });
    await cancel(before.id);
    started();
    expect(await mark(before.id)).toMatchObject({ code: 'ALREADY_CANCELLED' });
    await mark(after.id);
    await cancel(after.id);
    expect(await count()).toBe(0);
  });

  it('is for the staff of its venue: no holder, no other venue and no national centre counts it', async () => {
    const { id, cardId } = await booked(await onStage(stage));
    started();
    const viewers = [stage.otherStaff, { role: 'HOLDER', cardId }, { role: 'NATIONAL' }] as const;
    for (const viewer of viewers) {
      await expect(mark(id, viewer)).rejects.toEqual(code('FORBIDDEN'));
      await expect(unmarkNoShow(stage.env, viewer, id)).rejects.toEqual(code('FORBIDDEN'));
      expect(await count(viewer)).toBeNull();
    }
    await expect(mark(newId())).rejects.toEqual(code('NOT_FOUND'));
    await expect(count(stage.staff, { from: day.to, to: day.from })).rejects.toEqual(code('BAD_INPUT'));
  });
});
