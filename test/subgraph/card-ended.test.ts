import { describe, expect, test } from 'vitest';
import { runRetention } from '../../subgraphs/cards/service/retention.ts';
import { engines } from '../support/databases.ts';
import { openTestCards, partner, type TestCards } from './card-support.ts';
import { deskOf, presentAt, renewal, staff, type Desk, type Said } from './cards-register-support.ts';
import { newId } from '../../subgraphs/platform/ids.ts';

const erase = `mutation ($cardId: ID!) {
  eraseHolder(input: { cardId: $cardId, reason: HOLDER_ASKED }) { __typename } }`;

/** Every way back into use that a desk could try. */
async function waysBack(desk: Desk, cardId: string, otherId: string): Promise<Said[]> {
  const requestId = newId;
  return [
    await desk.status(`resumeCard(cardId: "${cardId}")`),
    await desk.do('replaceCard', { cardId, reason: 'DAMAGED', requestId: requestId() }),
    await desk.do('renewCard', { ...renewal(), cardId }),
    await desk.do('mergeCards', { fromCardId: cardId, intoCardId: otherId, requestId: requestId() }),
    await desk.do('mergeCards', { fromCardId: otherId, intoCardId: cardId, requestId: requestId() }),
  ];
}

async function twoCards(cards: TestCards): Promise<{ id: string; code: string; otherId: string }> {
  const [one, other] = [await cards.issue(), await cards.issue()];
  return { id: one.card.id, code: one.code, otherId: other.card.id };
}

describe.each(engines)('a card of which nobody is the holder any more, on $name', ({ location }) => {
  test('after an erasure nothing brings it back into use, also not by way of a loss', async () => {
    await using cards = await openTestCards(await location());
    const desk = deskOf(cards);
    const { id, code, otherId } = await twoCards(cards);
    expect((await cards.ask(staff, erase, { cardId: id })).errors).toBeUndefined();
    for (const answer of await waysBack(desk, id, otherId))
      expect(answer).toMatchObject({ code: 'CARD_NOT_IN_USE' });
    await desk.status(`reportCardLost(cardId: "${id}")`);
    for (const answer of await waysBack(desk, id, otherId))
      expect(answer).toMatchObject({ code: 'CARD_NOT_IN_USE' });
    expect(await presentAt(cards, code)).toBe('CARD_UNKNOWN');
  });

  test('a year after its last day it is not renewed; the client gets a new one', async () => {
    await using cards = await openTestCards(await location());
    const desk = deskOf(cards);
    const { id, code } = await twoCards(cards);
    cards.clock.set('2028-11-22T10:00:00.000Z');
    await cards.publish('networks', 'partner.registered', partner({ years: [2026, 2028] }));
    await cards.subgraph.caughtUp();
    expect((await runRetention(cards.services, false)).counts.EXPIRED_CARDS_UNLINKED).toBe(2);
    const { otherId } = await twoCards(cards);
    for (const answer of (await waysBack(desk, id, otherId)).slice(1))
      expect(answer).toMatchObject({ code: 'CARD_NOT_IN_USE' });
    expect(await presentAt(cards, code)).toBe('CARD_EXPIRED');
  });

  test('the other card of a refused merge is as it was', async () => {
    await using cards = await openTestCards(await location());
    const { id, otherId } = await twoCards(cards);
    await cards.ask(staff, erase, { cardId: id });
    const before = await deskOf(cards).read(`{ card(id: "${otherId}") { status changes { kind } } }`);
    await waysBack(deskOf(cards), id, otherId);
    expect(await deskOf(cards).read(`{ card(id: "${otherId}") { status changes { kind } } }`)).toEqual(
      before,
    );
  });
});
