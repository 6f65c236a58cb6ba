import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../gateway/product.ts';
import { demoCards, unknownDemoCode, type DemoPurpose } from '../../subgraphs/cards/demo/demo-cards.ts';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { newId, stableId } from '../../subgraphs/platform/ids.ts';
import { httpClient, type Ask } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { counterOf, door, oneHolder } from '../support/door.ts';
import { orchestra, startTestProduct } from '../support/product.ts';

const codeOf = (purpose: DemoPurpose): string => demoCards.find((card) => card.purpose === purpose)!.code;

describe.each(engines)('the door, through the gateway on $name', ({ location }) => {
  // Sunday evening in Helsinki.
  const clock = fixedClock('2026-11-22T17:30:00.000Z');
  let product: Product;
  const at = (venueId: string): { ask: Ask } & ReturnType<typeof door> => {
    const ask = httpClient(product.gateway.url, { role: 'VENUE_STAFF', venueId });
    return { ask, ...door(ask, venueId) };
  };
  const performances = async (
    venueId: string,
    from: string,
  ): Promise<{ id: string; endsAt: string; kind: string }[]> => {
    const { data } = await at(venueId).ask<{
      performances: { nodes: { id: string; endsAt: string; offering: { kind: string } }[] };
    }>(
      'query ($venueId: ID!, $from: DateTime!) { performances(venueId: $venueId, from: $from, first: 20) { nodes { id endsAt offering { kind } } } }',
      { venueId, from },
    );
    return data!.performances.nodes.map(({ id, endsAt, offering }) => ({ id, endsAt, kind: offering.kind }));
  };
  const onNow = async (): Promise<string> =>
    (await performances(orchestra.id, clock.now().toISOString()))[0]!.id;

  beforeAll(async () => {
    product = await startTestProduct(await location(), clock);
  });
  afterAll(() => product.close());

  it('a card issued in Tampere is accepted in Kuopio', async () => {
    const { token, redeem } = at(orchestra.id);
    const answer = await redeem(await token(codeOf('ISSUED_IN_TAMPERE')), await onNow());
    expect(answer.data?.redeem).toMatchObject({ __typename: 'Redemption', tickets: 1 });
  });

  it('a holder comes with two children, cancels, and the three places are free again at once', async () => {
    const { ask, present, redeem, cancel } = at(orchestra.id);
    const performanceId = await onNow();
    const before = await counterOf(ask, performanceId);
    const presented = (await present(codeOf('VALID_WITH_TWO_CHILDREN'))).data?.presentCard;
    if (presented?.__typename !== 'Presentation') throw new Error('not presented');
    expect(presented.childrenAllowed).toBe(2);
    const answer = await redeem(presented.token, performanceId, [
      { type: 'HOLDER', count: 1 },
      { type: 'CHILD', count: 2 },
      { type: 'ASSISTANT', count: 1 },
    ]);
    const redemption = answer.data?.redeem;
    if (redemption?.__typename !== 'Redemption') throw new Error('not redeemed');
    expect(redemption.tickets).toBe(4);
    expect(await counterOf(ask, performanceId)).toMatchObject({ used: before.used + 3 });
    expect((await cancel(redemption.id)).data?.cancelRedemption).toMatchObject({ status: 'CANCELLED' });
    expect(await counterOf(ask, performanceId)).toMatchObject({ used: before.used });

    await product.subgraphs.find(({ name }) => name === 'messaging')!.caughtUp();
    const threads = await ask<{
      threads: { nodes: { redemption: { id: string }; messages: { body: object }[] }[] };
    }>('{ threads { nodes { redemption { id } messages { body { fi sv en } } } } }');
    const mine = threads.data?.threads.nodes.filter((thread) => thread.redemption.id === redemption.id);
    expect(mine).toHaveLength(1);
    expect(mine?.[0]?.messages).toHaveLength(1);
  });

  it.each<[string, string]>([
    [codeOf('EXPIRED'), 'CARD_EXPIRED'],
    [codeOf('SUSPENDED'), 'CARD_SUSPENDED'],
    [unknownDemoCode, 'CARD_UNKNOWN'],
    ['DEM0-0000-001B', 'CARD_CODE_MISTYPED'],
  ])('the card %s is refused with %s', async (code, refusal) => {
    expect((await at(orchestra.id).present(code)).data?.presentCard).toMatchObject({ code: refusal });
  });

  it('a tampered token, a token of another venue and an expired token are refused', async () => {
    const here = at(orchestra.id);
    const performanceId = await onNow();
    const token = await here.token(codeOf('VALID_WITHOUT_CHILDREN'));
    const [payload = '', signature = ''] = token.split('.');
    const more = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { lines: object };
    const forged = Buffer.from(JSON.stringify({ ...more, lines: { HOLDER: 1, CHILD: 9 } })).toString(
      'base64url',
    );
    const elsewhere = await at(stableId('venue', 'Vapriikki')).token(codeOf('VALID_WITHOUT_CHILDREN'));
    for (const bad of [`${forged}.${signature}`, elsewhere, '', 'x', `${payload}.`, 'a'.repeat(5_000)]) {
      const answer = await here.redeem(bad, performanceId);
      expect(answer.data?.redeem ?? answer.errors?.[0]?.extensions).toMatchObject({
        code: expect.stringMatching(/^(PRESENTATION_INVALID|BAD_INPUT)$/) as string,
      });
    }
    clock.advance(11 * 60_000);
    expect((await here.redeem(token, performanceId)).data?.redeem).toMatchObject({
      code: 'PRESENTATION_EXPIRED',
    });
  });

  it('a performance that is over is refused with OUTSIDE_WINDOW, and so is one that may be redeemed on its day only', async () => {
    const museum = stableId('venue', 'Vapriikki');
    const over = (await performances(museum, '2026-11-21T22:00:00.000Z')).find(
      ({ endsAt }) => endsAt < clock.now().toISOString(),
    );
    const past = at(museum);
    expect(
      (await past.redeem(await past.token(codeOf('VALID_WITHOUT_CHILDREN')), over!.id)).data?.redeem,
    ).toMatchObject({
      code: 'OUTSIDE_WINDOW',
    });
    const theatre = stableId('venue', 'Kuopion kaupunginteatteri');
    const tomorrow = (await performances(theatre, '2026-11-24T10:00:00.000Z'))[0]!;
    const early = at(theatre);
    const token = await early.token(codeOf('VALID_WITHOUT_CHILDREN'));
    const refusal = await early.ask<{ redeem: { code: string; rule: { key: string; source: string } } }>(
      'mutation ($input: RedeemInput!) { redeem(input: $input) { ... on RedemptionRefusal { code rule { key source } } } }',
      { input: { presentation: token, performanceId: tomorrow.id, lines: oneHolder, requestId: newId() } },
    );
    expect(refusal.data?.redeem).toMatchObject({ code: 'OUTSIDE_WINDOW', rule: { key: 'redeem.window' } });
  });

  it('a child at a course and a third child are refused with LINE_NOT_ALLOWED', async () => {
    const institute = stableId('venue', 'Kuopion kansalaisopisto');
    const course = (await performances(institute, clock.now().toISOString())).find(
      ({ kind }) => kind === 'COURSE',
    )!;
    const school = at(institute);
    const holderAndChild = [{ type: 'HOLDER', count: 1 } as const, { type: 'CHILD', count: 1 } as const];
    const child = await school.redeem(
      await school.token(codeOf('VALID_WITH_TWO_CHILDREN')),
      course.id,
      holderAndChild,
    );
    expect(child.data?.redeem).toMatchObject({ code: 'LINE_NOT_ALLOWED' });
    const concert = at(orchestra.id);
    const third = await concert.redeem(
      await concert.token(codeOf('VALID_WITH_TWO_CHILDREN')),
      await onNow(),
      [
        { type: 'HOLDER', count: 1 },
        { type: 'CHILD', count: 3 },
      ],
    );
    expect(third.data?.redeem).toMatchObject({ code: 'LINE_NOT_ALLOWED' });
  });

  it('a cancelled performance is refused with PERFORMANCE_CANCELLED', async () => {
    const here = at(orchestra.id);
    const later = (await performances(orchestra.id, '2026-12-01T10:00:00.000Z'))[0]!;
    await here.ask('mutation ($id: ID!) { cancelPerformance(input: { performanceId: $id }) { status } }', {
      id: later.id,
    });
    const answer = await here.redeem(await here.token(codeOf('VALID_WITHOUT_CHILDREN')), later.id);
    expect(answer.data?.redeem).toMatchObject({ code: 'PERFORMANCE_CANCELLED' });
  });

  it.each([
    [{ lines: [{ type: 'HOLDER', count: -1 }] }, 'BAD_INPUT'],
    [{ lines: [{ type: 'HOLDER', count: 0 }] }, 'BAD_INPUT'],
    [{ lines: [{ type: 'CHILD', count: 1_000_000 }] }, 'BAD_INPUT'],
    [{ lines: [] }, 'BAD_INPUT'],
    [{ lines: [{ type: 'HOLDER', count: 1.5 }] }, 'BAD_USER_INPUT'],
    [{ lines: [{ type: 'HOLDER', count: 2 ** 40 }] }, 'BAD_USER_INPUT'],
    [{ lines: [{ type: 'DRAGON', count: 1 }] }, 'BAD_USER_INPUT'],
    [{ performanceId: 'nowhere' }, 'NOT_FOUND'],
    [{ performanceId: '\0' }, 'BAD_INPUT'],
    [{ requestId: 'short' }, 'BAD_INPUT'],
    [{ requestId: 'x'.repeat(10_000) }, 'BAD_INPUT'],
    [{ presentation: null }, 'BAD_USER_INPUT'],
  ])('input %j is an error with code %s and nothing is taken', async (wrong, code) => {
    const { ask, token } = at(orchestra.id);
    const performanceId = await onNow();
    const before = await counterOf(ask, performanceId);
    const presentation = await token(codeOf('VALID_WITHOUT_CHILDREN'));
    const input = { presentation, performanceId, lines: oneHolder, requestId: newId(), ...wrong };
    const answer = await ask('mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }', {
      input,
    });
    expect(answer.errors?.[0]?.extensions.code).toBe(code);
    expect(JSON.stringify(answer)).not.toMatch(/stack|\.ts|node_modules|sqlite|select /i);
    expect(await counterOf(ask, performanceId)).toEqual(before);
  });

  it('nobody but the staff of the venue presents or redeems there', async () => {
    const performanceId = await onNow();
    const presentation = await at(orchestra.id).token(codeOf('VALID_WITHOUT_CHILDREN'));
    for (const viewer of [
      undefined,
      { role: 'NATIONAL' } as const,
      { role: 'DISPLAY', venueId: orchestra.id } as const,
      { role: 'VENUE_STAFF', venueId: stableId('venue', 'Vapriikki') } as const,
    ]) {
      const stranger = door(httpClient(product.gateway.url, viewer), orchestra.id);
      expect((await stranger.present(codeOf('VALID_WITHOUT_CHILDREN'))).errors?.[0]?.extensions.code).toBe(
        'FORBIDDEN',
      );
      expect((await stranger.redeem(presentation, performanceId)).errors?.[0]?.extensions.code).toBe(
        'FORBIDDEN',
      );
    }
  });
});
