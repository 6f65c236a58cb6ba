import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { cancelPerformance } from '../../../subgraphs/venues/service/cancel-performance.ts';
import { expireHolds } from '../../../subgraphs/venues/service/expire-holds.ts';
import { holdPlaces, releaseHold } from '../../../subgraphs/venues/service/group-holds.ts';
import { openHold, openHoldsOf } from '../../../subgraphs/venues/store/holds.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import { engines } from '../../support/databases.ts';
import { counterOf, holdWish, inMinutes, kept } from './group-stage.ts';
import { atDoor, checkLedger, onStage, openStage, said, type Stage } from './stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

describe.each(engines)('places for a known group on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const events = async (topic: string): Promise<object[]> => {
    const rows = await stage.database.reader
      .selectFrom('outbox')
      .select('payload')
      .where('topic', '=', topic)
      .execute();
    return rows.map(({ payload }) => JSON.parse(payload) as object);
  };

  it('are kept with the name of an organisation, and nobody else gets them', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const hold = await kept(stage, performanceId, { label: '  Kallaveden koulu ' });
    expect(hold).toMatchObject({ label: 'Kallaveden koulu', places: 4, remaining: 4, status: 'OPEN' });
    expect(await counterOf(stage, performanceId)).toMatchObject({ held: 4, used: 0 });
    expect(said(await atDoor(stage, performanceId))).toBe('VALID');
    expect(said(await atDoor(stage, performanceId))).toBe('CAP_REACHED');
  });

  it('are told of with ids and numbers, and not for whom', async () => {
    const performanceId = await onStage(stage);
    const { id } = await kept(stage, performanceId);
    await releaseHold(stage.env, stage.staff, id);
    const opened = await events('hold.opened');
    expect(opened).toMatchObject([{ holdId: id, performanceId, kind: 'GROUP', places: 4 }]);
    expect(JSON.stringify(opened)).not.toContain('koulu');
    expect(await events('hold.closed')).toMatchObject([{ holdId: id, end: 'RELEASED' }]);
  });

  it('more than are free are refused with the numbers, and nothing is stored', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    await kept(stage, performanceId, { places: 3 });
    expect(await holdPlaces(stage.env, stage.staff, holdWish(stage, performanceId))).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 5, used: 0, held: 3, remaining: 2, wanted: 4 },
    });
    expect(await openHoldsOf(stage.database.reader, performanceId)).toHaveLength(1);
    expect(await counterOf(stage, performanceId)).toMatchObject({ held: 3, sequence: 2 });
  });

  it('a hold that is over makes room for the next one', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    await kept(stage, performanceId, { expiresAt: inMinutes(stage, 10) });
    stage.clock.advance(10 * 60_000);
    expect((await kept(stage, performanceId)).places).toBe(4);
  });

  it('the same request is the same hold, as it is now; with another wish it is an error', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const wish = holdWish(stage, performanceId);
    const [first, second] = await Promise.all([1, 2].map(() => holdPlaces(stage.env, stage.staff, wish)));
    expect(first).toEqual(second);
    expect(await counterOf(stage, performanceId)).toMatchObject({ held: 4, sequence: 2 });
    const other = holdPlaces(stage.env, stage.staff, { ...wish, places: 1 });
    await expect(other).rejects.toEqual(code('REQUEST_ID_REUSED'));
    stage.clock.advance(2 * 3_600_000);
    await expireHolds(stage.env, createLogger('silent'));
    expect(await holdPlaces(stage.env, stage.staff, wish)).toMatchObject({ hold: { status: 'CLOSED' } });
  });

  it('given back they are free at once, and again it changes nothing', async () => {
    const performanceId = await onStage(stage, { cap: 4 });
    const { id } = await kept(stage, performanceId);
    const first = await releaseHold(stage.env, stage.staff, id);
    expect(first.hold).toMatchObject({ status: 'CLOSED', remaining: 0 });
    stage.clock.advance(60_000);
    expect(await releaseHold(stage.env, stage.staff, id)).toEqual(first);
    expect(await counterOf(stage, performanceId)).toMatchObject({ held: 0, sequence: 3 });
    expect(said(await atDoor(stage, performanceId))).toBe('VALID');
  });

  it.each([
    ['no places', { places: 0 }],
    ['half a place', { places: 1.5 }],
    ['more than 1 000', { places: 1_001 }],
    ['no name', { label: '   ' }],
    ['a name of 81 characters', { label: 'k'.repeat(81) }],
    ['an address instead of a name', { label: 'school@example.org' }],
    ['an identity code instead of a name', { label: '010199-123A' }],
    ['a moment that has passed', { expiresAt: '2026-11-22T10:00:00.000Z' }],
    ['a moment after the start', { expiresAt: '2026-11-22T16:00:00.001Z' }],
    ['a short requestId', { requestId: 'x' }],
  ])('%s is bad input', async (_, changes) => {
    const performanceId = await onStage(stage);
    const asked = holdPlaces(stage.env, stage.staff, holdWish(stage, performanceId, changes));
    await expect(asked).rejects.toEqual(code('BAD_INPUT'));
  });

  it('are kept until the start at most', async () => {
    const performanceId = await onStage(stage);
    const { expiresAt } = await kept(stage, performanceId, { expiresAt: '2026-11-22T16:00:00.000Z' });
    expect(expiresAt).toBe('2026-11-22T16:00:00.000Z');
  });

  it('are for the staff of the venue', async () => {
    const performanceId = await onStage(stage);
    const { id } = await kept(stage, performanceId);
    const viewers = [stage.otherStaff, { role: 'NATIONAL' }, { role: 'HOLDER', cardId: newId() }] as const;
    for (const viewer of viewers) {
      const wish = holdWish(stage, performanceId);
      await expect(holdPlaces(stage.env, viewer, wish)).rejects.toEqual(code('FORBIDDEN'));
      await expect(releaseHold(stage.env, viewer, id)).rejects.toEqual(code('FORBIDDEN'));
    }
    await expect(releaseHold(stage.env, stage.staff, newId())).rejects.toEqual(code('NOT_FOUND'));
  });

  it('a hold that is no group’s is not given back this way', async () => {
    const performanceId = await onStage(stage);
    const [id, now] = [newId(), inMinutes(stage, 0)];
    const offer = { id, performanceId, venueId: stage.venueId, kind: 'WAITING_OFFER', places: 1 } as const;
    await stage.database.write((trx) => openHold(trx, { ...offer, expiresAt: inMinutes(stage, 9) }, now));
    await expect(releaseHold(stage.env, stage.staff, id)).rejects.toEqual(code('NOT_FOUND'));
  });

  it('at a cancelled performance none are kept', async () => {
    const performanceId = await onStage(stage);
    await cancelPerformance(stage.env, stage.staff, performanceId);
    expect(await holdPlaces(stage.env, stage.staff, holdWish(stage, performanceId))).toMatchObject({
      code: 'PERFORMANCE_CANCELLED',
    });
    expect(await counterOf(stage, performanceId)).toMatchObject({ held: 0, sequence: 1 });
  });
});
