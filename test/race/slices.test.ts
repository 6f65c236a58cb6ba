import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import type { Environment } from '../../subgraphs/venues/service/environment.ts';
import { expireHolds } from '../../subgraphs/venues/service/expire-holds.ts';
import { offlineConflicts } from '../../subgraphs/venues/service/offline-conflicts.ts';
import { redeem } from '../../subgraphs/venues/service/redeem.ts';
import { returnSlice } from '../../subgraphs/venues/service/slice.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { findValidOf } from '../../subgraphs/venues/store/redemptions.ts';
import { counterOf } from '../store/venues/group-stage.ts';
import { askSlice, sliced, uploadTo, use, usesSaid } from '../store/venues/slice-stage.ts';
import { checkLedger, holder, onStage, openStage, said, token, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';
import { withoutGuard } from './support/unguarded.ts';

const cap = 20;

describe.each(engines)('doors and devices without a network at once on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  /** Four devices with six guests each on slices of four, every upload sent twice, and 16 guests at the door. */
  const rush = async (env: Environment, performanceId: string): Promise<string[]> => {
    const slices = await Promise.all(Array.from({ length: 4 }, () => sliced(stage, performanceId)));
    const answers = await Promise.all([
      ...slices.flatMap((slice) => {
        const uses = Array.from({ length: 6 }, () => use(stage));
        return [
          uploadTo(stage, slice, uses, env).then(usesSaid),
          uploadTo(stage, slice, uses.toReversed(), env).then(() => []),
        ];
      }),
      ...Array.from({ length: 16 }, async () => [
        said(
          await redeem(env, stage.staff, {
            presentation: token(stage),
            performanceId,
            lines: holder,
            requestId: newId(),
          }),
        ),
      ]),
    ]);
    return answers.flat();
  };

  describe('with the guard', () => {
    afterEach(() => checkLedger(stage));

    it('a cap of 20 is never oversold, every place of a slice is used, and no guest is lost', async () => {
      const performanceId = await onStage(stage, { cap });
      const answers = await rush(stage.env, performanceId);
      expect(new Set(answers)).toEqual(new Set(['VALID', 'CAP_REACHED']));
      expect(answers.filter((each) => each === 'VALID')).toHaveLength(cap);
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: cap, held: 0 });
      expect(await findValidOf(stage.database.reader, performanceId)).toHaveLength(cap);
      const conflicts = await offlineConflicts(stage.env, stage.staff, performanceId);
      const atSlices = answers.slice(0, 24).filter((each) => each !== 'VALID').length;
      expect(conflicts).toHaveLength(atSlices);
    });

    it('one upload sent 8 times at once is recorded once', async () => {
      const performanceId = await onStage(stage, { cap });
      const slice = await sliced(stage, performanceId);
      const card = newId();
      const uses = [use(stage), use(stage, {}, { card }), use(stage, {}, { card })];
      const answers = await Promise.all(Array.from({ length: 8 }, () => uploadTo(stage, slice, uses)));
      expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: 2, held: 2 });
      expect(await offlineConflicts(stage.env, stage.staff, performanceId)).toHaveLength(1);
    });

    it('one device that asks 8 times at once has one slice', async () => {
      const performanceId = await onStage(stage, { cap: 100 });
      const deviceId = newId();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => askSlice(stage, performanceId, { deviceId })),
      );
      const refused = answers.filter((each) => 'code' in each).map((each) => said(each as never));
      expect(refused).toEqual(Array.from({ length: 7 }, () => 'SLICE_OPEN_ALREADY'));
      expect(await counterOf(stage, performanceId)).toMatchObject({ held: 4 });
    });

    it('a slice that ends while its uses come in: each place is used or given back, and every guest is recorded', async () => {
      const performanceId = await onStage(stage, { cap: 24 });
      const slices = await Promise.all(
        Array.from({ length: 8 }, () => sliced(stage, performanceId, { places: 3 })),
      );
      const uses = slices.map(() => [use(stage), use(stage)]);
      const end = fixedClock(slices[0]?.expiresAt ?? '');
      const after: Environment = { ...stage.env, clock: end };
      await Promise.all(
        slices.flatMap((slice, index) => [
          uploadTo(stage, slice, uses[index] ?? [], after),
          index % 3 === 0
            ? returnSlice(after, stage.staff, slice.id)
            : expireHolds(after, createLogger('silent')),
        ]),
      );
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: 16, held: 0 });
    });

    it('every guest let in within the slice is recorded, whatever is lost, repeated and cut', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 6 }),
          fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
          fc.integer({ min: 0, max: 4 }),
          async (places, sent, doors) => {
            const performanceId = await onStage(stage, { cap: 8 });
            const slice = await sliced(stage, performanceId, { places });
            const uses = Array.from({ length: places }, () => use(stage));
            const door = Array.from({ length: doors }, () =>
              redeem(stage.env, stage.staff, {
                presentation: token(stage),
                performanceId,
                lines: holder,
                requestId: newId(),
              }),
            );
            // Some parts are sent and their answers lost; at the end the device sends what it has no answer for: all.
            const lost = sent.map((from) => uses.slice(from)).filter((part) => part.length > 0);
            await Promise.all([...door, ...lost.map((part) => uploadTo(stage, slice, part))]);
            const answers = await uploadTo(stage, slice, uses);
            expect(usesSaid(answers)).toEqual(uses.map(() => 'VALID'));
            const counter = await counterOf(stage, performanceId);
            expect(counter?.held).toBe(0);
            expect(counter?.used).toBe(places + Math.min(doors, 8 - places));
          },
        ),
        { numRuns: 15 },
      );
    });
  });

  it('with the guard off the same rush oversells, and the ledger shows it', async () => {
    const performanceId = await onStage(stage, { cap });
    const answers = await rush({ ...stage.env, ledger: withoutGuard }, performanceId);
    expect(answers.filter((each) => each === 'VALID')).toHaveLength(4 * 6 + 16);
    const { faults } = await verifyLedger(stage.database);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['OVER_CAP']));
  });
});
