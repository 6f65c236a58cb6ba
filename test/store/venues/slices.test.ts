import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import { cancelPerformance } from '../../../subgraphs/venues/service/cancel-performance.ts';
import { expireHolds } from '../../../subgraphs/venues/service/expire-holds.ts';
import { offlineConflicts } from '../../../subgraphs/venues/service/offline-conflicts.ts';
import { returnSlice, reserveSlice } from '../../../subgraphs/venues/service/slice.ts';
import { uploadRedemptions } from '../../../subgraphs/venues/service/slice-upload.ts';
import { engines } from '../../support/databases.ts';
import { counterOf, inMinutes } from './group-stage.ts';
import { askSlice, sliced, uploadTo, use, usesSaid } from './slice-stage.ts';
import {
  atDoor,
  checkLedger,
  family,
  holder,
  onStage,
  openStage,
  said,
  signingKey,
  token,
  type Stage,
} from './stage.ts';

const hours = 3_600_000;

describe.each(engines)('slices of the cap for devices without a network on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const counter = async (id: string): Promise<object> => ({ ...(await counterOf(stage, id)) });
  const later = (milliseconds: number): void =>
    stage.clock.set(new Date(stage.clock.now().getTime() + milliseconds).toISOString());
  const codes = async (performanceId: string): Promise<string[]> =>
    (await offlineConflicts(stage.env, stage.staff, performanceId)).map(({ refusal }) => refusal.code);

  it('keeps its places in the counter, and nobody else gets them', async () => {
    const id = await onStage(stage, { cap: 5 });
    const slice = await sliced(stage, id);
    expect(slice).toMatchObject({ kind: 'OFFLINE_SLICE', places: 4, remaining: 4, status: 'OPEN' });
    expect(await counter(id)).toMatchObject({ cap: 5, used: 0, held: 4 });
    expect([said(await atDoor(stage, id)), said(await atDoor(stage, id))]).toEqual(['VALID', 'CAP_REACHED']);
  });

  it('is not larger than the free places', async () => {
    const id = await onStage(stage, { cap: 3 });
    expect(await askSlice(stage, id)).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 3, held: 0, wanted: 4 },
    });
    expect(await counter(id)).toMatchObject({ held: 0 });
  });

  it('is one per device and performance, until it is returned', async () => {
    const id = await onStage(stage, { cap: 20 });
    const deviceId = newId();
    const first = await sliced(stage, id, { deviceId });
    expect(await askSlice(stage, id, { deviceId })).toMatchObject({
      code: 'SLICE_OPEN_ALREADY',
      facts: { sliceId: first.id },
    });
    await sliced(stage, await onStage(stage), { deviceId });
    await sliced(stage, id);
    await returnSlice(stage.env, stage.staff, first.id);
    expect(await sliced(stage, id, { deviceId })).toMatchObject({ remaining: 4 });
    expect(await counter(id)).toMatchObject({ held: 8 });
  });

  it('asked for twice under one request id is one slice; for something else it is REQUEST_ID_REUSED', async () => {
    const id = await onStage(stage);
    const asked = { requestId: newId(), deviceId: newId() };
    const [one, two] = [await askSlice(stage, id, asked), await askSlice(stage, id, asked)];
    expect(one).toEqual(two);
    expect(await counter(id)).toMatchObject({ held: 4 });
    await expect(askSlice(stage, id, { ...asked, places: 3 })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('is for the staff of its venue alone', async () => {
    const id = await onStage(stage);
    const { id: sliceId } = await sliced(stage, id);
    const wish = { performanceId: id, deviceId: newId(), places: 1, requestId: newId() };
    for (const viewer of [stage.otherStaff, { role: 'NATIONAL' }, { role: 'ANONYMOUS' }] as const) {
      const asked = [
        () => reserveSlice(stage.env, viewer, wish),
        () => returnSlice(stage.env, viewer, sliceId),
        () => uploadRedemptions(stage.env, viewer, { sliceId, entries: [use(stage)] }),
        () => offlineConflicts(stage.env, viewer, id),
      ];
      for (const each of asked) await expect(each()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await counter(id)).toMatchObject({ used: 0, held: 4 });
  });

  it('with bad input nothing is stored', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const tooMany = Array.from({ length: 201 }, () => use(stage));
    const bad = [
      () => askSlice(stage, id, { places: 0 }),
      () => askSlice(stage, id, { deviceId: 'short' }),
      () => uploadTo(stage, slice, []),
      () => uploadTo(stage, slice, [use(stage), use(stage, { lines: [] })]),
      () => uploadTo(stage, slice, tooMany),
    ];
    for (const each of bad) await expect(each()).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await counter(id)).toMatchObject({ used: 0, held: 4 });
  });

  it('its uses become redemptions of the moment at which the guest came in, also with tokens that are over', async () => {
    const id = await onStage(stage, { cap: 4 });
    const slice = await sliced(stage, id);
    later(60_000);
    const at = stage.clock.now().toISOString();
    const uses = [use(stage), use(stage, { lines: family(2) })];
    later(2 * hours);
    const answers = await uploadTo(stage, slice, uses);
    expect(answers.map(({ answer }) => answer)).toMatchObject([
      { status: 'VALID', counted: 1, recordedAt: at },
      { status: 'VALID', counted: 3, recordedAt: at },
    ]);
    expect(await counter(id)).toMatchObject({ used: 4, held: 0 });
    expect(await codes(id)).toEqual([]);
  });

  it('the same upload again, in another order and in parts, gives the same answers', async () => {
    const id = await onStage(stage, { cap: 4 });
    const slice = await sliced(stage, id);
    const twice = newId();
    const uses = [
      use(stage, {}, { card: twice }),
      use(stage, {}, { card: twice }),
      ...Array.from({ length: 4 }, () => use(stage)),
    ];
    const first = await uploadTo(stage, slice, uses);
    expect(usesSaid(first)).toEqual(['VALID', 'ALREADY_SEEN', 'VALID', 'VALID', 'VALID', 'CAP_REACHED']);
    later(hours);
    expect((await uploadTo(stage, slice, uses.toReversed())).toReversed()).toEqual(first);
    const parts = await Promise.all(uses.map((each) => uploadTo(stage, slice, [each])));
    expect(parts.flat()).toEqual(first);
    expect(await counter(id)).toMatchObject({ used: 4, held: 0 });
    expect((await codes(id)).toSorted()).toEqual(['ALREADY_SEEN', 'CAP_REACHED']);
  });

  it('a use whose answer from the door was lost is not recorded twice', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const { requestId, presentation, lines, at } = use(stage);
    const door = await atDoor(stage, id, { requestId, presentation, lines });
    const [uploaded] = await uploadTo(stage, slice, [{ requestId, presentation, lines, at }]);
    expect(uploaded?.answer).toEqual(door);
    expect(await counter(id)).toMatchObject({ used: 1, held: 4 });
  });

  it('a request id of another use is told, and stops no other use', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const requestId = newId();
    const answers = await uploadTo(stage, slice, [
      use(stage, { requestId }),
      use(stage, { requestId }),
      use(stage),
    ]);
    expect(usesSaid(answers)).toEqual(['VALID', 'REQUEST_ID_REUSED', 'VALID']);
  });

  it('over the slice a use takes a free place; with none it is a conflict with numbers, and the cap holds', async () => {
    const id = await onStage(stage, { cap: 3 });
    const slice = await sliced(stage, id, { places: 2 });
    const answers = await uploadTo(stage, slice, [use(stage, { lines: family(2) }), use(stage)]);
    expect(usesSaid(answers)).toEqual(['VALID', 'CAP_REACHED']);
    expect(answers[1]?.answer).toMatchObject({ facts: { cap: 3, used: 3, held: 0, wanted: 1 } });
    expect(await counter(id)).toMatchObject({ used: 3, held: 0 });
    expect(await offlineConflicts(stage.env, stage.staff, id)).toMatchObject([
      { sliceId: slice.id, tickets: 1, refusal: { code: 'CAP_REACHED' } },
    ]);
  });

  it('a card that came through another door meanwhile is a conflict with its trace', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const card = newId();
    await atDoor(stage, id, { card });
    const [conflict] = await uploadTo(stage, slice, [use(stage, {}, { card })]);
    expect(conflict?.answer).toMatchObject({ code: 'ALREADY_SEEN' });
    expect(isRefusal(conflict?.answer) && conflict.answer.trace.length).toBeGreaterThan(5);
    const [kept] = await offlineConflicts(stage.env, stage.staff, id);
    expect(JSON.stringify(kept)).not.toContain(card);
  });

  it('returns by itself at its expiry, and what was used in time takes a free place afterwards', async () => {
    const id = await onStage(stage, { cap: 4 });
    const slice = await sliced(stage, id, { places: 2 });
    expect(slice.expiresAt).toBe(inMinutes(stage, 9 * 60));
    const uses = [use(stage), use(stage), use(stage)];
    later(9 * hours);
    expect(await expireHolds(stage.env, createLogger('silent'))).toBe(1);
    expect(await counter(id)).toMatchObject({ used: 0, held: 0 });
    expect(usesSaid(await uploadTo(stage, slice, uses))).toEqual(['VALID', 'VALID', 'VALID']);
    expect(await counter(id)).toMatchObject({ used: 3, held: 0 });
  });

  it('over but not closed yet, it still has its places for whoever came in before its end', async () => {
    const id = await onStage(stage, { cap: 2 });
    const slice = await sliced(stage, id, { places: 2 });
    const uses = [use(stage), use(stage)];
    later(9 * hours);
    expect(usesSaid(await uploadTo(stage, slice, uses))).toEqual(['VALID', 'VALID']);
    expect(await counter(id)).toMatchObject({ used: 2, held: 0 });
  });

  it('after its return, with a full house, the guest who was let in is kept as a conflict', async () => {
    const id = await onStage(stage, { cap: 2 });
    const slice = await sliced(stage, id, { places: 2 });
    const late = use(stage);
    await returnSlice(stage.env, stage.staff, slice.id);
    expect(await returnSlice(stage.env, stage.staff, slice.id)).toMatchObject({ remaining: 0 });
    await atDoor(stage, id, { lines: family(1) });
    expect(usesSaid(await uploadTo(stage, slice, [late]))).toEqual(['CAP_REACHED']);
    expect(await counter(id)).toMatchObject({ used: 2, held: 0 });
    expect(await codes(id)).toEqual(['CAP_REACHED']);
  });

  it('a moment before the slice or to come is refused; a clock off by a minute is put right', async () => {
    const id = await onStage(stage);
    later(hours);
    const slice = await sliced(stage, id);
    const now = stage.clock.now().toISOString();
    const answers = await uploadTo(stage, slice, [
      use(stage, { at: inMinutes(stage, -2) }),
      use(stage, { at: inMinutes(stage, 2) }),
      use(stage, { at: inMinutes(stage, -1) }),
      use(stage, { at: inMinutes(stage, 1) }),
    ]);
    expect(usesSaid(answers)).toEqual(['USE_TIME_WRONG', 'USE_TIME_WRONG', 'VALID', 'VALID']);
    expect(answers.slice(2).map(({ answer }) => answer)).toMatchObject([
      { recordedAt: now },
      { recordedAt: now },
    ]);
  });

  it('a token that was over when the guest came in, or that cards did not sign, is a conflict', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const stranger = { ...signingKey(), keyId: stage.keys.keyId };
    const answers = await uploadTo(stage, slice, [
      use(stage, {}, { livesMs: -1_000 }),
      use(stage, {}, { key: stranger }),
      use(stage, {}, { venue: stage.otherVenueId }),
      use(stage, { presentation: 'K:0000' }),
    ]);
    expect(usesSaid(answers)).toEqual([
      'PRESENTATION_EXPIRED',
      'PRESENTATION_INVALID',
      'PRESENTATION_INVALID',
      'PRESENTATION_INVALID',
    ]);
    expect(await codes(id)).toHaveLength(4);
    expect(await counter(id)).toMatchObject({ used: 0, held: 4 });
  });

  it('a token of a key that is still on its way is not kept: the device asks again', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const later = use(stage, { presentation: token(stage, { key: signingKey() }), lines: holder });
    expect(usesSaid(await uploadTo(stage, slice, [later]))).toEqual(['PRESENTATION_INVALID']);
    expect(await codes(id)).toEqual([]);
  });

  it('a cancelled performance keeps no slice, and a use of it is a conflict', async () => {
    const id = await onStage(stage);
    const slice = await sliced(stage, id);
    const late = use(stage);
    await cancelPerformance(stage.env, stage.staff, id);
    expect(await askSlice(stage, id)).toMatchObject({ code: 'PERFORMANCE_CANCELLED' });
    expect(usesSaid(await uploadTo(stage, slice, [late]))).toEqual(['PERFORMANCE_CANCELLED']);
    expect(await counter(id)).toMatchObject({ used: 0, held: 0 });
  });

  it('a performance that is over gives no slice', async () => {
    const id = await onStage(stage);
    later(9 * hours);
    expect(await askSlice(stage, id)).toMatchObject({ code: 'OUTSIDE_WINDOW' });
  });
});
