import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeStartingWith, formatCode } from '../../subgraphs/cards/domain/code.ts';
import { findWaitingCodes } from '../../subgraphs/cards/store/batches.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';
import { say } from './cards-phone-support.ts';
import { deskOf, form, given, otherStaff, renewal, staff, type Desk } from './cards-register-support.ts';

const unknown = codeStartingWith('ZZZZZZZZZZZ');
const personLimit = 30;

describe.each(engines)('codes typed at a desk on $name', ({ location }) => {
  let cards: TestCards;
  let desk: Desk;
  beforeEach(async () => {
    cards = await openTestCards(await location());
    desk = deskOf(cards);
  });
  afterEach(async () => cards[Symbol.asyncDispose]());

  const own = async (): Promise<{ id: string; code: string }> => given(await desk.do('issueCard', form()));
  const printedAt = async (issuerId: string, viewer: Viewer): Promise<string> => {
    const said = await desk.do('createCardBatch', { issuerId, count: 1, requestId: newId() }, viewer);
    const [code = ''] = await findWaitingCodes(cards.services.database.reader, String(said['id']), {
      from: 1,
      to: 1,
    });
    return code;
  };
  const foreign = async (): Promise<string> =>
    given(await desk.do('issueCard', form({ issuerId: tampere.partnerId }), otherStaff)).code;

  /** The three ways in which a desk asks for a code, with what each says. */
  const asks: Readonly<Record<string, (code: string) => Promise<unknown>>> = {
    renewCard: (code) => desk.do('renewCard', renewal({ code })),
    printedCode: (printedCode) => desk.do('issueCard', form({ printedCode })),
    search: async (code) => {
      const query = `query ($code: String!) { issuerCards(issuerId: "${kuopio.partnerId}", code: $code) { totalCount } }`;
      const { data, errors } = await cards.ask(staff, query, { code });
      return errors ? { code: errors[0]?.extensions['code'] } : data;
    },
  };
  const rows = async (): Promise<unknown> =>
    cards.services.database.reader
      .selectFrom('attempt')
      .select(['scope', 'misses'])
      .orderBy('scope')
      .execute();

  it.each(Object.keys(asks))(
    '%s: nobody’s code, another unit’s card and its printed code are one answer, and each is a miss',
    async (way) => {
      const ask = asks[way]!;
      const codes = [unknown, await foreign(), await printedAt(tampere.partnerId, otherStaff)];
      const answers = [];
      for (const code of codes) answers.push(await ask(code));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await rows()).toEqual([
        { scope: 'PERSON', misses: 3 },
        { scope: 'VENUE', misses: 3 },
      ]);
    },
  );

  it.each(Object.keys(asks))(
    '%s: a desk with 30 misses gets no answer to a right code either',
    async (way) => {
      const ask = asks[way]!;
      const { id, code } = await own();
      const right = way === 'printedCode' ? await printedAt(kuopio.partnerId, staff) : code;
      const said = await Promise.all(Array.from({ length: personLimit + 10 }, () => ask(unknown)));
      const locked = said.filter((one) => (one as { code?: string }).code === 'TOO_MANY_MISSES');
      expect(locked).toHaveLength(10);
      for (const typed of [right, unknown])
        expect(await ask(typed)).toMatchObject({ code: 'TOO_MANY_MISSES' });
      // What needs no code goes on: the client at the desk is served from the list.
      expect(await desk.do('renewCard', renewal({ cardId: id }))).not.toMatchObject({
        code: 'TOO_MANY_MISSES',
      });
      expect(await desk.do('issueCard', form())).toMatchObject({ __typename: 'IssuedCard' });
      expect(await desk.do('renewCard', renewal({ code: right }), otherStaff)).toMatchObject({
        code: 'RENEW_AT_ISSUING_UNIT',
      });
      cards.clock.advance(15 * 60_000);
      expect(await ask(right)).not.toMatchObject({ code: 'TOO_MANY_MISSES' });
    },
  );

  it('right codes, typing mistakes and cards of the own unit that were handed over are no misses', async () => {
    const { code } = await own();
    const printed = await printedAt(kuopio.partnerId, staff);
    for (const ask of Object.values(asks)) {
      await ask(code);
      await ask('K7M4');
    }
    await asks['printedCode']?.(printed);
    expect(await asks['printedCode']?.(formatCode(printed as never))).toMatchObject({
      code: 'CODE_ALREADY_ISSUED',
    });
    expect(await rows()).toEqual([]);
  });

  it('is opened by the national centre; no event names the unit', async () => {
    const { code } = await own();
    for (let miss = 0; miss < personLimit; miss++) await asks['search']?.(unknown);
    const venueId = kuopio.partnerId;
    expect(await say(cards, 'unlockVenue', { role: 'NATIONAL' }, { venueId })).toMatchObject({ opened: 1 });
    expect(await asks['search']?.(code)).toEqual({ issuerCards: { totalCount: 1 } });
    const events = await cards.services.database.reader.selectFrom('outbox').selectAll().execute();
    expect(JSON.stringify(events)).not.toContain(kuopio.partnerId);
  });
});
