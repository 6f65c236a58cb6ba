import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { mergeCards } from '../../../subgraphs/venues/store/card-identity.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, newPerformance, onStage, openStage, said, type Stage } from './stage.ts';

describe.each(engines)('two registrations of one holder on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  const merge = (from: string, into: string): Promise<void> =>
    stage.database.write((trx) => mergeCards(trx, from, into));
  const come = async (performanceId: string, card: string): Promise<string> =>
    said(await atDoor(stage, performanceId, { card }));
  const cancel = async (redemptionId: string): Promise<string> =>
    said(await cancelRedemption(stage.env, stage.staff, { redemptionId, requestId: newId() }));
  const idOf = async (performanceId: string, card: string): Promise<string> => {
    const answer = await atDoor(stage, performanceId, { card });
    if (answer.kind !== 'redemption') throw new Error(answer.code);
    return answer.id;
  };

  it('after the merge neither sees what the other has seen', async () => {
    const performanceId = await onStage(stage);
    const [lost, kept] = [newId(), newId()];
    expect(await come(performanceId, lost)).toBe('VALID');
    await merge(lost, kept);
    expect(await come(performanceId, kept)).toBe('ALREADY_SEEN');
    expect(await come(performanceId, lost)).toBe('ALREADY_SEEN');
  });

  it('a token signed before the merge counts for the one that stays', async () => {
    const [lost, kept] = [newId(), newId()];
    await merge(lost, kept);
    const performanceId = await onStage(stage);
    expect(await atDoor(stage, performanceId, { card: lost })).toMatchObject({ cardId: kept });
    expect(await come(performanceId, kept)).toBe('ALREADY_SEEN');
  });

  it('a production seen once with either is seen once', async () => {
    const [first, second] = [newPerformance(stage), newPerformance(stage)];
    await onStage(stage, {}, { oncePerProduction: true, performances: [first, second] });
    const [lost, kept] = [newId(), newId()];
    expect(await come(first.id, lost)).toBe('VALID');
    await merge(lost, kept);
    expect(await come(second.id, kept)).toBe('ALREADY_SEEN');
  });

  it('when both had seen it, both uses must be cancelled before the holder may come again', async () => {
    const performanceId = await onStage(stage);
    const [lost, kept] = [newId(), newId()];
    const uses = [await idOf(performanceId, lost), await idOf(performanceId, kept)];
    await merge(lost, kept);
    for (const use of uses) {
      expect(await come(performanceId, kept)).toBe('ALREADY_SEEN');
      expect(await cancel(use)).toBe('CANCELLED');
    }
    expect(await come(performanceId, kept)).toBe('VALID');
    await checkLedger(stage);
  });

  it('telling a merge twice, or a chain of merges, ends at the one that stays', async () => {
    const performanceId = await onStage(stage);
    const [a, b, c] = [newId(), newId(), newId()];
    expect(await come(performanceId, a)).toBe('VALID');
    await merge(a, b);
    await merge(a, b);
    await merge(b, c);
    for (const card of [a, b, c]) expect(await come(performanceId, card)).toBe('ALREADY_SEEN');
  });

  it('in a rush of both cards and the merge, at most one use per registration of before, and none after', async () => {
    const performanceId = await onStage(stage, { cap: null });
    const [lost, kept] = [newId(), newId()];
    const doors = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? lost : kept));
    await Promise.all([...doors.map((card) => come(performanceId, card)), merge(lost, kept)]);
    const uses = await stage.database.reader
      .selectFrom('redemption')
      .select(['card_id', 'status'])
      .where('performance_id', '=', performanceId)
      .execute();
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.length).toBeLessThan(3);
    expect(new Set(uses.map(({ card_id }) => card_id))).toEqual(new Set([kept]));
    expect(await come(performanceId, kept)).toBe('ALREADY_SEEN');
  });

  it('after any sequence of uses, cancels and merges a holder comes in exactly when no valid use is left', async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('USE' as const), card: fc.nat(3), show: fc.nat(1) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('CANCEL' as const), use: fc.nat(20) }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('MERGE' as const), from: fc.nat(3), into: fc.nat(3) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const shows = [await onStage(stage, { cap: null }), await onStage(stage, { cap: null })];
        const cards = Array.from({ length: 4 }, () => newId());
        const standsFor = cards.map((_, index) => index);
        let wrong = false;
        const uses: { id: string; card: number; show: number; valid: boolean }[] = [];
        for (const one of steps) {
          if (one.kind === 'USE') {
            const who = standsFor[one.card];
            const seen = uses.some(
              (use) => use.valid && use.show === one.show && standsFor[use.card] === who,
            );
            const answer = await atDoor(stage, shows[one.show]!, { card: cards[one.card]! });
            wrong ||= said(answer) !== (seen ? 'ALREADY_SEEN' : 'VALID');
            if (answer.kind === 'redemption')
              uses.push({ id: answer.id, card: one.card, show: one.show, valid: true });
          } else if (one.kind === 'CANCEL') {
            const use = uses[one.use];
            if (!use) continue;
            wrong ||= (await cancel(use.id)) !== 'CANCELLED';
            use.valid = false;
          } else {
            // As cards does it: only two that stand for themselves.
            if (one.from === one.into) continue;
            if (standsFor[one.from] !== one.from || standsFor[one.into] !== one.into) continue;
            await merge(cards[one.from]!, cards[one.into]!);
            for (const [index, target] of standsFor.entries())
              if (target === one.from) standsFor[index] = one.into;
          }
        }
        expect(wrong).toBe(false);
      }),
      { numRuns: 25 },
    );
    await checkLedger(stage);
  });
});
