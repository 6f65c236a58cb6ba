import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { mergeCards } from '../../subgraphs/cards/service/merge-cards.ts';
import { reportCardLost } from '../../subgraphs/cards/service/card-status.ts';
import { takeOutgoingMail } from '../../subgraphs/cards/service/mail.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { openTestCards, type TestCards } from './card-support.ts';
import { addPhone, doorOf, say } from './cards-phone-support.ts';
import { staff } from './cards-register-support.ts';

const holderOf = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });

describe.each(engines)('what a merge does beside the register on $name', ({ location }) => {
  let cards: TestCards;
  beforeEach(async () => {
    cards = await openTestCards(await location());
  });
  afterEach(async () => cards[Symbol.asyncDispose]());

  const one = async (): Promise<string> => (await cards.issue()).card.id;
  const merge = async (fromCardId: string, intoCardId: string): Promise<void> => {
    const said = await mergeCards(cards.services, staff, { fromCardId, intoCardId, requestId: newId() });
    expect(isRefusal(said)).toBe(false);
  };
  const invite = async (cardId: string, email: string): Promise<string> => {
    const ask = `mutation ($cardId: ID!, $email: String!) {
      activateAccount(input: { cardId: $cardId, email: $email, language: FI }) { __typename } }`;
    expect((await cards.ask(staff, ask, { cardId, email })).errors).toBeUndefined();
    const mails = await takeOutgoingMail(cards.services);
    return mails.find(({ to }) => to === email)?.code ?? '';
  };
  const confirm = async (code: string): Promise<unknown> => {
    const ask = `mutation ($code: String!) { said: confirmAccount(code: $code) { __typename } }`;
    const { data } = await cards.ask({ role: 'ANONYMOUS' }, ask, { code });
    return (data?.['said'] as { __typename: string }).__typename;
  };
  const account = async (cardId: string): Promise<unknown> => {
    const { data } = await cards.ask(holderOf(cardId), '{ myCard { account { state email } } }');
    return (data?.['myCard'] as { account: unknown }).account;
  };
  const rowsOf = async (table: 'holder_account' | 'holder_contact' | 'one_time_code'): Promise<number> =>
    (await cards.services.database.reader.selectFrom(table).selectAll().execute()).length;

  it('the account goes over to a survivor that has none', async () => {
    const [from, into] = [await one(), await one()];
    await confirm(await invite(from, 'planted@example.org'));
    await merge(from, into);
    expect(await account(into)).toEqual({ state: 'ACTIVE', email: 'planted@example.org' });
    expect(await account(from)).toMatchObject({ state: 'NONE', email: null });
  });

  it('an account that is used goes over also to a survivor that was only invited, whose link stays good', async () => {
    const [from, into] = [await one(), await one()];
    await confirm(await invite(from, 'used@example.org'));
    const code = await invite(into, 'invited@example.org');
    await merge(from, into);
    expect(await account(into)).toEqual({ state: 'ACTIVE', email: 'used@example.org' });
    expect(await confirm(code)).toBe('AccountConfirmed');
    expect(await account(into)).toEqual({ state: 'ACTIVE', email: 'invited@example.org' });
    expect(await rowsOf('holder_contact')).toBe(1);
  });

  it('is closed with its address when the survivor has one; an invitation is void in any case', async () => {
    const [from, into, third] = [await one(), await one(), await one()];
    await confirm(await invite(from, 'goes@example.org'));
    await confirm(await invite(into, 'stays@example.org'));
    const open = await invite(third, 'open@example.org');
    await merge(from, into);
    await merge(third, into);
    expect(await account(into)).toEqual({ state: 'ACTIVE', email: 'stays@example.org' });
    expect([await rowsOf('holder_account'), await rowsOf('holder_contact')]).toEqual([1, 1]);
    expect(await confirm(open)).toBe('AccountRefusal');
  });

  it('phones show the survivor, the five newest of both, and none of a card that was lost', async () => {
    const [from, into, lost] = [await one(), await one(), await one()];
    const added: Awaited<ReturnType<typeof addPhone>>[] = [];
    for (const cardId of [from, from, into, into, into, from]) {
      added.push(await addPhone(cards, cardId));
      cards.clock.advance(1_000);
    }
    const stolen = await addPhone(cards, lost);
    await reportCardLost(cards.services, staff, lost);
    await merge(from, into);
    await merge(lost, into);
    const venueId = newId();
    const shown = async ({ own, keyId }: (typeof added)[number]): Promise<unknown> => {
      const code = own.token(keyId, cards.clock.now());
      const said = await say(cards, 'presentCard', doorOf(venueId), { input: { code, venueId } });
      return said['code'] ?? (said['card'] as { id: string }).id;
    };
    expect(await Promise.all([...added, stolen].map(shown))).toEqual([
      'CARD_UNKNOWN',
      ...Array.from({ length: 5 }, () => into),
      'CARD_UNKNOWN',
    ]);
    const { data } = await cards.ask(holderOf(into), `{ phones(cardId: "${into}") { id } }`);
    expect(data?.['phones']).toHaveLength(5);
  });

  it('who looked at any of the registrations is told to the holder of the last one', async () => {
    const [first, second, third] = [await one(), await one(), await one()];
    const look = `query ($id: ID!) { card(id: $id) { holder { birthYear } } }`;
    for (const id of [first, second, third]) {
      await cards.ask(staff, look, { id });
      cards.clock.advance(1_000);
    }
    await merge(first, second);
    await merge(second, third);
    const read = '{ myCard { readings { totalCount nodes { purpose reader } } } }';
    const { data } = await cards.ask(holderOf(third), read);
    expect((data?.['myCard'] as { readings: { totalCount: number } }).readings.totalCount).toBe(3);
    const ids = await cards.services.database.reader
      .selectFrom('read_log')
      .select('card_id')
      .orderBy('seq')
      .execute();
    expect(ids.map(({ card_id }) => card_id)).toEqual([first, second, third]);
  });
});
