import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, rule, tampere, type TestCards } from './card-support.ts';
import {
  deskOf,
  eventsOf,
  form,
  given,
  otherStaff,
  presentAt,
  renewal,
  type Desk,
} from './cards-register-support.ts';

describe.each(engines)('a unit that renews cards, on $name', ({ location }) => {
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

  describe('renews a card', () => {
    const old = async (issuedOn = '2025-12-01'): Promise<{ id: string; code: string }> =>
      given(await desk.do('issueCard', form({ issuedOn })));

    it('from its own list or by the code that the client brings, and keeps the history', async () => {
      const card = await old();
      const said = await desk.do('renewCard', renewal({ code: card.code.toLowerCase() }));
      expect(said).toMatchObject({
        __typename: 'RenewedCard',
        validUntil: '2027-11-21',
        card: {
          id: card.id,
          issuedOn: '2025-12-01',
          validUntil: '2027-11-21',
          periods: [
            { event: 'ISSUED', handedOn: '2025-12-01', validUntil: '2026-11-30' },
            { event: 'RENEWED', handedOn: '2026-11-22', validFrom: '2026-11-22', validUntil: '2027-11-21' },
          ],
        },
      });
      expect(await events('card.renewed')).toContainEqual({
        cardId: card.id,
        kind: 'PERSONAL',
        renewedOn: '2026-11-22',
        validUntil: '2027-11-21',
      });
    });

    it('that has expired, and it is good at the door again', async () => {
      const card = await old('2025-02-01');
      expect(await present(card.code)).toBe('CARD_EXPIRED');
      await desk.do('renewCard', renewal({ cardId: card.id }));
      expect(await present(card.code)).toBe(2);
    });

    it('once per requestId', async () => {
      const card = await old();
      const wish = renewal({ cardId: card.id });
      const first = await desk.do('renewCard', wish);
      expect(await desk.do('renewCard', wish)).toEqual(first);
      expect(await desk.do('renewCard', { ...wish, handedOn: '2026-11-01' })).toMatchObject({
        code: 'REQUEST_ID_REUSED',
      });
    });

    it('of another unit never: RENEW_AT_ISSUING_UNIT, without a word of which unit it is', async () => {
      const card = await old();
      const said = await desk.do('renewCard', renewal({ code: card.code }), otherStaff);
      expect(said).toMatchObject({ code: 'RENEW_AT_ISSUING_UNIT', facts: [], rule: null });
      expect(JSON.stringify(said)).not.toMatch(new RegExp(`${kuopio.partnerId}|uopio|${card.id}|1990|70100`));
      expect(await desk.do('renewCard', renewal({ cardId: card.id }), otherStaff)).toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    it('not while it is suspended, not twice on a day, and not one that nobody has', async () => {
      const card = await old();
      await desk.status(`suspendCard(cardId: "${card.id}", reason: HOLDER_ASKED)`);
      expect(await desk.do('renewCard', renewal({ cardId: card.id }))).toMatchObject({
        code: 'CARD_SUSPENDED',
      });
      await desk.status(`resumeCard(cardId: "${card.id}")`);
      await desk.do('renewCard', renewal({ cardId: card.id }));
      expect(await desk.do('renewCard', renewal({ cardId: card.id }))).toMatchObject({
        code: 'RENEWAL_CHANGES_NOTHING',
        facts: [{ name: 'validUntil', value: '2027-11-21' }],
      });
      const unknown = renewal({ code: 'DEM0-0000-999S' });
      expect(await desk.do('renewCard', unknown)).toMatchObject({ code: 'RENEW_AT_ISSUING_UNIT' });
    });

    it("to the pilot's end where the network has one, and says by which rule", async () => {
      const pilot = {
        scope: 'NETWORK',
        scopeId: tampere.networkId,
        key: 'card.pilot_end',
        value: '2027-05-31',
      };
      await cards.publish('networks', 'rule.changed', rule({ id: 'pilot', ...pilot }));
      await cards.subgraph.caughtUp();
      const wish = form({ issuerId: tampere.partnerId });
      expect(await desk.do('issueCard', wish, otherStaff)).toMatchObject({
        validUntil: '2027-05-31',
        validityBasis: 'PILOT_END',
        validityRule: { key: 'card.pilot_end', source: 'a document' },
      });
    });

    it('with each question answered or declined, else BAD_INPUT with the field', async () => {
      const card = await old();
      const wrong: readonly [string, object][] = [
        ['satisfaction', { wellbeing: null }],
        ['increased', { wellbeing: { satisfaction: { answer: 0 }, consent: true } }],
        [
          'increased',
          { wellbeing: { satisfaction: { answer: 0 }, increased: { answer: 11 }, consent: true } },
        ],
        ['consent', { wellbeing: { satisfaction: { declined: true }, increased: { answer: 3 } } }],
        ['toldNotToLeaveUnused', { toldNotToLeaveUnused: false }],
        ['handedOn', { handedOn: '2026-11-23' }],
        ['requestId', { requestId: '' }],
        ['cardId', { cardId: '' }],
        ['cardId', { code: card.code }],
        ['cardId', { cardId: null }],
        ['code', { cardId: null, code: '' }],
      ];
      for (const [field, change] of wrong)
        expect(await desk.do('renewCard', renewal({ cardId: card.id, ...change }))).toMatchObject({
          code: 'BAD_INPUT',
          field,
        });
      const viewers: Viewer[] = [{ role: 'NATIONAL' }, { role: 'VENUE_STAFF', venueId: 'v' }];
      for (const viewer of viewers)
        expect(await desk.do('renewCard', renewal({ cardId: card.id }), viewer)).toMatchObject({
          code: 'FORBIDDEN',
        });
    });
  });
});
