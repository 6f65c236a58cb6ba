import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import type { Redemption } from '../../../subgraphs/venues/domain/redemption.ts';
import { cancelPerformance } from '../../../subgraphs/venues/service/cancel-performance.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { findCounters } from '../../../subgraphs/venues/store/ledger.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, family, onStage, openStage, said, type Stage } from './stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

describe.each(engines)('cancelling on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const counter = async (performanceId: string) =>
    (await findCounters(stage.database.reader, [performanceId]))[0];
  const events = async (topic: string): Promise<Record<string, unknown>[]> => {
    const rows = await stage.database.reader
      .selectFrom('outbox')
      .selectAll()
      .where('topic', '=', topic)
      .execute();
    return rows.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);
  };
  const admitted = async (performanceId: string, card: string): Promise<Redemption> => {
    const answer = await atDoor(stage, performanceId, { card, lines: family(1) });
    if (answer.kind !== 'redemption') throw new Error(answer.code);
    return answer;
  };
  const holderOf = (card: string): Viewer => ({ role: 'HOLDER', cardId: card });

  it.each(['VENUE', 'HOLDER'])(
    'by the %s gives the places back at once, and the card may come again',
    async (by) => {
      const performanceId = await onStage(stage, { cap: 2 });
      const card = newId();
      const { id } = await admitted(performanceId, card);
      const viewer = by === 'HOLDER' ? holderOf(card) : stage.staff;
      const cancelled = await cancelRedemption(stage.env, viewer, { redemptionId: id, requestId: newId() });
      expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelledBy: by });
      expect(await counter(performanceId)).toMatchObject({ used: 0, sequence: 3 });
      expect(await events('redemption.cancelled')).toMatchObject([
        { redemptionId: id, cardId: card, cancelledBy: by, offeringTitle: { fi: 'Näytelmä' } },
      ]);
      expect(said(await atDoor(stage, performanceId, { card, lines: family(1) }))).toBe('VALID');
    },
  );

  it('twice is one entry and one event, with the same key or another', async () => {
    const performanceId = await onStage(stage);
    const { id } = await admitted(performanceId, newId());
    const requestId = newId();
    const first = await cancelRedemption(stage.env, stage.staff, { redemptionId: id, requestId });
    stage.clock.advance(60_000);
    for (const again of [requestId, newId()]) {
      expect(await cancelRedemption(stage.env, stage.staff, { redemptionId: id, requestId: again })).toEqual(
        first,
      );
    }
    expect(await counter(performanceId)).toMatchObject({ used: 0, sequence: 3 });
    expect(await events('redemption.cancelled')).toHaveLength(1);
  });

  it('sixteen at once are one', async () => {
    const performanceId = await onStage(stage);
    const { id } = await admitted(performanceId, newId());
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        cancelRedemption(stage.env, stage.staff, { redemptionId: id, requestId: newId() }),
      ),
    );
    expect(new Set(answers.map(said))).toEqual(new Set(['CANCELLED']));
    expect(await counter(performanceId)).toMatchObject({ used: 0, sequence: 3 });
  });

  it('with a key that was used for something else is an error', async () => {
    const performanceId = await onStage(stage);
    const requestId = newId();
    const [one, two] = [await admitted(performanceId, newId()), await admitted(performanceId, newId())];
    await cancelRedemption(stage.env, stage.staff, { redemptionId: one.id, requestId });
    const reused = cancelRedemption(stage.env, stage.staff, { redemptionId: two.id, requestId });
    await expect(reused).rejects.toEqual(code('REQUEST_ID_REUSED'));
  });

  it('is not for another venue, another holder or anybody else', async () => {
    const performanceId = await onStage(stage);
    const { id } = await admitted(performanceId, newId());
    for (const viewer of [
      stage.otherStaff,
      holderOf(newId()),
      { role: 'NATIONAL' },
      { role: 'ANONYMOUS' },
    ] as const) {
      const tried = cancelRedemption(stage.env, viewer, { redemptionId: id, requestId: newId() });
      await expect(tried).rejects.toEqual(code('FORBIDDEN'));
    }
    const unknown = cancelRedemption(stage.env, stage.staff, { redemptionId: newId(), requestId: newId() });
    await expect(unknown).rejects.toEqual(code('NOT_FOUND'));
  });

  it('after the end is for the venue alone', async () => {
    const performanceId = await onStage(stage);
    const card = newId();
    const { id } = await admitted(performanceId, card);
    stage.clock.advance(10 * 3_600_000);
    const byHolder = await cancelRedemption(stage.env, holderOf(card), {
      redemptionId: id,
      requestId: newId(),
    });
    expect(said(byHolder)).toBe('OUTSIDE_WINDOW');
    const byVenue = await cancelRedemption(stage.env, stage.staff, { redemptionId: id, requestId: newId() });
    expect(said(byVenue)).toBe('CANCELLED');
  });

  it('a performance cancels every ticket of it and tells of each; again it changes nothing', async () => {
    const performanceId = await onStage(stage);
    const ids = [];
    for (let guest = 0; guest < 3; guest++) ids.push((await admitted(performanceId, newId())).id);
    expect(said(await cancelPerformance(stage.env, stage.staff, performanceId))).toBe('CANCELLED');
    expect(said(await cancelPerformance(stage.env, stage.staff, performanceId))).toBe('CANCELLED');
    expect(await counter(performanceId)).toMatchObject({ used: 0, sequence: 7 });
    const told = await events('redemption.cancelled');
    expect(told.map(({ redemptionId }) => redemptionId)).toEqual(ids);
    expect(new Set(told.map(({ cancelledBy }) => cancelledBy))).toEqual(new Set(['PERFORMANCE']));
    expect(await events('performance.cancelled')).toEqual([{ performanceId, venueId: stage.venueId }]);
    expect(said(await atDoor(stage, performanceId))).toBe('PERFORMANCE_CANCELLED');
    await expect(cancelPerformance(stage.env, stage.otherStaff, performanceId)).rejects.toEqual(
      code('FORBIDDEN'),
    );
  });
});
