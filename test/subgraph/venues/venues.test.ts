import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import type { Subgraph, SubgraphOptions } from '../../../subgraphs/platform/subgraph.ts';
import { engines } from '../../support/databases.ts';
import {
  onStage,
  openStage,
  signingKey,
  token,
  type Stage,
  type SigningKey,
} from '../../store/venues/stage.ts';
import { ask, publishAs } from './graph.ts';

interface Node {
  readonly id: string;
}

const redeemMutation = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
  ... on Redemption { id tickets status lines { type count } performance { id capCounter { used remaining sequence } } }
  ... on RedemptionRefusal { code message { pick(language: EN) { value } } facts { name value } rule { key since source } } } }`;
const containing = (text: string): unknown => expect.stringContaining(text);

describe.each(engines)('the venues subgraph on $name', (engine) => {
  let stage: Stage;
  let subgraph: Subgraph;
  beforeEach(async () => {
    stage = await openStage(engine);
    subgraph = await openVenues(stage.options);
  });
  afterEach(async () => {
    await subgraph.close();
  });

  const redeem = async (performanceId: string, changes: object = {}): Promise<{ id?: string }> => {
    const input = {
      presentation: token(stage),
      performanceId,
      lines: [{ type: 'HOLDER', count: 1 }],
      requestId: newId(),
      ...changes,
    };
    type Answer = { redeem?: { id?: string } };
    const { data, codes } = await ask<Answer>(subgraph, redeemMutation, { input }, stage.staff);
    return data.redeem ?? ({ codes } as object);
  };

  it('a redemption and a refusal are both answers, with the counter and the reason', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    expect(await redeem(performanceId)).toMatchObject({
      __typename: 'Redemption',
      tickets: 1,
      lines: [{ type: 'HOLDER', count: 1 }],
      performance: { capCounter: { used: 1, remaining: 0, sequence: 2 } },
    });
    expect(await redeem(performanceId)).toMatchObject({
      __typename: 'RedemptionRefusal',
      code: 'CAP_REACHED',
      message: { pick: { value: 'Free places left: 0. Wanted: 1.' } },
      facts: [
        { name: 'cap', value: '1' },
        { name: 'used', value: '1' },
        { name: 'held', value: '0' },
        { name: 'remaining', value: '0' },
        { name: 'wanted', value: '1' },
      ],
    });
  });

  it.each([
    ['an unknown performance', { performanceId: 'no such thing' }, 'NOT_FOUND'],
    ['a negative count', { lines: [{ type: 'HOLDER', count: -1 }] }, 'BAD_INPUT'],
    ['a huge count', { lines: [{ type: 'CHILD', count: 2_000_000_000 }] }, 'BAD_INPUT'],
    ['no line', { lines: [] }, 'BAD_INPUT'],
    ['a short requestId', { requestId: 'x' }, 'BAD_INPUT'],
  ])('%s is an error with a code', async (_, change, code) => {
    expect(await redeem(await onStage(stage), change)).toEqual({ codes: [code] });
  });

  it('what is not published is seen by its venue, in lists, by id and by reference', async () => {
    const hidden = await onStage(stage, {}, { published: false });
    const source = `query ($id: ID!, $reps: [_Any!]!) { performance(id: $id) { id } performances { totalCount } offerings { totalCount }
      _entities(representations: $reps) { __typename } }`;
    const variables = { id: hidden, reps: [{ __typename: 'Performance', id: hidden }] };
    type Seen = {
      performance: Node | null;
      performances: { totalCount: number };
      offerings: { totalCount: number };
      _entities: (Node | null)[];
    };
    const seenBy = async (viewer?: Viewer): Promise<unknown> => {
      const { data } = await ask<Seen>(subgraph, source, variables, viewer);
      const { performance, performances, offerings, _entities: entities } = data;
      return [performance !== null, performances.totalCount, offerings.totalCount, entities[0] !== null];
    };
    expect(await seenBy()).toEqual([false, 0, 0, false]);
    expect(await seenBy(stage.otherStaff)).toEqual([false, 0, 0, false]);
    expect(await seenBy(stage.staff)).toEqual([true, 1, 1, true]);
    expect(await seenBy({ role: 'NATIONAL' })).toEqual([true, 1, 1, true]);
  });

  it("a redemption is seen by its venue and by its holder, a card's list by its holder alone", async () => {
    const performanceId = await onStage(stage);
    const card = newId();
    const { id } = await redeem(performanceId, { presentation: token(stage, { card }) });
    const source = `query ($id: ID!, $reps: [_Any!]!) { redemption(id: $id) { id }
      _entities(representations: $reps) { ... on Redemption { id } ... on Card { redemptions { totalCount nodes { id } } } } }`;
    const reps = [
      { __typename: 'Redemption', id },
      { __typename: 'Card', id: card },
    ];
    type Seen = {
      redemption: Node | null;
      _entities: [Node | null, { redemptions: { nodes: Node[] } | null }];
    };
    const seenBy = async (viewer?: Viewer): Promise<unknown> => {
      const { data, codes } = await ask<Seen>(subgraph, source, { id, reps }, viewer);
      const [byReference, ofCard] = data._entities;
      return [data.redemption?.id ?? null, byReference?.id ?? null, ofCard.redemptions?.nodes ?? null, codes];
    };
    expect(await seenBy({ role: 'HOLDER', cardId: card })).toEqual([id, id, [{ id }], []]);
    expect(await seenBy(stage.staff)).toEqual([id, id, null, ['FORBIDDEN']]);
    for (const viewer of [
      undefined,
      stage.otherStaff,
      { role: 'HOLDER', cardId: newId() } as const,
      { role: 'NATIONAL' } as const,
    ]) {
      expect(await seenBy(viewer)).toEqual([null, null, null, ['FORBIDDEN']]);
    }
  });

  it('the venue sets a cap, cancels a ticket and a performance', async () => {
    const performanceId = await onStage(stage, { cap: 5, tickets: 300 });
    const { id } = await redeem(performanceId);
    const source = `mutation ($cap: SetCapInput!, $cancel: CancelRedemptionInput!, $performance: CancelPerformanceInput!) {
      setCap(input: $cap) { ... on CapSet { capCounter { cap used } warnings { en } } ... on RedemptionRefusal { code } }
      cancelRedemption(input: $cancel) { ... on Redemption { status cancelledAt performance { capCounter { used } } } }
      cancelPerformance(input: $performance) { status } }`;
    const variables = {
      cap: { performanceId, cap: 1 },
      cancel: { redemptionId: id, requestId: newId() },
      performance: { performanceId },
    };
    const { data, codes } = await ask<object>(subgraph, source, variables, stage.staff);
    expect(codes).toEqual([]);
    expect(data).toMatchObject({
      setCap: { capCounter: { cap: 1, used: 1 }, warnings: [{ en: containing('9') }] },
      cancelRedemption: { status: 'CANCELLED', performance: { capCounter: { used: 0 } } },
      cancelPerformance: { status: 'CANCELLED' },
    });
    const refused = await ask<object>(
      subgraph,
      'mutation ($id: ID!) { cancelPerformance(input: { performanceId: $id }) { id } }',
      {
        id: performanceId,
      },
    );
    expect(refused.codes).toEqual(['FORBIDDEN']);
  });

  it('a partner pages through all offerings with venue, municipality and places left', async () => {
    for (let n = 0; n < 5; n++) await onStage(stage);
    const source = `query ($after: String) { offerings(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      nodes { id title { fi } genres { key } venue { slug municipality { id } network { id } } nextPerformance { capCounter { remaining } } } } }`;
    type Paged = {
      offerings: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
        nodes: Node[];
      };
    };
    const seen = new Set<string>();
    let after: string | null = null;
    let pages = 0;
    for (let more = true; more; pages++) {
      const { data }: { data: Paged } = await ask<Paged>(subgraph, source, { after });
      for (const node of data.offerings.nodes) {
        seen.add(node.id);
        expect(node).toMatchObject({
          venue: { municipality: { id: 'kuopio' } },
          nextPerformance: { capCounter: { remaining: 20 } },
        });
      }
      expect(data.offerings.totalCount).toBe(5);
      more = data.offerings.pageInfo.hasNextPage;
      after = data.offerings.pageInfo.endCursor;
    }
    expect([seen.size, pages]).toEqual([5, 3]);
  });

  it('a search longer than any name is refused', async () => {
    for (const field of ['venues', 'offerings']) {
      const source = `query ($search: String) { ${field}(search: $search) { totalCount } }`;
      const { codes } = await ask<object>(subgraph, source, { search: 'x'.repeat(100_000) });
      expect(codes).toEqual(['BAD_INPUT']);
    }
  });

  it('adds venues to municipalities and partners of networks', async () => {
    const source = `query ($reps: [_Any!]!) { _entities(representations: $reps) {
      ... on Municipality { venues { totalCount } } ... on Partner { venue { id } } ... on Venue { slug } } }`;
    const reps = [
      { __typename: 'Municipality', id: 'kuopio' },
      { __typename: 'Partner', id: `partner-${stage.venueId}` },
      { __typename: 'Partner', id: 'an issuer' },
      { __typename: 'Venue', id: stage.venueId },
    ];
    const { data } = await ask<{ _entities: unknown[] }>(subgraph, source, { reps });
    expect(data._entities).toEqual([
      { venues: { totalCount: 2 } },
      { venue: { id: stage.venueId } },
      { venue: null },
      { slug: `venue-${stage.venueId}` },
    ]);
  });

  it('learns rules from networks and presentation keys from cards', async () => {
    const stranger: SigningKey = signingKey();
    const { keyId, publicKey } = stranger;
    const options: SubgraphOptions = stage.options;
    await publishAs('cards', options.location, options, [
      {
        topic: 'presentation-key.published',
        payload: { keyId, publicKey, publishedAt: '2026-11-22T10:00:00.000Z' },
      },
      { topic: 'card.issued', payload: { cardId: 'c' } },
    ]);
    const rule = {
      id: newId(),
      key: 'redeem.window',
      scope: 'VENUE',
      scopeId: stage.venueId,
      scopeName: 'Theatre',
    };
    await publishAs('networks', options.location, options, [
      {
        topic: 'rule.changed',
        payload: {
          ...rule,
          value: 'SAME_DAY',
          statement: 's',
          status: 'IN_FORCE',
          validFrom: null,
          validTo: null,
          source: 'd',
        },
      },
    ]);
    const tomorrow = { startsAt: '2026-11-23T16:30:00.000Z', endsAt: '2026-11-23T19:00:00.000Z' };
    const [today, later] = [await onStage(stage), await onStage(stage, tomorrow)];
    const presentation = (): string => token(stage, { key: stranger });
    expect(await redeem(today, { presentation: presentation() })).toMatchObject({
      code: 'PRESENTATION_INVALID',
    });
    subgraph.start();
    await subgraph.caughtUp();
    expect(await redeem(today, { presentation: presentation() })).toMatchObject({ __typename: 'Redemption' });
    expect(await redeem(later, { presentation: presentation() })).toMatchObject({
      code: 'OUTSIDE_WINDOW',
      rule: { key: 'redeem.window', since: null, source: 'd' },
    });
  });
});
