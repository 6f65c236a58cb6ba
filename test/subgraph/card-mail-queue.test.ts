import { describe, expect, test } from 'vitest';
import { maxWaitingMails } from '../../subgraphs/cards/domain/account.ts';
import { takeOutgoingMail } from '../../subgraphs/cards/service/mail.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, type TestCards } from './card-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const activate = `mutation ($cardId: ID!, $email: String!) {
  answer: activateAccount(input: { cardId: $cardId, email: $email, language: SV }) {
    __typename ... on AccountRefusal { code message { fi sv en } } } }`;
const confirm = `mutation ($code: String!) { answer: confirmAccount(code: $code) { __typename } }`;

async function say(
  cards: TestCards,
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown>,
): Promise<unknown> {
  const { data, errors } = await cards.ask(viewer, query, variables);
  expect(errors).toBeUndefined();
  return data?.['answer'];
}

/** Mail that nobody sends; in the order in which a sender would take it it comes before everything else. */
async function fillQueue({ services }: TestCards, mails: number, expiresAt: string): Promise<void> {
  const step = 500;
  await services.database.write(async (trx) => {
    for (let from = 0; from < mails; from += step) {
      const values = Array.from({ length: Math.min(step, mails - from) }, (_, n) => ({
        id: `planted-${from + n}`,
        account_id: 'nobody',
        kind: 'CONFIRM_ACCOUNT' as const,
        sealed: 'planted',
        created_at: '2026-11-01T00:00:00.000Z',
        expires_at: expiresAt,
      }));
      await trx.insertInto('outgoing_mail').values(values).execute();
    }
  });
}

async function waiting({ services }: TestCards): Promise<number> {
  return (await services.database.reader.selectFrom('outgoing_mail').select('id').execute()).length;
}

describe.each(engines)('the queue of mail on $name', ({ location }) => {
  test('a full one refuses MAIL_QUEUE_FULL in three languages, and nothing of the account is kept', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    await fillQueue(cards, maxWaitingMails, '2026-11-22T11:00:00.000Z');
    const variables = { cardId: card.id, email: 'a@example.org' };
    const { code, message } = (await say(cards, issuer, activate, variables)) as {
      code: string;
      message: Record<string, string>;
    };
    expect(code).toBe('MAIL_QUEUE_FULL');
    for (const text of Object.values(message)) expect(text).toMatch(/\S.{10,}/);
    expect(await waiting(cards)).toBe(maxWaitingMails);
    const { reader } = cards.services.database;
    for (const table of ['holder_account', 'holder_contact', 'one_time_code', 'read_log'] as const)
      expect([table, await reader.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
  });

  test('mail that is too old to be sent makes room at once, not only at night', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    await fillQueue(cards, maxWaitingMails, '2026-11-22T10:00:00.000Z');
    const variables = { cardId: card.id, email: 'a@example.org' };
    expect(await say(cards, issuer, activate, variables)).toEqual({ __typename: 'AccountInvitation' });
    expect(await waiting(cards)).toBe(1);
  });

  test('after two who ask for the last place at the same time the next is refused', async () => {
    await using cards = await openTestCards(await location());
    const ids = [(await cards.issue()).card.id, (await cards.issue()).card.id];
    await fillQueue(cards, maxWaitingMails - 1, '2026-11-22T11:00:00.000Z');
    await Promise.all(ids.map((cardId) => say(cards, issuer, activate, { cardId, email: 'a@example.org' })));
    // On PostgreSQL two that count at once may both go in: the limit is where nobody sends, not a promise to the letter.
    expect(await waiting(cards)).toBeLessThanOrEqual(maxWaitingMails + 1);
    const third = (await cards.issue()).card.id;
    expect(await say(cards, issuer, activate, { cardId: third, email: 'a@example.org' })).toMatchObject({
      code: 'MAIL_QUEUE_FULL',
    });
  });

  test('a full one keeps nobody out of the own account: only the note to the old address is left out', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    for (const email of ['old@example.org', 'new@example.org']) {
      await say(cards, issuer, activate, { cardId: card.id, email });
      const [mail] = await takeOutgoingMail(cards.services);
      if (email.startsWith('new')) await fillQueue(cards, maxWaitingMails, '2026-11-22T11:00:00.000Z');
      expect(await say(cards, { role: 'ANONYMOUS' }, confirm, { code: mail?.code })).toEqual({
        __typename: 'AccountConfirmed',
      });
    }
    expect(await waiting(cards)).toBe(maxWaitingMails);
  });
});
