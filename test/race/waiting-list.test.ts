import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { cancelRedemption } from '../../subgraphs/venues/service/cancel-redemption.ts';
import type { Environment } from '../../subgraphs/venues/service/environment.ts';
import { expireHolds } from '../../subgraphs/venues/service/expire-holds.ts';
import { redeem } from '../../subgraphs/venues/service/redeem.ts';
import { setSharedCap } from '../../subgraphs/venues/service/shared-cap.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { leaveWaitingList } from '../../subgraphs/venues/service/waiting-leave.ts';
import { offerEverywhere } from '../../subgraphs/venues/service/waiting-sweeper.ts';
import { openHoldsOf } from '../../subgraphs/venues/store/holds.ts';
import { findValidOf } from '../../subgraphs/venues/store/redemptions.ts';
import { counterOf } from '../store/venues/group-stage.ts';
import { checkLedger, holder, onStage, openStage, said, token, type Stage } from '../store/venues/stage.ts';
import {
  accepting,
  asCard,
  entryOf,
  filled,
  joining,
  statusOf,
  waits,
  type Waiter,
} from '../store/venues/waiting-stage.ts';
import { engines } from '../support/databases.ts';
import { withoutGuard } from './support/unguarded.ts';

const cap = 20;
const logger = createLogger('silent');

describe.each(engines)('the waiting list under a rush on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  const cancel = (redemptionId: string, env: Environment = stage.env): Promise<unknown> =>
    cancelRedemption(env, stage.staff, { redemptionId, requestId: newId() });
  const atDoor = async (env: Environment, performanceId: string, card = newId()): Promise<string> =>
    said(
      await redeem(env, stage.staff, {
        presentation: token(stage, { card }),
        performanceId,
        lines: holder,
        requestId: newId(),
      }),
    );

  /** A full house with six who have an offer and eight who wait; then 32 act at once. */
  const rush = async (env: Environment): Promise<{ performanceId: string; waiters: Waiter[] }> => {
    const performanceId = await onStage(stage, { cap });
    const tickets = await filled(stage, performanceId, cap);
    const waiters: Waiter[] = [];
    for (let each = 0; each < 14; each++) waiters.push(await waits(stage, performanceId, 1 + (each % 2)));
    for (const ticket of tickets.slice(0, 8)) await cancel(ticket);
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, index) => {
        const waiter = waiters[Math.floor(index / 4)];
        const ticket = tickets[8 + Math.floor(index / 4)];
        if (index % 4 === 0 && ticket !== undefined) return cancel(ticket, env).then(() => 'CANCELLED');
        if (index % 4 === 1 && waiter) return accepting({ env }, waiter);
        return index % 4 === 2 ? atDoor(env, performanceId) : joining(stage, performanceId, { env });
      }),
    );
    const known = ['CANCELLED', 'VALID', 'WAITING', 'OFFERED', 'CAP_REACHED', 'PLACES_FREE', 'OFFER_OVER'];
    expect(answers.filter((answer) => !known.includes(answer))).toEqual([]);
    return { performanceId, waiters };
  };

  describe('with the guard', () => {
    afterEach(() => checkLedger(stage));

    it('32 who cancel, accept, come and join at once never oversell, and every offer has its places', async () => {
      const { performanceId, waiters } = await rush(stage.env);
      const counter = await counterOf(stage, performanceId);
      expect((counter?.used ?? 0) + (counter?.held ?? 0)).toBeLessThanOrEqual(cap);
      const valid = await findValidOf(stage.database.reader, performanceId);
      expect(counter?.used).toBe(valid.reduce((sum, { counted }) => sum + counted, 0));
      const entries = await Promise.all(waiters.map((waiter) => entryOf(stage, waiter)));
      for (const { status, redemptionId, places } of entries.filter((each) => each.status === 'ACCEPTED')) {
        expect([status, valid.find(({ id }) => id === redemptionId)?.counted]).toEqual([status, places]);
      }
      const holds = await openHoldsOf(stage.database.reader, performanceId, 'WAITING_OFFER');
      const offers = await stage.database.reader
        .selectFrom('waiting_entry')
        .selectAll()
        .where('performance_id', '=', performanceId)
        .where('status', '=', 'OFFERED')
        .execute();
      expect(new Map(holds.map(({ id, remaining }) => [id, remaining]))).toEqual(
        new Map(offers.map(({ hold_id, places }) => [hold_id, places])),
      );
      expect(counter?.held).toBe(holds.reduce((sum, { remaining }) => sum + remaining, 0));
    });

    it('one card that joins 16 times at once is in line once', async () => {
      const performanceId = await onStage(stage, { cap: 1 });
      await filled(stage, performanceId, 1);
      const card = newId();
      const answers = await Promise.all(
        Array.from({ length: 16 }, () => joining(stage, performanceId, { card })),
      );
      expect(answers.toSorted()).toEqual([...Array.from({ length: 15 }, () => 'ALREADY_WAITING'), 'WAITING']);
    });

    it('a holder who accepts on the phone and stands at the door at once has one ticket', async () => {
      const performanceId = await onStage(stage, { cap });
      const tickets = await filled(stage, performanceId, cap);
      const waiters: Waiter[] = [];
      for (let each = 0; each < 8; each++) waiters.push(await waits(stage, performanceId));
      for (const ticket of tickets.slice(0, 8)) await cancel(ticket);
      const answers = await Promise.all(
        waiters.flatMap((waiter) => [
          accepting(stage, waiter),
          atDoor(stage.env, performanceId, waiter.card),
          accepting(stage, waiter),
          atDoor(stage.env, performanceId, waiter.card),
        ]),
      );
      const known = ['VALID', 'ALREADY_SEEN'];
      expect(answers.filter((answer) => !known.includes(answer))).toEqual([]);
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: cap, held: 0 });
      expect(await findValidOf(stage.database.reader, performanceId)).toHaveLength(cap);
    });

    it('an offer that ends while it is accepted or declined is used or given back, never both', async () => {
      const performanceId = await onStage(stage, { cap });
      const tickets = await filled(stage, performanceId, cap);
      const waiters: Waiter[] = [];
      for (let each = 0; each < 12; each++) waiters.push(await waits(stage, performanceId));
      for (const ticket of tickets.slice(0, 12)) await cancel(ticket);
      const end = stage.clock.now().getTime() + 120 * 60_000;
      const at = (moment: number): Environment => ({
        ...stage.env,
        clock: fixedClock(new Date(moment).toISOString()),
      });
      await Promise.all(
        waiters.flatMap((waiter, index) => [
          accepting({ env: at(end - 1) }, waiter),
          index % 2 === 0
            ? expireHolds(at(end), logger)
            : leaveWaitingList(at(end - 1), asCard(waiter.card), waiter.id),
        ]),
      );
      const ends = await Promise.all(waiters.map((waiter) => statusOf(stage, waiter)));
      expect(ends.filter((status) => !['ACCEPTED', 'EXPIRED', 'DECLINED'].includes(status))).toEqual([]);
      const accepted = ends.filter((status) => status === 'ACCEPTED').length;
      expect(await counterOf(stage, performanceId)).toMatchObject({ used: cap - 12 + accepted, held: 0 });
    });

    it('sweeps, cancels and doors under a shared cap neither wait in a circle nor oversell', async () => {
      const both = [await onStage(stage, { cap }), await onStage(stage, { cap })];
      const [mine = '', sibling = ''] = both;
      await setSharedCap(stage.env, stage.staff, { performanceIds: both, cap });
      const tickets = [...(await filled(stage, mine, 10)), ...(await filled(stage, sibling, 10))];
      for (let each = 0; each < 8; each++) await waits(stage, each % 2 === 0 ? mine : sibling);
      await Promise.all(
        Array.from({ length: 32 }, (_, index) => {
          const ticket = tickets[index % 20];
          if (index % 4 === 0 && ticket !== undefined) return cancel(ticket);
          if (index % 4 === 1) return offerEverywhere(stage.env, logger);
          return atDoor(stage.env, index % 2 === 0 ? mine : sibling);
        }),
      );
      await offerEverywhere(stage.env, logger);
      const counters = await Promise.all(both.map((id) => counterOf(stage, id)));
      const taken = counters.reduce((sum, each) => sum + (each?.used ?? 0) + (each?.held ?? 0), 0);
      expect(taken).toBe(cap);
    });
  });

  it('with the guard off the same rush oversells, and the ledger shows it', async () => {
    await rush({ ...stage.env, ledger: withoutGuard });
    const { faults } = await verifyLedger(stage.database);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['OVER_CAP']));
  });
});
