import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, type TestCards } from './card-support.ts';
import { deskOf, form, given, otherStaff, presentAt, type Desk } from './cards-register-support.ts';

describe.each(engines)('a unit that gives cards, on $name', ({ location }) => {
  let cards: TestCards;
  let desk: Desk;
  beforeAll(async () => {
    cards = await openTestCards(await location());
    desk = deskOf(cards);
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const present = (code: string): Promise<unknown> => presentAt(cards, code);

  describe('hands over a card', () => {
    it('with its code, how it is said on the phone, and until when it is valid', async () => {
      const said = await desk.do('issueCard', form());
      expect(said).toMatchObject({
        __typename: 'IssuedCard',
        validUntil: '2027-11-21',
        validityBasis: 'TWELVE_MONTHS',
        validityRule: null,
        card: {
          status: 'VALID',
          holder: { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0, background: [] },
          periods: [{ event: 'ISSUED', handedOn: '2026-11-22', enteredAt: '2026-11-22T10:00:00.000Z' }],
        },
      });
      expect(said['cardCode']).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
      expect(String((said['spoken'] as { fi: string }).fi).split(/[ ,]+/)).toHaveLength(12);
      expect(await present(given(said).code)).toBe(2);
    });

    it('on the day that the paper form says, and keeps the moment of typing too', async () => {
      const said = await desk.do('issueCard', form({ issuedOn: '2026-10-01' }));
      expect(said).toMatchObject({
        validUntil: '2027-09-30',
        card: {
          issuedOn: '2026-10-01',
          periods: [{ handedOn: '2026-10-01', enteredAt: '2026-11-22T10:00:00.000Z' }],
        },
      });
    });

    it('with what the holder told of their own free will, as words of a list', async () => {
      const holder = { birthYear: 1990, postcode: '70100', children: 0, grandchildren: 0 };
      const said = await desk.do(
        'issueCard',
        form({ holder: { ...holder, background: ['PENSIONER', 'STUDENT'] } }),
      );
      expect(said).toMatchObject({ card: { holder: { background: ['STUDENT', 'PENSIONER'] } } });
    });

    it('to an organisation without asking anybody anything', async () => {
      const community = form({ kind: 'COMMUNITY', holder: null, homeInNetwork: null, wellbeing: null });
      expect(await desk.do('issueCard', community)).toMatchObject({
        card: { kind: 'COMMUNITY', holder: null },
      });
    });

    it('once per requestId: the same answer again, and REQUEST_ID_REUSED for other facts', async () => {
      const wish = form();
      const first = given(await desk.do('issueCard', wish));
      expect(given(await desk.do('issueCard', wish))).toEqual(first);
      const [one, two] = await Promise.all([desk.do('issueCard', wish), desk.do('issueCard', wish)]);
      expect([given(one!), given(two!)]).toEqual([first, first]);
      const other = { ...wish, issuedOn: '2026-11-01' };
      expect(await desk.do('issueCard', other)).toMatchObject({ code: 'REQUEST_ID_REUSED' });
    });

    it('and says why not, in three languages', async () => {
      const young = { birthYear: 2011, postcode: '70100', children: 0, grandchildren: 0 };
      for (const [code, change] of [
        ['HOLDER_TOO_YOUNG', { holder: young }],
        ['HOME_OUTSIDE_NETWORKS', { homeInNetwork: false }],
        ['ISSUER_NOT_TAKING_PART', { issuedOn: '2024-05-05' }],
        ['CODE_NOT_PRINTED', { printedCode: 'DEM0-0000-999S' }],
        ['CARD_CODE_MISTYPED', { printedCode: 'K7M4' }],
      ] as const) {
        const said = await desk.do('issueCard', form(change));
        expect(said).toMatchObject({ __typename: 'IssueCardRefusal', code });
        for (const text of Object.values(said['message'] as object)) expect(text).toMatch(/\w{4}/);
      }
    });

    it('for no other unit, venue or network: FORBIDDEN', async () => {
      const others: Viewer[] = [
        otherStaff,
        { role: 'ANONYMOUS' },
        { role: 'NATIONAL' },
        { role: 'COORDINATOR', networkId: kuopio.networkId },
        { role: 'VENUE_STAFF', venueId: 'v1' },
        { role: 'HOLDER', cardId: 'c1' },
      ];
      for (const viewer of others)
        expect(await desk.do('issueCard', form(), viewer)).toMatchObject({ code: 'FORBIDDEN' });
    });

    it('with BAD_INPUT and the field for every wrong kind of answer', async () => {
      const scale = (satisfaction: object | null, consent: boolean | null = true): object => ({
        wellbeing: satisfaction && { satisfaction, consent },
      });
      const holder = { birthYear: 1990, postcode: '70100', children: 0, grandchildren: 0 };
      const wrong: readonly [string, object][] = [
        ['satisfaction', scale(null)],
        ['satisfaction', scale({})],
        ['satisfaction', scale({ answer: 11 })],
        ['satisfaction', scale({ answer: -1 })],
        ['satisfaction', scale({ answer: 5, declined: true })],
        ['satisfaction', scale({ declined: false })],
        ['consent', scale({ answer: 0 }, false)],
        ['consent', scale({ answer: 0 }, null)],
        ['increased', { wellbeing: { satisfaction: { declined: true }, increased: { answer: 3 } } }],
        ['toldNotToLeaveUnused', { toldNotToLeaveUnused: false }],
        ['homeInNetwork', { homeInNetwork: null }],
        ['holder', { holder: null }],
        ['holder', { kind: 'COMMUNITY' }],
        ['wellbeing', { kind: 'COMMUNITY', holder: null }],
        ['issuedOn', { issuedOn: '2026-11-23' }],
        ['requestId', { requestId: 'short' }],
        ['requestId', { requestId: 'x'.repeat(101) }],
        ['requestId', { requestId: 'with blanks in it' }],
        ['printedCode', { printedCode: '  ' }],
        ['printedCode', { printedCode: 'K'.repeat(65) }],
        ['issuerId', { issuerId: '' }],
        ['birthYear', { holder: { ...holder, birthYear: 1905 } }],
        ['postcode', { holder: { ...holder, postcode: '7010' } }],
        ['children', { holder: { ...holder, children: 21 } }],
        ['grandchildren', { holder: { ...holder, grandchildren: -1 } }],
        ['background', { holder: { ...holder, background: ['STUDENT', 'STUDENT'] } }],
      ];
      for (const [field, change] of wrong)
        expect(await desk.do('issueCard', form(change))).toMatchObject({ code: 'BAD_INPUT', field });
    });

    it('and GraphQL itself refuses a wrong type, a free text as background and a day that is none', async () => {
      const holder = { birthYear: 1990, postcode: '70100', children: 0, grandchildren: 0 };
      for (const change of [
        { kind: 'OTHER' },
        { toldNotToLeaveUnused: 'yes' },
        { issuedOn: '2026-02-30' },
        { holder: { ...holder, background: ['poor'] } },
        { holder: { ...holder, name: 'x' } },
        { holder: { ...holder, birthYear: 1990.5 } },
        { wellbeing: { satisfaction: { answer: '7' }, consent: true } },
        { requestId: null },
      ])
        expect(await desk.do('issueCard', form(change))).toMatchObject({ __typename: 'error' });
    });
  });
});
