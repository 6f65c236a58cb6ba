import { describe, expect, test } from 'vitest';
import { runRetention } from '../../subgraphs/cards/service/retention.ts';
import { takeOutgoingMail } from '../../subgraphs/cards/service/mail.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, type TestCards } from './card-support.ts';
import { deskOf, renewal } from './cards-register-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const anonymous: Viewer = { role: 'ANONYMOUS' };
const rounds = 12;

const activate = `mutation ($cardId: ID!, $email: String!) {
  answer: activateAccount(input: { cardId: $cardId, email: $email, language: FI }) { __typename } }`;
const confirm = `mutation ($code: String!) { answer: confirmAccount(code: $code) { __typename } }`;
const close = `mutation { answer: closeAccount(phones: KEEP) { __typename } }`;
const erase = `mutation ($cardId: ID!) {
  answer: eraseHolder(input: { cardId: $cardId, reason: HOLDER_ASKED }) { __typename } }`;

/** What a mutation answered; an error fails the test. */
async function said(
  cards: TestCards,
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<string> {
  const { data, errors } = await cards.ask(viewer, query, variables);
  expect(errors).toBeUndefined();
  return (data?.['answer'] as { __typename: string }).__typename;
}

async function invited(cards: TestCards): Promise<{ readonly cardId: string; readonly code: string }> {
  const cardId = (await cards.issue()).card.id;
  await said(cards, issuer, activate, { cardId, email: 'first@example.org' });
  const [mail] = await takeOutgoingMail(cards.services);
  return { cardId, code: mail?.code ?? '' };
}

async function accountsOf({ services }: TestCards, cardId: string): Promise<{ readonly confirmed: number }> {
  const rows = await services.database.reader
    .selectFrom('holder_account')
    .innerJoin('holder_contact', 'account_id', 'id')
    .select('confirmed_at')
    .where('card_id', '=', cardId)
    .execute();
  return { confirmed: rows.filter(({ confirmed_at }) => confirmed_at !== null).length };
}

describe.each(engines)('an account and two who act at once, on $name', ({ location }) => {
  test('a link that was followed stays followed, whatever invitation is sent at that moment', async () => {
    await using cards = await openTestCards(await location());
    for (let round = 0; round < rounds; round += 1) {
      const { cardId, code } = await invited(cards);
      const [confirmed] = await Promise.all([
        said(cards, anonymous, confirm, { code }),
        said(cards, issuer, activate, { cardId, email: 'second@example.org' }),
      ]);
      const expected = confirmed === 'AccountConfirmed' ? 1 : 0;
      expect(await accountsOf(cards, cardId)).toEqual({ confirmed: expected });
      await takeOutgoingMail(cards.services);
    }
  });

  test('of a link and a closing at once one comes first, and the other is answered by it', async () => {
    await using cards = await openTestCards(await location());
    for (let round = 0; round < rounds; round += 1) {
      const { cardId, code } = await invited(cards);
      const [confirmed] = await Promise.all([
        said(cards, anonymous, confirm, { code }),
        said(cards, { role: 'HOLDER', cardId }, close),
      ]);
      // Closed after it was confirmed, or confirmed never: an account is left in neither.
      expect(['AccountConfirmed', 'AccountRefusal']).toContain(confirmed);
      expect(await accountsOf(cards, cardId)).toEqual({ confirmed: 0 });
    }
  });

  test('after an erasure at the moment of the link no address is left', async () => {
    await using cards = await openTestCards(await location());
    for (let round = 0; round < rounds; round += 1) {
      const { cardId, code } = await invited(cards);
      const [, erased] = await Promise.all([
        said(cards, anonymous, confirm, { code }),
        said(cards, issuer, erase, { cardId }),
      ]);
      expect(erased).toBe('HolderErased');
      expect(await accountsOf(cards, cardId)).toEqual({ confirmed: 0 });
    }
  });

  test('a card that is renewed while the night unlinks old ones keeps its holder, or is not renewed', async () => {
    await using cards = await openTestCards(await location());
    const ids: string[] = [];
    for (let n = 0; n < rounds; n += 1) ids.push((await cards.issue()).card.id);
    // Its last day was 2027-11-21; twelve months later the night comes. The unit still takes part.
    cards.clock.set('2028-11-22T10:00:00.000Z');
    const partner = { ...kuopio, role: 'ISSUER', name: 'A made-up unit', kind: 'association' };
    const years = { municipalityId: 'municipality-kuopio', years: [2026, 2028] };
    await cards.publish('networks', 'partner.registered', { ...partner, ...years });
    await cards.subgraph.caughtUp();
    const desk = deskOf(cards);
    const [report, ...answers] = await Promise.all([
      runRetention(cards.services, false),
      ...ids.map((cardId) => desk.do('renewCard', { ...renewal(), cardId })),
    ]);
    const rows = await cards.services.database.reader
      .selectFrom('card')
      .select(['id', 'holder_id'])
      .execute();
    const linked = new Set(rows.filter(({ holder_id }) => holder_id !== null).map(({ id }) => id));
    answers.forEach(({ __typename }, place) => {
      const id = ids[place] ?? '';
      expect([id, __typename]).toEqual([id, linked.has(id) ? 'RenewedCard' : 'RenewCardRefusal']);
    });
    expect(report.counts.EXPIRED_CARDS_UNLINKED).toBe(rounds - linked.size);
  });
});
