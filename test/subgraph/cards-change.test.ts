import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventLog } from '../../subgraphs/platform/events/index.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';
import { deskOf, eventsOf, form, given, otherStaff, presentAt, type Desk } from './cards-register-support.ts';

describe.each(engines)('a unit that changes cards, on $name', ({ location }) => {
  let place: DatabaseLocation;
  let cards: TestCards;
  let desk: Desk;
  beforeAll(async () => {
    place = await location();
    cards = await openTestCards(place);
    desk = deskOf(cards);
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const present = (code: string): Promise<unknown> => presentAt(cards, code);
  const events = (topic: string): Promise<unknown[]> => eventsOf(place, topic);

  describe('changes a card', () => {
    const one = async (change: object = {}): Promise<{ id: string; code: string }> =>
      given(await desk.do('issueCard', form(change)));

    it('lost and replaced: a new code for the same card, and the old one is unknown', async () => {
      const card = await one();
      expect(await desk.status(`reportCardLost(cardId: "${card.id}")`)).toMatchObject({
        card: { status: 'SUSPENDED', changes: [{ kind: 'LOST', reason: 'LOST' }] },
      });
      expect(await present(card.code)).toBe('CARD_SUSPENDED');
      const wish = { cardId: card.id, reason: 'LOST', requestId: newId() };
      const said = await desk.do('replaceCard', wish);
      expect(said).toMatchObject({ __typename: 'ReplacedCard', card: { id: card.id, status: 'VALID' } });
      expect(await desk.do('replaceCard', wish)).toMatchObject({ cardCode: said['cardCode'] });
      expect(await present(card.code)).toBe('CARD_UNKNOWN');
      expect(await present(String(said['cardCode']))).toBe(2);
      expect((await events('card.status-changed')).slice(-2)).toEqual([
        { cardId: card.id, status: 'SUSPENDED', at: '2026-11-22T10:00:00.000Z' },
        { cardId: card.id, status: 'ACTIVE', at: '2026-11-22T10:00:00.000Z' },
      ]);
    });

    it('suspended for another reason, it is not replaced but resumed first', async () => {
      const card = await one();
      await desk.status(`suspendCard(cardId: "${card.id}", reason: MISUSE_SUSPECTED)`);
      const wish = { cardId: card.id, reason: 'LOST', requestId: newId() };
      expect(await desk.do('replaceCard', wish)).toMatchObject({ code: 'CARD_SUSPENDED' });
      await desk.status(`resumeCard(cardId: "${card.id}")`);
      expect(await desk.do('replaceCard', wish)).toMatchObject({ __typename: 'ReplacedCard' });
    });

    it('what was written wrong is put right; the history says which facts and never what stood there', async () => {
      const card = await one();
      const wish = { cardId: card.id, reason: 'TYPED_WRONG', children: 3, postcode: '70200' };
      const said = await desk.do('correctCard', wish);
      expect(said).toMatchObject({
        card: {
          holder: { birthYear: 1990, postcode: '70200', children: 3 },
          changes: [{ kind: 'CORRECTED', reason: 'TYPED_WRONG', fields: ['postcode', 'children'] }],
        },
      });
      expect(JSON.stringify((said['card'] as { changes: unknown }).changes)).not.toMatch(/70100|70200/);
      expect(await desk.do('correctCard', wish)).toEqual(said);
      expect(await present(card.code)).toBe(3);
    });

    it('to no birth year with which it could not have been given', async () => {
      const card = await one();
      const wish = { cardId: card.id, reason: 'TYPED_WRONG', birthYear: 2012 };
      expect(await desk.do('correctCard', wish)).toMatchObject({ code: 'HOLDER_TOO_YOUNG' });
      const community = await one({ kind: 'COMMUNITY', holder: null, homeInNetwork: null, wellbeing: null });
      expect(
        await desk.do('correctCard', { cardId: community.id, reason: 'OTHER', children: 1 }),
      ).toMatchObject({ code: 'CARD_HAS_NO_HOLDER' });
    });

    it('two registrations of one holder become one; its code, id and facts are gone', async () => {
      const [from, into] = [await one(), await one({ issuedOn: '2026-05-01' })];
      const wish = { fromCardId: from.id, intoCardId: into.id, requestId: newId() };
      const said = await desk.do('mergeCards', wish);
      expect(said).toMatchObject({ __typename: 'CardChanged', card: { id: into.id, status: 'VALID' } });
      expect(await desk.do('mergeCards', wish)).toEqual(said);
      expect(await present(from.code)).toBe('CARD_UNKNOWN');
      expect(await present(into.code)).toBe(2);
      const { card } = await desk.read(
        `{ card(id: "${from.id}") { status holder { birthYear } changes { kind } } }`,
      );
      expect(card).toEqual({ status: 'MERGED', holder: null, changes: [{ kind: 'MERGED' }] });
      expect(await events('card.merged')).toContainEqual({
        cardId: from.id,
        into: into.id,
        at: '2026-11-22T10:00:00.000Z',
      });
      const again = { fromCardId: into.id, intoCardId: from.id, requestId: newId() };
      expect(await desk.do('mergeCards', again)).toMatchObject({ code: 'CARD_MERGED' });
      expect(await desk.status(`suspendCard(cardId: "${from.id}", reason: OTHER)`)).toMatchObject({
        code: 'CARD_MERGED',
      });
      const same = { fromCardId: into.id, intoCardId: into.id, requestId: newId() };
      expect(await desk.do('mergeCards', same)).toMatchObject({ code: 'MERGE_NEEDS_TWO_PERSONAL_CARDS' });
    });

    it('of two units only the national centre merges', async () => {
      const [from, into] = [
        given(await desk.do('issueCard', form({ issuerId: tampere.partnerId }), otherStaff)),
        await one(),
      ];
      const wish = { fromCardId: from.id, intoCardId: into.id, requestId: newId() };
      expect(await desk.do('mergeCards', wish)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.do('mergeCards', wish, otherStaff)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.do('mergeCards', wish, { role: 'NATIONAL' })).toMatchObject({
        __typename: 'CardChanged',
      });
    });

    it('uses of both count for the one that stays, also a use that is heard of or cancelled later', async () => {
      const [from, into] = [await one(), await one()];
      const use = (cardId: string, topic: string): Promise<void> =>
        cards.publish('venues', topic, {
          cardId,
          at: '2026-11-20T10:00:00.000Z',
          recordedAt: '2026-11-20T10:00:00.000Z',
        });
      const used = async (): Promise<unknown> => {
        await cards.subgraph.caughtUp();
        const code = into.code;
        const list = `issuerCards(issuerId: "${kuopio.partnerId}", code: "${code}") { nodes { id used } }`;
        return (await desk.read(`{ ${list} }`))['issuerCards'];
      };
      await use(from.id, 'redemption.recorded');
      await cards.subgraph.caughtUp();
      await desk.do('mergeCards', { fromCardId: from.id, intoCardId: into.id, requestId: newId() });
      expect(await used()).toEqual({ nodes: [{ id: into.id, used: true }] });
      await use(from.id, 'redemption.cancelled');
      expect(await used()).toEqual({ nodes: [{ id: into.id, used: false }] });
      await use(from.id, 'redemption.recorded');
      expect(await used()).toEqual({ nodes: [{ id: into.id, used: true }] });
    });

    it('of another unit, or none, is NOT_FOUND whatever is asked', async () => {
      const card = await one();
      for (const id of [card.id, 'no-such-card']) {
        const requestId = newId();
        const calls = [
          desk.status(`suspendCard(cardId: "${id}", reason: OTHER)`, otherStaff),
          desk.status(`reportCardLost(cardId: "${id}")`, otherStaff),
          desk.status(`resumeCard(cardId: "${id}")`, otherStaff),
          desk.do('replaceCard', { cardId: id, reason: 'LOST', requestId }, otherStaff),
          desk.do('correctCard', { cardId: id, reason: 'OTHER', children: 1 }, otherStaff),
        ];
        for (const said of await Promise.all(calls)) expect(said).toMatchObject({ code: 'NOT_FOUND' });
      }
    });

    it('with BAD_INPUT and the field for every wrong value', async () => {
      const { id: cardId } = await one();
      const requestId = newId();
      const wrong: readonly ['replaceCard' | 'correctCard' | 'mergeCards', string, object][] = [
        ['replaceCard', 'cardId', { cardId: '', reason: 'LOST', requestId }],
        ['replaceCard', 'requestId', { cardId, reason: 'LOST', requestId: '1' }],
        ['replaceCard', 'printedCode', { cardId, reason: 'LOST', requestId, printedCode: '' }],
        ['correctCard', 'cardId', { cardId: 'a b', reason: 'OTHER', children: 1 }],
        ['correctCard', 'birthYear', { cardId, reason: 'OTHER' }],
        ['correctCard', 'birthYear', { cardId, reason: 'OTHER', birthYear: 2030 }],
        ['correctCard', 'postcode', { cardId, reason: 'OTHER', postcode: '7010a' }],
        ['correctCard', 'children', { cardId, reason: 'OTHER', children: -1 }],
        ['correctCard', 'grandchildren', { cardId, reason: 'OTHER', grandchildren: 51 }],
        ['mergeCards', 'fromCardId', { fromCardId: '', intoCardId: cardId, requestId }],
        ['mergeCards', 'intoCardId', { fromCardId: cardId, intoCardId: "'--", requestId }],
        ['mergeCards', 'requestId', { fromCardId: cardId, intoCardId: cardId, requestId: '' }],
      ];
      for (const [operation, field, input] of wrong)
        expect(await desk.do(operation, input)).toMatchObject({ code: 'BAD_INPUT', field });
      expect(await desk.status('suspendCard(cardId: "", reason: OTHER)')).toMatchObject({
        code: 'BAD_INPUT',
      });
      for (const input of [
        { cardId, reason: 'NO_SUCH_REASON', requestId },
        { cardId, requestId },
      ])
        expect(await desk.do('replaceCard', input)).toMatchObject({ __typename: 'error' });
    });
  });

  it('publishes nothing personal and never the unit', async () => {
    const log = openEventLog(place, 'cards');
    const all = JSON.stringify((await log.read('0:0', 10_000)).map(({ topic, payload }) => [topic, payload]));
    await log.close();
    expect(all).not.toMatch(
      new RegExp(`${kuopio.partnerId}|${tampere.partnerId}|7010|7020|"1990|LOST|TYPED`),
    );
  });
});
