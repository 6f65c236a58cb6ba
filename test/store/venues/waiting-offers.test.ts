import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { behalfOf } from '../../../subgraphs/cards/service/presentation.ts';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { cancelPerformance } from '../../../subgraphs/venues/service/cancel-performance.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { explain } from '../../../subgraphs/venues/service/explain.ts';
import { expireHolds } from '../../../subgraphs/venues/service/expire-holds.ts';
import { movePerformance } from '../../../subgraphs/venues/service/move-performance.ts';
import { redeem } from '../../../subgraphs/venues/service/redeem.ts';
import { setCap } from '../../../subgraphs/venues/service/set-cap.ts';
import { setSharedCap } from '../../../subgraphs/venues/service/shared-cap.ts';
import { leaveWaitingList } from '../../../subgraphs/venues/service/waiting-leave.ts';
import { offerEverywhere } from '../../../subgraphs/venues/service/waiting-sweeper.ts';
import { engines } from '../../support/databases.ts';
import { counterOf } from './group-stage.ts';
import { atDoor, checkLedger, family, holder, onStage, openStage, said, token, type Stage } from './stage.ts';
import { accepting, asCard, entryOf, filled, joining, published, statusOf, waits } from './waiting-stage.ts';

const logger = createLogger('silent');
const minute = 60_000;

describe.each(engines)('offers to those who wait on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const cancel = (redemptionId = ''): Promise<unknown> =>
    cancelRedemption(stage.env, stage.staff, { redemptionId, requestId: newId() });
  /** A full house of this cap; gives the performance and its tickets. */
  const full = async (cap = 3): Promise<{ id: string; tickets: string[] }> => {
    const id = await onStage(stage, { cap });
    return { id, tickets: await filled(stage, id, cap) };
  };

  it('an offer goes out in the transaction that frees the places, and holds them', async () => {
    const { id, tickets } = await full();
    const waiter = await waits(stage, id);
    await cancel(tickets[0]);
    expect(await entryOf(stage, waiter)).toMatchObject({
      status: 'OFFERED',
      offerExpiresAt: new Date(stage.clock.now().getTime() + 120 * minute).toISOString(),
    });
    expect(await counterOf(stage, id)).toMatchObject({ used: 2, held: 1 });
    expect(said(await atDoor(stage, id))).toBe('CAP_REACHED');
    expect(await published(stage, ['waiting.offered'])).toMatchObject([
      { entryId: waiter.id, cardId: waiter.card, performanceId: id, tickets: 1 },
    ]);
    expect(JSON.stringify(await published(stage, ['waiting.joined', 'hold.opened']))).not.toContain(
      waiter.card,
    );
  });

  it('"Why not?" says yes to the card that has the offer and no to all others, as the door does; no venue reads why', async () => {
    const { id, tickets } = await full();
    const waiter = await waits(stage, id);
    await cancel(tickets[0]);
    const room = async (viewer: Viewer, card: string): Promise<unknown> => {
      const { verdicts } = await explain(stage.env, viewer, {
        performanceId: id,
        presentation: token(stage, { card }),
      });
      const found = verdicts.find(({ limit }) => limit === 'CAP');
      return [found?.passes, found?.facts['own'] ?? null];
    };
    expect(await room(asCard(waiter.card), waiter.card)).toEqual([true, 1]);
    expect(await room(stage.staff, waiter.card)).toEqual([true, null]);
    const other = newId();
    expect(await room(asCard(other), other)).toEqual([false, null]);
    expect(said(await atDoor(stage, id, { card: other }))).toBe('CAP_REACHED');
    stage.clock.advance(120 * minute);
    expect(await room(asCard(waiter.card), waiter.card)).toEqual([false, null]);
    stage.clock.advance(-120 * minute);
    expect(said(await atDoor(stage, id, { card: waiter.card }))).toBe('VALID');
  });

  it('a full house of before is told as it was, also to the card that has an offer now', async () => {
    const { id, tickets } = await full();
    const card = newId();
    const wish = {
      presentation: token(stage, { card }),
      performanceId: id,
      lines: holder,
      requestId: newId(),
    };
    const first = await redeem(stage.env, stage.staff, wish);
    expect(said(first)).toBe('CAP_REACHED');
    await waits(stage, id, 1, card);
    await cancel(tickets[0]);
    expect(await redeem(stage.env, stage.staff, wish)).toEqual(first);
  });

  it('an offer comes of a raised cap too', async () => {
    const { id } = await full();
    const [first, second] = [await waits(stage, id, 2), await waits(stage, id)];
    await setCap(stage.env, stage.staff, { performanceId: id, cap: 6 });
    expect([await statusOf(stage, first), await statusOf(stage, second)]).toEqual(['OFFERED', 'OFFERED']);
    expect(await counterOf(stage, id)).toMatchObject({ used: 3, held: 3 });
  });

  it('an offer waits until the whole group fits, and lets a smaller one go before it', async () => {
    const { id, tickets } = await full();
    const [large, small] = [await waits(stage, id, 2), await waits(stage, id)];
    await cancel(tickets[0]);
    expect([await statusOf(stage, large), await statusOf(stage, small)]).toEqual(['WAITING', 'OFFERED']);
    expect(await entryOf(stage, large)).toMatchObject({ overtaken: 1 });
    await cancel(tickets[1]);
    expect(await statusOf(stage, large)).toBe('WAITING');
    await cancel(tickets[2]);
    expect(await statusOf(stage, large)).toBe('OFFERED');
    expect(await counterOf(stage, id)).toMatchObject({ used: 0, held: 3 });
  });

  it('an offer that is accepted is a redemption, once', async () => {
    const { id, tickets } = await full();
    const waiter = await waits(stage, id, 2);
    await cancel(tickets[0]);
    await cancel(tickets[1]);
    const requestId = newId();
    expect(await accepting(stage, waiter, requestId)).toBe('VALID');
    expect(await accepting(stage, waiter, requestId)).toBe('VALID');
    expect(await accepting(stage, waiter)).toBe('VALID');
    expect(await counterOf(stage, id)).toMatchObject({ used: 3, held: 0 });
    expect(await entryOf(stage, waiter)).toMatchObject({ status: 'ACCEPTED' });
    const told = await published(stage, ['redemption.recorded']);
    expect(told.filter(({ cardId }) => cardId === waiter.card)).toHaveLength(1);
  });

  it('an offer is used at the full door too, when the card itself comes; what it does not need goes to the next', async () => {
    const { id, tickets } = await full();
    const [first, second] = [await waits(stage, id, 2), await waits(stage, id)];
    await stage.database.write((trx) =>
      trx.updateTable('waiting_entry').set({ overtaken: 3 }).where('id', '=', first.id).execute(),
    );
    await cancel(tickets[0]);
    await cancel(tickets[1]);
    expect(said(await atDoor(stage, id))).toBe('CAP_REACHED');
    expect(said(await atDoor(stage, id, { card: first.card, lines: family(3) }))).toBe('CAP_REACHED');
    expect(said(await atDoor(stage, id, { card: first.card }))).toBe('VALID');
    expect([await statusOf(stage, first), await statusOf(stage, second)]).toEqual(['ACCEPTED', 'OFFERED']);
    expect(await counterOf(stage, id)).toMatchObject({ used: 2, held: 1 });
  });

  it('an offer is not told to a unit that books for its holder: the house is full to it', async () => {
    const { id, tickets } = await full();
    const { card } = await waits(stage, id);
    await cancel(tickets[0]);
    const unit = 'unit-that-gave-the-card';
    const presentation = token(stage, { card, behalf: (jti) => behalfOf(jti, unit) });
    const wish = { presentation, performanceId: id, lines: holder, requestId: newId() };
    expect(said(await redeem(stage.env, { role: 'ISSUER_STAFF', issuerId: unit }, wish))).toBe('CAP_REACHED');
  });

  it('accepting asks the limits again: who has seen the production meanwhile is refused, and may decline', async () => {
    const offering = { oncePerProduction: true };
    const id = await onStage(stage, { cap: 1 }, offering);
    const [ticket] = await filled(stage, id, 1);
    const waiter = await waits(stage, id);
    await cancel(ticket);
    await setCap(stage.env, stage.staff, { performanceId: id, cap: 2 });
    expect(said(await atDoor(stage, id, { card: waiter.card }))).toBe('VALID');
    expect(await accepting(stage, waiter)).toBe('ALREADY_SEEN');
    await leaveWaitingList(stage.env, asCard(waiter.card), waiter.id);
    expect(await counterOf(stage, id)).toMatchObject({ used: 1, held: 0 });
  });

  it('an offer that is declined goes to the next in line', async () => {
    const { id, tickets } = await full();
    const [first, second] = [await waits(stage, id), await waits(stage, id)];
    await cancel(tickets[0]);
    await leaveWaitingList(stage.env, asCard(first.card), first.id);
    expect([await statusOf(stage, first), await statusOf(stage, second)]).toEqual(['DECLINED', 'OFFERED']);
    expect(await accepting(stage, first)).toBe('OFFER_OVER');
  });

  it('an offer that nobody answers is over after two hours, is told, and goes to the next', async () => {
    const { id, tickets } = await full();
    const [first, second] = [await waits(stage, id), await waits(stage, id)];
    await cancel(tickets[0]);
    stage.clock.advance(120 * minute);
    expect(await accepting(stage, first)).toBe('OFFER_OVER');
    expect(await expireHolds(stage.env, logger)).toBe(1);
    expect([await statusOf(stage, first), await statusOf(stage, second)]).toEqual(['EXPIRED', 'OFFERED']);
    expect(await published(stage, ['waiting.expired'])).toMatchObject([
      { entryId: first.id, cardId: first.card, reason: 'NOT_ANSWERED' },
    ]);
    expect(await joining(stage, id, { card: first.card })).toBe('WAITING');
  });

  it('an offer passes over whoever got a ticket at the door', async () => {
    const { id, tickets } = await full();
    const [first, second] = [await waits(stage, id, 2), await waits(stage, id)];
    await stage.database.write((trx) =>
      trx.updateTable('waiting_entry').set({ overtaken: 3 }).where('id', '=', first.id).execute(),
    );
    await cancel(tickets[0]);
    expect(said(await atDoor(stage, id, { card: second.card }))).toBe('VALID');
    await cancel(tickets[1]);
    await cancel(tickets[2]);
    expect([await statusOf(stage, first), await statusOf(stage, second)]).toEqual(['OFFERED', 'LEFT']);
  });

  it('an offer of a performance that moved to an earlier time ends half an hour before its new start, and the line is told', async () => {
    const { id, tickets } = await full();
    const waiter = await waits(stage, id);
    const behind = await waits(stage, id);
    await cancel(tickets[0]);
    const now = stage.clock.now().getTime();
    const moved = {
      performanceId: id,
      startsAt: new Date(now + 100 * minute).toISOString(),
      endsAt: new Date(now + 200 * minute).toISOString(),
    };
    await movePerformance(stage.env, stage.staff, moved);
    expect(await entryOf(stage, waiter)).toMatchObject({
      status: 'OFFERED',
      offerExpiresAt: new Date(now + 70 * minute).toISOString(),
    });
    const told = await stage.database.reader
      .selectFrom('outbox')
      .select('payload')
      .where('topic', '=', 'waiting.moved')
      .orderBy('seq')
      .execute();
    expect(told.map(({ payload }) => JSON.parse(payload) as unknown)).toMatchObject(
      [waiter, behind].map((each) => ({
        entryId: each.id,
        cardId: each.card,
        to: { startsAt: moved.startsAt, endsAt: moved.endsAt },
      })),
    );
    stage.clock.advance(70 * minute);
    expect(await accepting(stage, waiter)).toBe('OFFER_OVER');
    expect(await expireHolds(stage.env, logger)).toBe(1);
    expect(await statusOf(stage, waiter)).toBe('EXPIRED');
  });

  it('offers and the line end with their performance, and everybody is told', async () => {
    const { id, tickets } = await full();
    const [first, second] = [await waits(stage, id), await waits(stage, id)];
    await cancel(tickets[0]);
    await cancelPerformance(stage.env, stage.staff, id);
    expect([await statusOf(stage, first), await statusOf(stage, second)]).toEqual(['CANCELLED', 'CANCELLED']);
    const told = await published(stage, ['waiting.expired']);
    expect(told.map(({ reason }) => reason)).toEqual(['PERFORMANCE_CANCELLED', 'PERFORMANCE_CANCELLED']);
    expect(await published(stage, ['waiting.offered'])).toHaveLength(1);
    expect(await counterOf(stage, id)).toMatchObject({ used: 0, held: 0 });
  });

  it('an offer under a shared cap comes with the next sweep, whichever performance had the cancel', async () => {
    const [mine, sibling] = [await onStage(stage, { cap: 5 }), await onStage(stage, { cap: 5 })];
    const input = { performanceIds: [mine, sibling], cap: 3 };
    await setSharedCap(stage.env, stage.staff, input);
    await filled(stage, mine, 2);
    const [ticket] = await filled(stage, sibling, 1);
    const waiter = await waits(stage, mine);
    expect(await offerEverywhere(stage.env, logger)).toBe(0);
    await cancel(ticket);
    expect(await statusOf(stage, waiter)).toBe('WAITING');
    expect(await offerEverywhere(stage.env, logger)).toBe(1);
    expect(await statusOf(stage, waiter)).toBe('OFFERED');
    expect(await accepting(stage, waiter)).toBe('VALID');
    expect(await counterOf(stage, mine)).toMatchObject({ used: 3, held: 0 });
  });

  it('a door may take free places that nobody was offered', async () => {
    const { id, tickets } = await full();
    await waits(stage, id, 3);
    await cancel(tickets[0]);
    const answer = await atDoor(stage, id, { presentation: token(stage) });
    expect(said(answer)).toBe('VALID');
  });
});
