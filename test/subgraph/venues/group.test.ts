import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { onStage, token } from '../../store/venues/stage.ts';
import { engines } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const hold = `mutation ($input: HoldPlacesInput!) {
  holdPlaces(input: $input) {
    ... on HoldKept { hold { id kind label places remaining expiresAt } }
    ... on RedemptionRefusal { code facts { name value } }
  }
}`;
const release = `mutation ($input: ReleaseHoldInput!) {
  releaseHold(input: $input) { hold { id remaining closedAt } }
}`;
const comeIn = `mutation ($input: RedeemGroupInput!) {
  redeemGroup(input: $input) {
    ... on RedeemedGroup { fromHold redemptions { id tickets noShow performance { capCounter { used held remaining } } } }
    ... on RefusedGroup { refusal { code } cards { index refusal { code message { fi } trace { limit } } } }
  }
}`;
const cancelLimit = `mutation ($input: SetCancelLimitInput!) {
  setCancelLimit(input: $input) { cancelUntil cancelUntilMinutes }
}`;
const look = `query ($id: ID!) {
  performance(id: $id) { cancelUntil cancelUntilMinutes noShows holds { label remaining } capCounter { held remaining } }
}`;
const noShow = `mutation ($id: ID!) {
  markNoShow(redemptionId: $id) { ... on Redemption { noShow performance { noShows } } ... on RedemptionRefusal { code } }
}`;
const cameAfterAll = `mutation ($id: ID!) { unmarkNoShow(redemptionId: $id) { noShow } }`;
const ticket = `query ($id: ID!) { redemption(id: $id) { id noShow } }`;

interface Look {
  readonly performance: object;
}

describe.each(engines)('groups, limits of cancelling and no-shows in the graph on $name', (engine) => {
  const desk = useDesk(engine);
  const wish = (performanceId: string): object => ({
    performanceId,
    places: 3,
    expiresAt: '2026-11-22T15:00:00.000Z',
    label: 'Palvelutalo Koivu',
    requestId: newId(),
  });

  it('a hold is shown to its venue with its name, and to everybody as a number', async () => {
    const id = await onStage(desk.stage, { cap: 5 });
    const { data } = await desk.asked<{ hold: { id: string } }>(hold, wish(id));
    expect(data.hold).toMatchObject({ kind: 'GROUP', label: 'Palvelutalo Koivu', places: 3, remaining: 3 });
    const mine = await ask<Look>(desk.subgraph, look, { id }, desk.stage.staff);
    expect(mine.data.performance).toMatchObject({
      noShows: 0,
      holds: [{ label: 'Palvelutalo Koivu', remaining: 3 }],
      capCounter: { held: 3, remaining: 2 },
    });
    for (const viewer of [desk.stage.otherStaff, { role: 'NATIONAL' }, { role: 'ANONYMOUS' }] as const) {
      const others = await ask<Look>(desk.subgraph, look, { id }, viewer);
      expect(others.data.performance).toMatchObject({
        noShows: null,
        holds: null,
        capCounter: { held: 3, remaining: 2 },
      });
    }
    const full = await desk.asked<object>(hold, wish(id));
    expect(full.data).toMatchObject({ code: 'CAP_REACHED' });
    const given = await desk.asked<object>(release, { holdId: data.hold.id });
    expect(given.data).toMatchObject({ hold: { remaining: 0 } });
    const later = await ask<Look>(desk.subgraph, look, { id }, desk.stage.staff);
    expect(later.data.performance).toMatchObject({ holds: [], capCounter: { held: 0, remaining: 5 } });
  });

  it('a group comes in with the places that were kept for it, or is told which card was refused', async () => {
    const performanceId = await onStage(desk.stage, { cap: 5 });
    const kept = await desk.asked<{ hold: { id: string } }>(hold, wish(performanceId));
    const cards = [1, 2, 3, 4].map(() => ({ presentation: token(desk.stage) }));
    const broken = [...cards, { presentation: token(desk.stage, { venue: desk.stage.otherVenueId }) }];
    const input = { performanceId, holdId: kept.data.hold.id, requestId: newId() };
    const refused = await desk.asked<{ cards: object[] }>(comeIn, { ...input, cards: broken });
    expect(refused.data).toMatchObject({
      refusal: null,
      cards: [{ index: 4, refusal: { code: 'PRESENTATION_INVALID' } }],
    });
    const answer = await desk.asked<{ redemptions: object[] }>(comeIn, { ...input, cards });
    expect(answer.data).toMatchObject({ fromHold: 3 });
    expect(answer.data.redemptions).toHaveLength(4);
    expect(answer.data.redemptions[0]).toMatchObject({
      tickets: 1,
      noShow: false,
      performance: { capCounter: { used: 4, held: 0, remaining: 1 } },
    });
  });

  it('who did not come is seen by the venue, and not on the card', async () => {
    const performanceId = await onStage(desk.stage);
    const card = newId();
    const cards = [{ presentation: token(desk.stage, { card }) }];
    const input = { performanceId, requestId: newId(), cards };
    const { data } = await desk.asked<{ redemptions: { id: string }[] }>(comeIn, input);
    const id = data.redemptions[0]?.id ?? '';
    const marked = () => ask<{ markNoShow: object }>(desk.subgraph, noShow, { id }, desk.stage.staff);
    expect((await marked()).data.markNoShow).toEqual({ code: 'NOT_STARTED' });
    desk.stage.clock.advance(6 * 3_600_000);
    expect((await marked()).data.markNoShow).toEqual({ noShow: true, performance: { noShows: 1 } });
    const holder = await ask<object>(desk.subgraph, ticket, { id }, { role: 'HOLDER', cardId: card });
    expect(holder.data).toEqual({ redemption: { id, noShow: null } });
    const undone = await ask<object>(desk.subgraph, cameAfterAll, { id }, desk.stage.staff);
    expect(undone.data).toEqual({ unmarkNoShow: { noShow: false } });
  });

  it('until when holders cancel is for everybody to read and for the venue to say', async () => {
    const performanceId = await onStage(desk.stage);
    const limit = { cancelUntil: '2026-11-22T14:00:00.000Z', cancelUntilMinutes: 120 };
    const set = await desk.asked<object>(cancelLimit, { performanceId, cancelUntilMinutes: 120 });
    expect(set.data).toEqual(limit);
    const shown = await ask<Look>(desk.subgraph, look, { id: performanceId });
    expect(shown.data.performance).toMatchObject(limit);
    expect((await desk.asked<object>(cancelLimit, { performanceId })).code).toBe('BAD_INPUT');
    const other = await desk.asked<object>(
      cancelLimit,
      { performanceId, cancelUntilMinutes: null },
      desk.stage.otherStaff,
    );
    expect(other.code).toBe('FORBIDDEN');
  });
});
