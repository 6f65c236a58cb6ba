import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { cancelPerformance } from '../../../subgraphs/venues/service/cancel-performance.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { acceptOffer } from '../../../subgraphs/venues/service/waiting-accept.ts';
import { joinWaitingList } from '../../../subgraphs/venues/service/waiting-join.ts';
import { leaveWaitingList } from '../../../subgraphs/venues/service/waiting-leave.ts';
import { lineNow, ownEntries, placeOf } from '../../../subgraphs/venues/service/waiting-own.ts';
import { mergeCards } from '../../../subgraphs/venues/store/card-identity.ts';
import { lineSizes } from '../../../subgraphs/venues/store/waiting-views.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, family, holder, onStage, openStage, type Stage } from './stage.ts';
import { accepting, asCard, entryOf, filled, joining, waits } from './waiting-stage.ts';

const minute = 60_000;

describe.each(engines)('the waiting list on $name', (engine) => {
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

  describe('joining', () => {
    it('is for a full house: while there are places for the family it is told so', async () => {
      const id = await onStage(stage, { cap: 3 });
      await filled(stage, id, 1);
      expect(await joining(stage, id, { places: 2 })).toBe('PLACES_FREE');
      expect(await joining(stage, id, { places: 3 })).toBe('WAITING');
    });

    it('is refused to a family for which the house has not enough places at all', async () => {
      const { id } = await full(3);
      expect(await joining(stage, id, { places: 4 })).toBe('CAP_REACHED');
    });

    it('asks the same limits as the door: a card with a ticket has no need, a cancelled performance no line', async () => {
      const id = await onStage(stage, { cap: 1 });
      const card = newId();
      await atDoor(stage, id, { card });
      expect(await joining(stage, id, { card })).toBe('ALREADY_SEEN');
      await cancelPerformance(stage.env, stage.staff, id);
      expect(await joining(stage, id)).toBe('PERFORMANCE_CANCELLED');
    });

    it('wants the own ticket of the holder, and a sensible family', async () => {
      const { id } = await full(30);
      const join = (lines: Parameters<typeof joinWaitingList>[2]['lines']) =>
        joinWaitingList(stage.env, asCard(newId()), { performanceId: id, lines, requestId: newId() });
      expect(await join([{ type: 'CHILD', count: 1 }])).toMatchObject({ code: 'LINE_NOT_ALLOWED' });
      expect(await join(family(11))).toMatchObject({ code: 'LINE_NOT_ALLOWED' });
    });

    it('is one entry per card, also when it is asked twice or under another requestId', async () => {
      const { id } = await full();
      const [card, requestId] = [newId(), newId()];
      expect(await joining(stage, id, { card, requestId })).toBe('WAITING');
      expect(await joining(stage, id, { card, requestId })).toBe('WAITING');
      expect(await joining(stage, id, { card })).toBe('ALREADY_WAITING');
      await expect(joining(stage, id, { card, requestId, places: 2 })).rejects.toMatchObject({
        code: 'REQUEST_ID_REUSED',
      });
      expect(lineNow(await lineSizes(stage.database.reader, [id]))).toMatchObject({ waiting: 1 });
    });

    it('closes three quarters of an hour before the start', async () => {
      const { id } = await full();
      stage.clock.advance(5 * 60 * minute + 15 * minute);
      expect(await joining(stage, id)).toBe('WAITING');
      stage.clock.advance(1);
      expect(await joining(stage, id)).toBe('WAITING_CLOSED');
    });

    it('is for holders alone', async () => {
      const { id } = await full();
      const wish = { performanceId: id, lines: holder, requestId: newId() };
      for (const viewer of [stage.staff, { role: 'NATIONAL' }, { role: 'ANONYMOUS' }] as const) {
        await expect(joinWaitingList(stage.env, viewer, wish)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
    });
  });

  describe('the line', () => {
    it('tells everybody the own place, and the venue only numbers', async () => {
      const { id } = await full();
      const waiters = [await waits(stage, id, 2), await waits(stage, id), await waits(stage, id, 2)];
      const places = [];
      for (const waiter of waiters) places.push(await placeOf(stage.env, await entryOf(stage, waiter)));
      expect(places).toEqual([1, 2, 3].map((place) => ({ place, of: 3 })));
      expect(lineNow(await lineSizes(stage.database.reader, [id]))).toEqual({
        waiting: 3,
        offered: 0,
        sizes: [
          { places: 1, entries: 1 },
          { places: 2, entries: 2 },
        ],
      });
    });

    it('is left at will, which moves the others on; leaving again changes nothing', async () => {
      const { id } = await full();
      const [first, second] = [await waits(stage, id), await waits(stage, id)];
      const leave = () => leaveWaitingList(stage.env, asCard(first.card), first.id);
      expect(await leave()).toMatchObject({ entry: { status: 'LEFT' } });
      expect(await leave()).toMatchObject({ entry: { status: 'LEFT' } });
      expect(await placeOf(stage.env, await entryOf(stage, second))).toEqual({ place: 1, of: 1 });
      expect(await joining(stage, id, { card: first.card })).toBe('WAITING');
    });

    it('shows nobody the entry of another card', async () => {
      const { id } = await full();
      const { id: entryId } = await waits(stage, id);
      const other = asCard(newId());
      await expect(leaveWaitingList(stage.env, other, entryId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(acceptOffer(stage.env, other, { entryId, requestId: newId() })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(leaveWaitingList(stage.env, stage.staff, entryId)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      expect(await ownEntries(stage.env, other)).toEqual([]);
    });

    it('knows a holder again whose registration was merged into another', async () => {
      const { id, tickets } = await full();
      const waiter = await waits(stage, id);
      const card = newId();
      await stage.database.write((trx) => mergeCards(trx, waiter.card, card));
      expect(await ownEntries(stage.env, asCard(card))).toMatchObject([{ id: waiter.id }]);
      expect(await joining(stage, id, { card })).toBe('ALREADY_WAITING');
      expect(await ownEntries(stage.env, asCard(waiter.card))).toMatchObject([{ id: waiter.id }]);
      await cancel(tickets[0]);
      expect(await accepting(stage, { ...waiter, card })).toBe('VALID');
    });
  });
});
