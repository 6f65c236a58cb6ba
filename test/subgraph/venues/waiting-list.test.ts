import { describe, expect, it, vi } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { setSharedCap } from '../../../subgraphs/venues/service/shared-cap.ts';
import { onStage } from '../../store/venues/stage.ts';
import { asCard, filled } from '../../store/venues/waiting-stage.ts';
import { engines } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const join = `mutation ($input: JoinWaitingListInput!) {
  joinWaitingList(input: $input) {
    ... on InLine { entry { id status places inLine { place of } offerExpiresAt performance { id } } }
    ... on RedemptionRefusal { code message { fi sv en } facts { name value } }
  }
}`;
const accept = `mutation ($input: AcceptOfferInput!) {
  acceptOffer(input: $input) { ... on Redemption { id status tickets } ... on RedemptionRefusal { code message { fi } } }
}`;
const leave = `mutation ($input: LeaveWaitingListInput!) {
  leaveWaitingList(input: $input) { entry { status inLine { place } } }
}`;
const mine = '{ waitingEntries { id status inLine { place of } redemption { id } } }';
const look = `query ($id: ID!) {
  performance(id: $id) { waitingLine { waiting offered sizes { places entries } } capCounter { used held } }
}`;

interface Entry {
  readonly entry: { readonly id: string };
}
interface Mine {
  readonly waitingEntries: readonly { readonly status: string }[];
}

describe.each(engines)('the waiting list in the graph on $name', (engine) => {
  const desk = useDesk(engine);
  const wish = (performanceId: string, children = 0): object => ({
    performanceId,
    requestId: newId(),
    lines: [
      { type: 'HOLDER', count: 1 },
      { type: 'CHILD', count: children },
    ],
  });
  const cancel = (redemptionId = ''): Promise<unknown> =>
    cancelRedemption(desk.stage.env, desk.stage.staff, { redemptionId, requestId: newId() });

  it('a holder joins, sees the own place, is offered places and accepts them', async () => {
    const id = await onStage(desk.stage, { cap: 2 });
    const tickets = await filled(desk.stage, id, 2);
    const viewer = asCard(newId());
    await desk.asked(join, wish(id), asCard(newId()));
    const { data } = await desk.asked<Entry>(join, wish(id), viewer);
    expect(data.entry).toMatchObject({ status: 'WAITING', places: 1, inLine: { place: 2, of: 2 } });
    for (const ticket of tickets) await cancel(ticket);
    const offered = await ask<Mine>(desk.subgraph, mine, {}, viewer);
    expect(offered.data.waitingEntries).toMatchObject([{ status: 'OFFERED', inLine: null }]);
    const input = { entryId: data.entry.id, requestId: newId() };
    const accepted = await desk.asked<{ id: string }>(accept, input, viewer);
    expect(accepted.data).toMatchObject({ status: 'VALID', tickets: 1 });
    const after = await ask<Mine>(desk.subgraph, mine, {}, viewer);
    expect(after.data.waitingEntries).toMatchObject([
      { status: 'ACCEPTED', redemption: { id: accepted.data.id } },
    ]);
  });

  it('refusals come in three languages with their facts', async () => {
    const id = await onStage(desk.stage, { cap: 2 });
    const viewer = asCard(newId());
    const free = await desk.asked<{ message: object }>(join, wish(id), viewer);
    expect(free.data).toMatchObject({
      code: 'PLACES_FREE',
      facts: expect.arrayContaining([{ name: 'remaining', value: '2' }]) as unknown,
    });
    expect(Object.values(free.data.message).every((text) => typeof text === 'string')).toBe(true);
    await filled(desk.stage, id, 2);
    const { data } = await desk.asked<Entry>(join, wish(id), viewer);
    expect((await desk.asked(join, wish(id), viewer)).data).toMatchObject({ code: 'ALREADY_WAITING' });
    const input = { entryId: data.entry.id, requestId: newId() };
    expect((await desk.asked(accept, input, viewer)).data).toMatchObject({ code: 'OFFER_OVER' });
    const left = await desk.asked(leave, { entryId: data.entry.id }, viewer);
    expect(left.data).toMatchObject({ entry: { status: 'LEFT', inLine: null } });
  });

  it('the venue sees numbers, others nothing, and nobody but holders joins', async () => {
    const id = await onStage(desk.stage, { cap: 2 });
    await filled(desk.stage, id, 2);
    const card = newId();
    await desk.asked(join, wish(id, 1), asCard(card));
    const seen = await ask<object>(desk.subgraph, look, { id }, desk.stage.staff);
    expect(seen.data).toEqual({
      performance: {
        waitingLine: { waiting: 1, offered: 0, sizes: [{ places: 2, entries: 1 }] },
        capCounter: { used: 2, held: 0 },
      },
    });
    for (const viewer of [desk.stage.otherStaff, asCard(card), { role: 'NATIONAL' }] as const) {
      const { data } = await ask<object>(desk.subgraph, look, { id }, viewer);
      expect(data).toMatchObject({ performance: { waitingLine: null } });
    }
    expect((await desk.asked(join, wish(id))).code).toBe('FORBIDDEN');
    expect((await ask(desk.subgraph, mine, {}, desk.stage.staff)).codes).toEqual(['FORBIDDEN']);
    expect((await desk.asked(join, wish('unknown'), asCard(card))).code).toBe('NOT_FOUND');
    expect((await desk.asked(leave, { entryId: 'unknown' }, asCard(card))).code).toBe('NOT_FOUND');
  });

  it('places of a shared cap reach the line by themselves', async () => {
    const both = [await onStage(desk.stage, { cap: 2 }), await onStage(desk.stage, { cap: 2 })];
    const [id = '', sibling = ''] = both;
    await setSharedCap(desk.stage.env, desk.stage.staff, { performanceIds: both, cap: 1 });
    const [ticket] = await filled(desk.stage, sibling, 1);
    const viewer = asCard(newId());
    await desk.asked(join, wish(id), viewer);
    desk.subgraph.start();
    await cancel(ticket);
    await vi.waitFor(
      async () => {
        const { data } = await ask<Mine>(desk.subgraph, mine, {}, viewer);
        expect(data.waitingEntries).toMatchObject([{ status: 'OFFERED' }]);
      },
      { timeout: 10_000, interval: 50 },
    );
  });
});
