import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { setVenueDefaults } from '../../../subgraphs/venues/service/defaults.ts';
import { setCancelLimit } from '../../../subgraphs/venues/service/set-cancel-limit.ts';
import { findPerformances } from '../../../subgraphs/venues/store/offerings.ts';
import { engines } from '../../support/databases.ts';
import { counterOf } from './group-stage.ts';
import { atDoor, checkLedger, onStage, openStage, said, type Stage } from './stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

describe.each(engines)('until when holders cancel on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const booked = async (performanceId: string): Promise<{ id: string; card: string }> => {
    const card = newId();
    const answer = await atDoor(stage, performanceId, { card });
    if (answer.kind !== 'redemption') throw new Error(answer.code);
    return { id: answer.id, card };
  };
  const cancel = async (redemptionId: string, card: string | null): Promise<string> =>
    said(
      await cancelRedemption(stage.env, card === null ? stage.staff : { role: 'HOLDER', cardId: card }, {
        redemptionId,
        requestId: newId(),
      }),
    );
  const limitOf = async (performanceId: string) =>
    (await findPerformances(stage.database.reader, [performanceId]))[0]?.cancelUntilMinutes;

  it('two hours before the start: too late for the holder, never for the venue', async () => {
    const performanceId = await onStage(stage);
    await setCancelLimit(stage.env, stage.staff, { performanceId, cancelUntilMinutes: 120 });
    const [early, late] = [await booked(performanceId), await booked(performanceId)];
    expect(await cancel(early.id, early.card)).toBe('CANCELLED');
    stage.clock.advance(4 * 3_600_000);
    expect(await cancel(late.id, late.card)).toBe('CANCEL_TOO_LATE');
    expect(await counterOf(stage, performanceId)).toMatchObject({ used: 1 });
    expect(await cancel(late.id, null)).toBe('CANCELLED');
  });

  it('the venue’s default is what new performances begin with; the old ones stay', async () => {
    const old = await onStage(stage);
    await setVenueDefaults(stage.env, stage.staff, { venueId: stage.venueId, cancelUntilMinutes: 60 });
    expect([await limitOf(old), await limitOf(await onStage(stage))]).toEqual([null, 60]);
    const { defaults } = await setVenueDefaults(stage.env, stage.staff, { venueId: stage.venueId, cap: 3 });
    expect(defaults.cancelUntilMinutes).toBe(60);
  });

  it('a limit is set, changed and taken away by its venue alone, and never by forgetting a word', async () => {
    const performanceId = await onStage(stage);
    const set = (cancelUntilMinutes?: number | null, viewer = stage.staff) =>
      setCancelLimit(stage.env, viewer, { performanceId, cancelUntilMinutes });
    expect((await set(30)).cancelUntilMinutes).toBe(30);
    expect((await set(null)).cancelUntilMinutes).toBeNull();
    await expect(set()).rejects.toEqual(code('BAD_INPUT'));
    await expect(set(-1)).rejects.toEqual(code('BAD_INPUT'));
    await expect(set(30, stage.otherStaff)).rejects.toEqual(code('FORBIDDEN'));
    await expect(set(30, { role: 'NATIONAL' })).rejects.toEqual(code('FORBIDDEN'));
    const defaults = { venueId: stage.venueId, cancelUntilMinutes: 43_201 };
    await expect(setVenueDefaults(stage.env, stage.staff, defaults)).rejects.toEqual(code('BAD_INPUT'));
  });
});
