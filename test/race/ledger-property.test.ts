import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { cancelRedemption } from '../../subgraphs/venues/service/cancel-redemption.ts';
import { setCap } from '../../subgraphs/venues/service/set-cap.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import { findValidOf } from '../../subgraphs/venues/store/redemptions.ts';
import { atDoor, family, onStage, openStage, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('redeem' as const), children: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setCap' as const),
      cap: fc.option(fc.nat({ max: 12 }), { nil: null }),
    }),
  },
);

describe.each(engines)('any evening on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  it.each([
    ['one after the other', 1],
    ['four at a time', 4],
  ])(
    'of redeeming, cancelling and setting caps %s keeps the ledger clean and used equal to the recount',
    async (_, width) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
          const performanceId = await onStage(stage, { cap: 6 });
          const redeemed: string[] = [];
          const run = async (each: (typeof steps)[number]): Promise<void> => {
            if (each.do === 'setCap') await setCap(stage.env, stage.staff, { performanceId, cap: each.cap });
            if (each.do === 'redeem') {
              const answer = await atDoor(
                stage,
                performanceId,
                each.children > 0 ? { lines: family(each.children) } : {},
              );
              if (answer.kind === 'redemption') redeemed.push(answer.id);
            }
            const redemptionId =
              each.do === 'cancel' ? redeemed[each.which % Math.max(1, redeemed.length)] : undefined;
            if (redemptionId)
              await cancelRedemption(stage.env, stage.staff, { redemptionId, requestId: newId() });
          };
          for (let next = 0; next < steps.length; next += width)
            await Promise.all(steps.slice(next, next + width).map(run));

          const valid = await findValidOf(stage.database.reader, performanceId);
          const recount = valid.reduce((sum, { counted }) => sum + counted, 0);
          const [counter] = await findCounters(stage.database.reader, [performanceId]);
          expect(counter?.used).toBe(recount);
          expect(counter?.used).toBeLessThanOrEqual(counter?.cap ?? Number.POSITIVE_INFINITY);
        }),
        { numRuns: 15 },
      );
      const report = await verifyLedger(stage.database);
      expect(report.faults).toEqual([]);
      expect(report.performances).toBeGreaterThanOrEqual(15);
    },
  );
});
