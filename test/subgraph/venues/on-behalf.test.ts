import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { behalfOf } from '../../../subgraphs/cards/service/presentation.ts';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { redeem, type RedeemAnswer, type RedeemInput } from '../../../subgraphs/venues/service/redeem.ts';
import { saveRule } from '../../../subgraphs/venues/store/copies.ts';
import { engines } from '../../support/databases.ts';
import {
  atDoor,
  checkLedger,
  family,
  holder,
  newOffering,
  newPerformance,
  onStage,
  openStage,
  said,
  signingKey,
  token,
  type Stage,
  type TokenFacts,
} from '../../store/venues/stage.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { ask } from './graph.ts';

const issuerId = 'unit-that-gave-the-card';
const unit = { role: 'ISSUER_STAFF', issuerId } as const;
const otherUnit = { role: 'ISSUER_STAFF', issuerId: 'another-unit' } as const;

describe.each(engines)('a unit books on behalf of a holder on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const marked = (facts: TokenFacts = {}): string =>
    token(stage, { behalf: (jti) => behalfOf(jti, issuerId), ...facts });
  const book = (
    performanceId: string,
    { card, ...changes }: Partial<RedeemInput> & { readonly card?: string } = {},
    viewer: Parameters<typeof redeem>[1] = unit,
  ): Promise<RedeemAnswer> =>
    redeem(stage.env, viewer, {
      presentation: marked(card === undefined ? {} : { card }),
      performanceId,
      lines: holder,
      requestId: newId(),
      ...changes,
    });

  it('with a token of its own making, and the place is taken', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    expect(await book(performanceId)).toMatchObject({ status: 'VALID', performanceId, tickets: 1 });
    expect(said(await book(performanceId))).toBe('CAP_REACHED');
  });

  it('no other token will do: not of another unit, unmarked, of another key, not readable', async () => {
    const performanceId = await onStage(stage);
    const forbidden = { code: 'FORBIDDEN' };
    await expect(book(performanceId, {}, otherUnit)).rejects.toMatchObject(forbidden);
    for (const presentation of [
      token(stage),
      token(stage, { behalf: () => issuerId }),
      marked({ key: signingKey() }),
      'no token',
    ]) {
      await expect(book(performanceId, { presentation })).rejects.toMatchObject(forbidden);
      await expect(book(newId(), { presentation })).rejects.toMatchObject(forbidden);
    }
    for (const viewer of [
      { role: 'HOLDER', cardId: newId() },
      { role: 'NATIONAL' },
      { role: 'COORDINATOR', networkId: 'pohjois-savo' },
      stage.otherStaff,
    ] as const) {
      await expect(book(performanceId, {}, viewer)).rejects.toMatchObject(forbidden);
    }
  });

  it('only at the venue of the token, only what is published, and without setting limits aside', async () => {
    const performanceId = await onStage(stage);
    const elsewhere = marked({ venue: stage.otherVenueId });
    await expect(book(performanceId, { presentation: elsewhere })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const draft = await onStage(stage, {}, { published: false });
    for (const presentation of [marked(), elsewhere]) {
      await expect(book(draft, { presentation })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const overrides = [{ limit: 'REDEMPTION_WINDOW', reason: 'PLACES_LEFT' }] as const;
    await expect(book(performanceId, { overrides })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('the venue redeems a marked token as any other', async () => {
    const performanceId = await onStage(stage);
    expect(said(await book(performanceId, {}, stage.staff))).toBe('VALID');
  });

  it('what the card may not have at all is answered as at the door', async () => {
    const performanceId = await onStage(stage);
    expect(said(await book(performanceId, { lines: family(5) }))).toBe('LINE_NOT_ALLOWED');
    const ago = (hours: number): string =>
      new Date(stage.clock.now().getTime() - hours * 3_600_000).toISOString();
    const over = await onStage(stage, { startsAt: ago(3), endsAt: ago(1) });
    expect(said(await book(over))).toBe('OUTSIDE_WINDOW');
    const presentation = marked({ livesMs: -1000 });
    expect(said(await book(performanceId, { presentation }))).toBe('PRESENTATION_EXPIRED');
  });

  it('the same requestId gives the same answer, also when the holder has cancelled meanwhile', async () => {
    const performanceId = await onStage(stage);
    const input = { card: newId(), requestId: newId() };
    const first = await book(performanceId, input);
    expect(await book(performanceId, input)).toEqual(first);
    if (isRefusal(first)) throw new Error('The booking was refused.');
    await cancelRedemption(
      stage.env,
      { role: 'HOLDER', cardId: input.card },
      { redemptionId: first.id, requestId: newId() },
    );
    expect(await book(performanceId, input)).toEqual(first);
    await expect(book(performanceId, { requestId: input.requestId })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('keys of a unit, of another unit and of the venue never meet', async () => {
    const performanceId = await onStage(stage);
    const requestId = newId();
    const theirs = token(stage, { behalf: (jti) => behalfOf(jti, otherUnit.issuerId) });
    const answers = [
      await book(performanceId, { requestId }),
      await book(performanceId, { requestId, presentation: theirs }, otherUnit),
      await atDoor(stage, performanceId, { requestId }),
    ];
    expect(answers.map(said)).toEqual(['VALID', 'VALID', 'VALID']);
    expect(new Set(answers.map((answer) => 'id' in answer && answer.id)).size).toBe(3);
  });

  it('every no that comes from the uses of the card is one and the same no', async () => {
    const card = newId();
    const [first, second] = [newPerformance(stage), newPerformance(stage)];
    const play = newOffering(stage, { oncePerProduction: true, performances: [first, second] });
    await publishOfferings(stage.database, [play], stage.clock.now());
    const source = 'test';
    await stage.database.write((trx) =>
      saveRule(trx, {
        id: newId(),
        key: 'limit.courses_per_year',
        scope: 'NATION',
        scopeId: null,
        scopeName: null,
        value: '1',
        statement: '',
        status: 'IN_FORCE',
        validFrom: '2025-01-01',
        validTo: null,
        source,
      }),
    );
    const [course, otherCourse] = [
      await onStage(stage, {}, { kind: 'COURSE' }),
      await onStage(stage, {}, { kind: 'COURSE' }),
    ];
    for (const used of [first.id, course]) expect(said(await atDoor(stage, used, { card }))).toBe('VALID');
    const atVenue = await Promise.all(
      [first.id, second.id, otherCourse].map((id) => atDoor(stage, id, { card })),
    );
    expect(atVenue.map(said)).toEqual(['ALREADY_SEEN', 'ALREADY_SEEN', 'COURSE_LIMIT_REACHED']);
    for (const id of [first.id, second.id, otherCourse]) {
      const answer = await book(id, { card });
      expect(answer).toMatchObject({ code: 'NOT_POSSIBLE_ON_BEHALF', facts: {}, rule: null });
      const trace = 'trace' in answer ? answer.trace : [];
      expect(trace.filter(({ passes, code }) => passes === false && code !== null)).toEqual([]);
      const ofUses = trace.filter(({ limit }) => /^(ONCE|COURSES)_/.test(limit));
      expect(ofUses.length).toBeGreaterThan(0);
      for (const { passes, facts, nextStep } of ofUses) {
        expect({ passes, nextStep }).toEqual({ passes: null, nextStep: null });
        for (const name of ['used', 'left', 'performanceId', 'recordedAt'])
          expect(facts).not.toHaveProperty(name);
      }
    }
    // At one performance: seen here, seen at another of the production; taken this course, taken another.
    const other = newId();
    for (const used of [second.id, otherCourse]) {
      expect(said(await atDoor(stage, used, { card: other }))).toBe('VALID');
      expect(await book(used, { card: other })).toEqual(await book(used, { card }));
    }
  });

  it('a full house says the same of a card that was there and of one that was not', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    const card = newId();
    await atDoor(stage, performanceId, { card });
    expect(await book(performanceId, { card })).toEqual(await book(performanceId));
    expect(said(await book(performanceId, { card }))).toBe('CAP_REACHED');
    expect(said(await atDoor(stage, performanceId, { card }))).toBe('ALREADY_SEEN');
  });

  it('no table and no event holds the unit or its mark', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    const requestId = 'request-of-the-unit';
    const presentation = marked();
    await book(performanceId, { presentation, requestId });
    await book(performanceId);
    const { behalf } = JSON.parse(Buffer.from(presentation.split('.')[0]!, 'base64url').toString('utf8')) as {
      behalf: string;
    };
    const tables = ['request', 'redemption', 'redemption_line', 'redemption_override', 'turn_away'] as const;
    const more = ['ledger', 'cap_counter', 'card_identity', 'outbox'] as const;
    const db = stage.database.reader;
    const rows = await Promise.all(
      [...tables, ...more].map((table) => db.selectFrom(table).selectAll().execute()),
    );
    const stored = JSON.stringify(rows);
    expect(rows[0]).toHaveLength(2);
    expect(stored).toContain('redemption.recorded');
    for (const secret of [issuerId, behalf, requestId]) expect(stored).not.toContain(secret);
  });

  it('the answer opens no way to the booking or to other uses of the card', async () => {
    const subgraph = await openVenues(stage.options);
    onTestFinished(() => subgraph.close());
    const performanceId = await onStage(stage);
    const card = newId();
    const source = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
      ... on Redemption { id status tickets performance { id } overrides { limit } }
      ... on RedemptionRefusal { code message { fi sv en } facts { name } } } }`;
    const input = { presentation: marked({ card }), performanceId, lines: holder };
    type Answer = { redeem: { id: string } };
    const booking = (viewer: Parameters<typeof redeem>[1]) =>
      ask<Answer>(subgraph, source, { input: { ...input, requestId: newId() } }, viewer);
    const { data } = await booking(unit);
    expect(data.redeem).toMatchObject({ status: 'VALID', tickets: 1, performance: { id: performanceId } });
    const text = expect.any(String) as unknown;
    expect((await booking(unit)).data.redeem).toEqual({
      __typename: 'RedemptionRefusal',
      code: 'NOT_POSSIBLE_ON_BEHALF',
      message: { fi: text, sv: text, en: text },
      facts: [],
    });
    const { id } = data.redeem;
    const read = `query ($id: ID!, $card: ID!) { redemption(id: $id) { id }
      _entities(representations: [{ __typename: "Card", id: $card }, { __typename: "Redemption", id: $id }]) {
        ... on Card { redemptions { edges { node { id } } } } ... on Redemption { id } } }`;
    expect(await ask(subgraph, read, { id, card }, unit)).toEqual({
      data: { redemption: null, _entities: [{ redemptions: null }, null] },
      codes: ['FORBIDDEN'],
    });
    const cancel = `mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) { __typename } }`;
    const asked = { input: { redemptionId: id, requestId: newId() } };
    expect((await ask(subgraph, cancel, asked, unit)).codes).toEqual(['FORBIDDEN']);
  });
});
