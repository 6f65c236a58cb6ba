import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Subgraph } from '../../../subgraphs/platform/subgraph.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import { engines, testNow } from '../../support/databases.ts';
import { onStage, openStage, token, type Stage } from '../../store/venues/stage.ts';
import { ask } from './graph.ts';

const text = expect.any(String) as unknown;

describe.each(engines)('"Why not?" in the graph on $name', (engine) => {
  let stage: Stage;
  let subgraph: Subgraph;
  beforeEach(async () => {
    stage = await openStage(engine);
    subgraph = await openVenues(stage.options);
  });
  afterEach(async () => {
    await subgraph.close();
  });

  it('answers with every limit, its document, and what to do, in the three languages', async () => {
    const performanceId = await onStage(stage, { cap: 0 });
    const source = `query ($id: ID!) { explain(performanceId: $id) { wouldPass asOf performance { id }
      verdicts { limit title { fi sv en } rule passes closesDoor soft facts { name value } since source message { fi sv en } nextStep { fi sv en } } } }`;
    type Answer = { explain: { verdicts: { limit: string }[] } };
    const { data, codes } = await ask<Answer>(
      subgraph,
      source,
      { id: performanceId },
      {
        role: 'HOLDER',
        cardId: newId(),
      },
    );
    expect(codes).toEqual([]);
    expect(data.explain).toMatchObject({
      wouldPass: false,
      asOf: testNow,
      performance: { id: performanceId },
    });
    const inThree = { fi: text, sv: text, en: text };
    expect(data.explain.verdicts.find(({ limit }) => limit === 'CAP')).toMatchObject({
      title: inThree,
      passes: false,
      closesDoor: true,
      soft: false,
      facts: [
        { name: 'cap', value: '0' },
        { name: 'used', value: '0' },
        { name: 'held', value: '0' },
        { name: 'remaining', value: '0' },
        { name: 'wanted', value: '1' },
      ],
      message: inThree,
      nextStep: inThree,
    });
    expect((await ask(subgraph, source, { id: performanceId })).codes).toEqual(['FORBIDDEN']);
  });

  it('a refusal has the trace, an override is told with its redemption and counted for its venue', async () => {
    const performanceId = await onStage(stage, {}, { kind: 'COURSE' });
    const source = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
      ... on RedemptionRefusal { code trace { limit passes } } ... on Redemption { overrides { limit reason } } } }`;
    const lines = [
      { type: 'HOLDER', count: 1 },
      { type: 'CHILD', count: 1 },
    ];
    const overrides = [{ limit: 'NO_CHILDREN_AT_COURSES', reason: 'COMES_WITH_CHILD' }];
    const redeem = async (changes: object): Promise<unknown> => {
      const input = { presentation: token(stage), performanceId, lines, requestId: newId(), ...changes };
      return (await ask<{ redeem: unknown }>(subgraph, source, { input }, stage.staff)).data.redeem;
    };
    expect(await redeem({})).toMatchObject({
      code: 'LINE_NOT_ALLOWED',
      trace: expect.arrayContaining([{ limit: 'NO_CHILDREN_AT_COURSES', passes: false }]) as unknown,
    });
    expect(await redeem({ overrides })).toEqual({ __typename: 'Redemption', overrides });
    const counted = `query ($id: ID!) { venue(id: $id) { overrideCounts(from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z") { limit reason count } } }`;
    const seenBy = async (viewer?: typeof stage.staff): Promise<unknown> =>
      (await ask<{ venue: unknown }>(subgraph, counted, { id: stage.venueId }, viewer)).data.venue;
    expect(await seenBy(stage.staff)).toEqual({ overrideCounts: [{ ...overrides[0], count: 1 }] });
    expect(await seenBy()).toEqual({ overrideCounts: null });
  });

  it('the venue sets defaults and is told a fair cap; others read neither', async () => {
    const set = `mutation ($input: SetVenueDefaultsInput!) { setVenueDefaults(input: $input) { defaults { cap redemptionWindow windowDays } warnings { fi sv en } } }`;
    const input = { venueId: stage.venueId, cap: 20, redemptionWindow: 'DAYS_BEFORE', windowDays: 7 };
    type Set = { setVenueDefaults: unknown };
    const { data } = await ask<Set>(subgraph, set, { input }, stage.staff);
    expect(data.setVenueDefaults).toEqual({
      defaults: { cap: 20, redemptionWindow: 'DAYS_BEFORE', windowDays: 7 },
      warnings: [{ fi: text, sv: text, en: text }],
    });
    expect((await ask(subgraph, set, { input }, stage.otherStaff)).codes).toEqual(['FORBIDDEN']);
    const read = `query ($id: ID!) { venue(id: $id) { defaults { cap } capSuggestion(tickets: 667) { cap floor performances explanation { fi sv en } } } }`;
    const seenBy = async (viewer?: typeof stage.staff): Promise<unknown> =>
      (await ask<{ venue: unknown }>(subgraph, read, { id: stage.venueId }, viewer)).data.venue;
    expect(await seenBy(stage.staff)).toEqual({
      defaults: { cap: 20 },
      capSuggestion: { cap: 21, floor: 21, performances: 0, explanation: { fi: text, sv: text, en: text } },
    });
    expect(await seenBy(stage.otherStaff)).toEqual({ defaults: null, capSuggestion: null });
    expect(await seenBy()).toEqual({ defaults: null, capSuggestion: null });
  });
});
