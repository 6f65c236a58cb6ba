import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { redeemGroup } from '../../../subgraphs/venues/service/redeem-group.ts';
import { mergeCards } from '../../../subgraphs/venues/store/card-identity.ts';
import { findHolds } from '../../../subgraphs/venues/store/holds.ts';
import { engines } from '../../support/databases.ts';
import { comeIn, counterOf, groupSaid, groupWish, kept } from './group-stage.ts';
import {
  atDoor,
  checkLedger,
  family,
  newPerformance,
  onStage,
  openStage,
  token,
  type Stage,
} from './stage.ts';

const holding = (part: object): unknown => expect.arrayContaining([expect.objectContaining(part)]);
const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

describe.each(engines)('a group that comes in together on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const rows = async (table: 'redemption' | 'outbox' | 'turn_away' | 'request'): Promise<number> =>
    (await stage.database.reader.selectFrom(table).selectAll().execute()).length;

  it('gets a redemption for every card, in the order of the cards', async () => {
    const performanceId = await onStage(stage, { cap: 8 });
    const cards = [newId(), newId(), newId()];
    const wish = groupWish(
      stage,
      performanceId,
      cards.map((card, index) => ({
        presentation: token(stage, { card }),
        ...(index === 1 ? { lines: family(2) } : {}),
      })),
    );
    const answer = await comeIn(stage, wish);
    if (answer.kind !== 'redeemedGroup') throw new Error('The group was refused.');
    expect(answer.redemptions.map(({ cardId }) => cardId)).toEqual(cards);
    expect(answer.redemptions.map(({ tickets }) => tickets)).toEqual([1, 3, 1]);
    expect(await counterOf(stage, performanceId)).toMatchObject({ used: 5, sequence: 4 });
    expect(await rows('outbox')).toBe(3);
  });

  it('a community card comes for its worker, and the members each with the own card', async () => {
    const performanceId = await onStage(stage);
    const worker = token(stage, { kind: 'COMMUNITY' });
    const answer = await comeIn(
      stage,
      groupWish(stage, performanceId, [{ presentation: worker }, { presentation: token(stage) }]),
    );
    expect(answer).toMatchObject({
      redemptions: [{ lines: [{ type: 'COMMUNITY_WORKER' }] }, { lines: [{ type: 'HOLDER' }] }],
    });
  });

  it('takes the places that were kept for it first, then free ones', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const { id: holdId } = await kept(stage, performanceId, { places: 3 });
    const answer = await comeIn(stage, groupWish(stage, performanceId, 5, { holdId }));
    expect(answer).toMatchObject({ kind: 'redeemedGroup', fromHold: 3 });
    expect(await counterOf(stage, performanceId)).toMatchObject({ used: 5, held: 0 });
  });

  it('comes in parts: what one part leaves in the hold is there for the next', async () => {
    const performanceId = await onStage(stage, { cap: 3 });
    const { id: holdId } = await kept(stage, performanceId, { places: 3 });
    expect(await comeIn(stage, groupWish(stage, performanceId, 2, { holdId }))).toMatchObject({
      fromHold: 2,
    });
    expect((await findHolds(stage.database.reader, [holdId]))[0]).toMatchObject({ remaining: 1 });
    expect(await comeIn(stage, groupWish(stage, performanceId, 1, { holdId }))).toMatchObject({
      fromHold: 1,
    });
    expect(groupSaid(await comeIn(stage, groupWish(stage, performanceId, 1, { holdId })))).toBe(
      'CAP_REACHED',
    );
  });

  it('a hold that is over is no obstacle where there is room', async () => {
    const performanceId = await onStage(stage, { cap: 3 });
    const { id: holdId } = await kept(stage, performanceId, { places: 3 });
    stage.clock.advance(60 * 60_000);
    const answer = await comeIn(stage, groupWish(stage, performanceId, 3, { holdId }));
    expect(answer).toMatchObject({ kind: 'redeemedGroup', fromHold: 0 });
    expect(await counterOf(stage, performanceId)).toMatchObject({ used: 3, held: 0 });
  });

  it('without room for all nobody comes in: the numbers, and one turn-away', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const { id: holdId } = await kept(stage, performanceId, { places: 2 });
    await atDoor(stage, performanceId);
    const wish = groupWish(stage, performanceId, 6, { holdId });
    const refused = await comeIn(stage, wish);
    expect(refused).toMatchObject({
      kind: 'refusedGroup',
      whole: { code: 'CAP_REACHED', facts: { cap: 5, used: 1, held: 2, remaining: 2, wanted: 4 } },
      cards: [],
    });
    expect(await counterOf(stage, performanceId)).toMatchObject({ used: 1, held: 2 });
    expect((await findHolds(stage.database.reader, [holdId]))[0]).toMatchObject({ remaining: 2 });
    expect(await rows('turn_away')).toBe(1);
    expect(await comeIn(stage, wish)).toEqual(refused);
    expect(await rows('turn_away')).toBe(1);
  });

  it('says of each card that is refused which it is and why, and stores nothing', async () => {
    const here = newPerformance(stage);
    const performanceId = await onStage(stage, {}, { oncePerProduction: true, performances: [here] }).then(
      () => here.id,
    );
    const seen = newId();
    await atDoor(stage, performanceId, { card: seen });
    const before = [await rows('redemption'), await rows('outbox'), await rows('request')];
    const good = token(stage);
    const uses = await comeIn(
      stage,
      groupWish(stage, performanceId, [
        { presentation: good },
        { presentation: token(stage, { card: seen }) },
      ]),
    );
    expect(groupSaid(uses)).toEqual([[1, 'ALREADY_SEEN']]);
    expect(uses).toMatchObject({
      cards: [{ refusal: { trace: holding({ limit: 'ONCE_PER_PRODUCTION', passes: false }) } }],
    });
    const without = await comeIn(
      stage,
      groupWish(stage, performanceId, [
        { presentation: token(stage, { venue: stage.otherVenueId }) },
        { presentation: good },
        { presentation: token(stage, { livesMs: -1_000 }) },
        { presentation: good },
      ]),
    );
    expect(groupSaid(without)).toEqual([
      [0, 'PRESENTATION_INVALID'],
      [2, 'PRESENTATION_EXPIRED'],
      [3, 'ALREADY_SEEN'],
    ]);
    const unread = await comeIn(
      stage,
      groupWish(stage, performanceId, [{ presentation: good }, { presentation: 'nothing' }]),
    );
    expect(groupSaid(unread)).toEqual([[1, 'PRESENTATION_INVALID']]);
    expect([await rows('redemption'), await rows('outbox'), await rows('request')]).toEqual(before);
  });

  it('comes in where a soft limit is set aside for it, which is recorded where it said no and is part of the wish', async () => {
    const [first, second] = [newPerformance(stage), newPerformance(stage)];
    await onStage(stage, {}, { oncePerProduction: true, performances: [first, second] });
    const seen = newId();
    await atDoor(stage, first.id, { card: seen });
    const cards = [{ presentation: token(stage) }, { presentation: token(stage, { card: seen }) }];
    const refused = await comeIn(stage, groupWish(stage, second.id, cards));
    expect(groupSaid(refused)).toEqual([[1, 'ALREADY_SEEN']]);
    const overrides = [{ limit: 'ONCE_PER_PRODUCTION', reason: 'AGREED_BEFOREHAND' }] as const;
    const wish = groupWish(stage, second.id, cards, { overrides });
    const answer = await comeIn(stage, wish);
    expect(groupSaid(answer)).toBe(2);
    const recorded = await stage.database.reader
      .selectFrom('redemption_override')
      .innerJoin('redemption', 'redemption.id', 'redemption_override.redemption_id')
      .select(['card_id', 'limit_name', 'reason'])
      .execute();
    expect(recorded).toEqual([
      { card_id: seen, limit_name: 'ONCE_PER_PRODUCTION', reason: 'AGREED_BEFOREHAND' },
    ]);
    expect(await comeIn(stage, wish)).toEqual(answer);
    await expect(comeIn(stage, { ...wish, overrides: [] })).rejects.toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
  });

  it('two cards that were merged into one are seen as one', async () => {
    const performanceId = await onStage(stage);
    const [old, current] = [newId(), newId()];
    await stage.database.write((trx) => mergeCards(trx, old, current));
    const cards = [old, current].map((card) => ({ presentation: token(stage, { card }) }));
    expect(groupSaid(await comeIn(stage, groupWish(stage, performanceId, cards)))).toEqual([
      [1, 'ALREADY_SEEN'],
    ]);
    expect(groupSaid(await comeIn(stage, groupWish(stage, performanceId, cards.slice(0, 1))))).toBe(1);
  });

  it('the same request gives the same answer, also when the tokens have expired; another wish is an error', async () => {
    const performanceId = await onStage(stage);
    const wish = groupWish(stage, performanceId, 3);
    const first = await comeIn(stage, wish);
    stage.clock.advance(3_600_000);
    expect(await comeIn(stage, wish)).toEqual(first);
    expect(await rows('redemption')).toBe(3);
    const other = comeIn(stage, { ...wish, cards: wish.cards.slice(1) });
    await expect(other).rejects.toEqual(code('REQUEST_ID_REUSED'));
    const single = atDoor(stage, performanceId, { requestId: wish.requestId });
    await expect(single).rejects.toEqual(code('REQUEST_ID_REUSED'));
  });

  it('has 1 to 60 cards, and a hold of this performance', async () => {
    const performanceId = await onStage(stage, { cap: 60 });
    for (const cards of [0, 61]) {
      await expect(comeIn(stage, groupWish(stage, performanceId, cards))).rejects.toEqual(code('BAD_INPUT'));
    }
    expect(groupSaid(await comeIn(stage, groupWish(stage, performanceId, 60)))).toBe(60);
    const elsewhere = await kept(stage, await onStage(stage));
    for (const holdId of [elsewhere.id, newId()]) {
      const wish = groupWish(stage, performanceId, 1, { holdId });
      await expect(comeIn(stage, wish)).rejects.toEqual(code('NOT_FOUND'));
    }
  });

  it('is let in by the staff of its venue', async () => {
    const performanceId = await onStage(stage);
    const wish = groupWish(stage, performanceId, 2);
    for (const viewer of [
      stage.otherStaff,
      { role: 'NATIONAL' },
      { role: 'ISSUER_STAFF', issuerId: 'i' },
    ] as const) {
      await expect(redeemGroup(stage.env, viewer, wish)).rejects.toEqual(code('FORBIDDEN'));
    }
  });
});
