import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { cancelPerformance } from '../../subgraphs/venues/service/cancel-performance.ts';
import type { Environment } from '../../subgraphs/venues/service/environment.ts';
import { expireHolds } from '../../subgraphs/venues/service/expire-holds.ts';
import type { RedeemedGroup, RefusedGroup } from '../../subgraphs/venues/service/group-answer.ts';
import { holdPlaces, releaseHold } from '../../subgraphs/venues/service/group-holds.ts';
import { redeem, type RedeemAnswer } from '../../subgraphs/venues/service/redeem.ts';
import { redeemGroup } from '../../subgraphs/venues/service/redeem-group.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { openHoldsOf } from '../../subgraphs/venues/store/holds.ts';
import { findValidOf } from '../../subgraphs/venues/store/redemptions.ts';
import { counterOf, groupSaid, groupWish, holdWish, kept } from '../store/venues/group-stage.ts';
import { checkLedger, holder, onStage, openStage, said, token, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';
import { withoutGuard } from './support/unguarded.ts';

const cap = 20;

describe.each(engines)('groups and single guests at once on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  const single = (env: Environment, performanceId: string): Promise<RedeemAnswer> =>
    redeem(env, stage.staff, {
      presentation: token(stage),
      performanceId,
      lines: holder,
      requestId: newId(),
    });
  const group = (
    env: Environment,
    performanceId: string,
    cards: number,
    holdId: string | null = null,
  ): Promise<RedeemedGroup | RefusedGroup> =>
    redeemGroup(env, stage.staff, groupWish(stage, performanceId, cards, { holdId }));

  /** 16 groups of three and 16 single guests, some of the groups with places kept for them. */
  const rush = async (
    env: Environment,
    performanceId: string,
    holdId: string | null,
  ): Promise<{ tickets: number; codes: Set<string> }> => {
    const answers = await Promise.all(
      Array.from({ length: 32 }, async (_, index) =>
        index % 2 === 0
          ? groupSaid(await group(env, performanceId, 3, index % 4 === 0 ? holdId : null))
          : said(await single(env, performanceId)),
      ),
    );
    let tickets = 0;
    const codes = new Set<string>();
    for (const answer of answers) {
      if (answer === 'VALID') tickets += 1;
      else if (typeof answer === 'number') tickets += answer;
      else codes.add(String(answer));
    }
    return { tickets, codes };
  };

  describe('with the guard', () => {
    afterEach(() => checkLedger(stage));

    it('32 at a cap of 20 with 6 places kept never oversell, and every group is whole', async () => {
      const performanceId = await onStage(stage, { cap });
      const { id: holdId } = await kept(stage, performanceId, { places: 6 });
      const { tickets, codes } = await rush(stage.env, performanceId, holdId);
      expect(codes).toEqual(new Set(['CAP_REACHED']));
      const counter = await counterOf(stage, performanceId);
      expect(counter?.used).toBe(tickets);
      expect(tickets + (counter?.held ?? 0)).toBeLessThanOrEqual(cap);
      expect(await findValidOf(stage.database.reader, performanceId)).toHaveLength(tickets);
    });

    it('one request sent 32 times is one group', async () => {
      const performanceId = await onStage(stage, { cap });
      const wish = groupWish(stage, performanceId, 4);
      const answers = await Promise.all(
        Array.from({ length: 32 }, () => redeemGroup(stage.env, stage.staff, wish)),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: 4, sequence: 5 });
    });

    it('groups with the same cards in another order do not wait in a circle: one of them comes in', async () => {
      const performanceId = await onStage(stage, { cap });
      const cards = Array.from({ length: 4 }, () => ({ presentation: token(stage) }));
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          redeemGroup(
            stage.env,
            stage.staff,
            groupWish(stage, performanceId, index % 2 === 0 ? cards : cards.toReversed()),
          ),
        ),
      );
      const refused = [0, 1, 2, 3].map((index) => [index, 'ALREADY_SEEN']);
      const others = answers.map(groupSaid).filter((answer) => answer !== 4);
      expect(others).toEqual(Array.from({ length: 15 }, () => refused));
      expect((await counterOf(stage, performanceId))?.used).toBe(4);
    });

    it('a hold gives each of its places once, whoever of its group comes first', async () => {
      const performanceId = await onStage(stage, { cap: 9 });
      const { id: holdId } = await kept(stage, performanceId, { places: 6 });
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => group(stage.env, performanceId, 3, holdId)),
      );
      const inside = answers.filter((answer) => answer.kind === 'redeemedGroup');
      expect(inside.map(({ fromHold }) => fromHold).sort((a, b) => a - b)).toEqual([0, 3, 3]);
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: 9, held: 0 });
    });

    it('a hold that ends while its group comes in is used or given back, never both', async () => {
      const performanceId = await onStage(stage, { cap: 100 });
      const end = stage.clock.now().getTime() + 3_600_000;
      const at = (moment: number): Environment => ({
        ...stage.env,
        clock: fixedClock(new Date(moment).toISOString()),
      });
      const [before, after] = [at(end - 1), at(end)];
      const holds = await Promise.all(
        Array.from({ length: 12 }, () => kept(stage, performanceId, { places: 3 })),
      );
      const answers = await Promise.all(
        holds.flatMap(({ id }, index) => [
          redeemGroup(before, stage.staff, {
            ...groupWish(stage, performanceId, 0),
            holdId: id,
            cards: [1, 2, 3].map(() => ({ presentation: token(stage, { livesMs: 7_200_000 }) })),
          }),
          index % 3 === 0 ? releaseHold(after, stage.staff, id) : expireHolds(after, createLogger('silent')),
        ]),
      );
      const groups = answers.filter((answer) => typeof answer === 'object' && answer.kind !== 'holdKept');
      expect(groups.map((answer) => groupSaid(answer as RedeemedGroup))).toEqual(holds.map(() => 3));
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: 36, held: 0 });
    });

    it('a performance cancelled while places are kept keeps none for anybody', async () => {
      const performanceId = await onStage(stage, { cap: 100 });
      const hold = (): Promise<unknown> =>
        holdPlaces(stage.env, stage.staff, holdWish(stage, performanceId, { places: 2 }));
      await Promise.all([
        ...Array.from({ length: 16 }, hold),
        hold().then(() => cancelPerformance(stage.env, stage.staff, performanceId)),
        ...Array.from({ length: 8 }, () => group(stage.env, performanceId, 2)),
      ]);
      expect(await openHoldsOf(stage.database.reader, performanceId)).toEqual([]);
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: 0, held: 0 });
    });

    it('places kept by 16 desks at once are no more than there are', async () => {
      const performanceId = await onStage(stage, { cap });
      const answers = await Promise.all(
        Array.from({ length: 16 }, () =>
          holdPlaces(stage.env, stage.staff, holdWish(stage, performanceId, { places: 3 })),
        ),
      );
      expect(answers.filter(({ kind }) => kind === 'holdKept')).toHaveLength(6);
      expect(await counterOf(stage, performanceId)).toMatchObject({ held: 18 });
    });
  });

  it('with the guard off the same rush oversells, and the ledger shows it', async () => {
    const performanceId = await onStage(stage, { cap });
    const { id: holdId } = await kept(stage, performanceId, { places: 6 });
    const { tickets } = await rush({ ...stage.env, ledger: withoutGuard }, performanceId, holdId);
    expect(tickets).toBe(16 * 3 + 16);
    const { faults } = await verifyLedger(stage.database);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['OVER_CAP']));
  });
});
