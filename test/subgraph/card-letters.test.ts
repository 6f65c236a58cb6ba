import { describe, expect, test } from 'vitest';
import { confirmLink, writeLetter, type WrittenLetter } from '../../subgraphs/cards/domain/letters.ts';
import { smtpTransport, type MailTransport, type Sent } from '../../subgraphs/cards/mail/transport.ts';
import { queueMail } from '../../subgraphs/cards/service/mail.ts';
import { sendWaitingMail, startPostman } from '../../subgraphs/cards/service/send-mail.ts';
import { eraseAccounts } from '../../subgraphs/cards/store/accounts.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { startSmtp } from '../support/smtp-server.ts';
import { kuopio, openTestCards, type TestCards } from './card-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const publicUrl = 'https://card.example.org';

/** A transport that answers as it is told and remembers. */
function remembering(answer: (to: string) => Sent = () => 'SENT') {
  const sent: { to: string; letter: WrittenLetter }[] = [];
  const transport: MailTransport = {
    send: async (to, letter) => {
      const outcome = answer(to);
      if (outcome === 'SENT') sent.push({ to, letter });
      return outcome;
    },
    close: () => {},
  };
  return { transport, sent, resting: new Map<string, number>() };
}

async function activate(cards: TestCards, email: string, language = 'FI'): Promise<void> {
  const { card } = await cards.issue();
  const { errors } = await cards.ask(
    issuer,
    `mutation ($cardId: ID!, $email: String!, $language: Language!) {
      activateAccount(input: { cardId: $cardId, email: $email, language: $language }) { __typename } }`,
    { cardId: card.id, email, language },
  );
  expect(errors).toBeUndefined();
}

async function waiting({ services }: TestCards): Promise<number> {
  return (await services.database.reader.selectFrom('outgoing_mail').select('id').execute()).length;
}

describe('sending over SMTP', () => {
  const letter = writeLetter('CONFIRM_ACCOUNT', 'FI', confirmLink(publicUrl, 'K7M4'));

  test('brings the letter as it was written, from our address, as sent by a machine', async () => {
    await using smtp = await startSmtp();
    const transport = smtpTransport({ smtpUrl: smtp.url, from: 'cards@example.org' });
    expect(await transport.send('holder@example.org', letter)).toBe('SENT');
    transport.close();
    expect(smtp.letters).toMatchObject([{ from: 'cards@example.org', to: 'holder@example.org' }]);
    expect(smtp.letters[0]?.text.replaceAll('\r\n', '\n').trim()).toBe(letter.text.trim());
    expect(smtp.letters[0]?.headers).toMatch(/^auto-submitted: auto-generated/im);
  });

  test.each([
    ['a server that is busy', { RCPT: '451 later' }, 'LATER'],
    ['a server that is full after the text', { END: '452 full' }, 'LATER'],
    ['a wrong password', { AUTH: '535 no' }, 'AWAY'],
    ['a sender that may send nothing', { MAIL: '550 not you' }, 'AWAY'],
    ['an address that is none', { RCPT: '550 nobody' }, 'LOST'],
    ['a letter that is not wanted', { END: '554 no' }, 'LOST'],
  ] as const)('%s', async (_, answers, outcome) => {
    await using smtp = await startSmtp();
    Object.assign(smtp.answers, answers);
    const withUser = smtp.url.replace('smtp://', 'smtp://user:secret@');
    const transport = smtpTransport({ smtpUrl: withUser, from: 'cards@example.org' });
    expect(await transport.send('holder@example.org', letter)).toBe(outcome);
    transport.close();
    expect(smtp.letters).toEqual([]);
  });

  test('a server that is away has taken nothing', async () => {
    const transport = smtpTransport({
      smtpUrl: `smtp://127.0.0.1:${await freePort()}`,
      from: 'cards@example.org',
    });
    expect(await transport.send('holder@example.org', letter)).toBe('AWAY');
    transport.close();
  });

  test('a password goes to no other machine without TLS', async () => {
    await using smtp = await startSmtp();
    const url = new URL(smtp.url.replace('smtp://', 'smtp://user:secret@'));
    // The same server under a name that is not this machine's own.
    url.hostname = '0.0.0.0';
    const transport = smtpTransport({ smtpUrl: url.href, from: 'cards@example.org' });
    expect(await transport.send('holder@example.org', letter)).toBe('AWAY');
    transport.close();
    expect(smtp.letters).toEqual([]);
  });
});

describe.each(engines)('the postman on $name', ({ location }) => {
  test('sends what waits, the oldest first and each in its language', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'first@example.org', 'SV');
    cards.clock.advance(1_000);
    await activate(cards, 'second@example.org', 'EN');
    const { sent, ...postman } = remembering();
    const done = await sendWaitingMail(cards.services, { ...postman, publicUrl });
    expect(done).toEqual({ sent: 2, lost: 0, later: 0, away: false });
    expect(sent.map(({ to }) => to)).toEqual(['first@example.org', 'second@example.org']);
    expect(sent[0]?.letter.subject).toBe(writeLetter('CONFIRM_ACCOUNT', 'SV', '').subject);
    expect(sent[1]?.letter.text).toMatch(/https:\/\/card\.example\.org\/card#confirm=\w{26}\n/);
    expect(await waiting(cards)).toBe(0);
  });

  test('the link of the letter confirms the account', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'first@example.org');
    const { sent, ...postman } = remembering();
    await sendWaitingMail(cards.services, { ...postman, publicUrl });
    const code = /#confirm=(\w+)/.exec(sent[0]?.letter.text ?? '')?.[1];
    const { data } = await cards.ask(
      { role: 'ANONYMOUS' },
      'mutation ($code: String!) { confirmAccount(code: $code) { __typename } }',
      { code },
    );
    expect(data).toEqual({ confirmAccount: { __typename: 'AccountConfirmed' } });
  });

  test('while the mail server is away letters keep their place and their end', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'first@example.org');
    cards.clock.advance(1_000);
    await activate(cards, 'second@example.org');
    const rows = () =>
      cards.services.database.reader.selectFrom('outgoing_mail').selectAll().orderBy('id').execute();
    const before = await rows();
    const away = remembering(() => 'AWAY');
    expect(await sendWaitingMail(cards.services, { ...away, publicUrl })).toEqual({
      sent: 0,
      lost: 0,
      later: 1,
      away: true,
    });
    expect(await rows()).toEqual(before);
    const back = remembering();
    await sendWaitingMail(cards.services, { ...back, publicUrl });
    expect(back.sent.map(({ to }) => to)).toEqual(['first@example.org', 'second@example.org']);
  });

  test('an address that takes nothing holds nobody else up', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'nobody@example.org');
    cards.clock.advance(1_000);
    await activate(cards, 'second@example.org');
    const { sent, ...postman } = remembering((to) => (to.startsWith('nobody') ? 'LOST' : 'SENT'));
    expect(await sendWaitingMail(cards.services, { ...postman, publicUrl })).toEqual({
      sent: 1,
      lost: 1,
      later: 0,
      away: false,
    });
    expect(sent.map(({ to }) => to)).toEqual(['second@example.org']);
    expect(await waiting(cards)).toBe(0);
  });

  test('a letter that is not taken now waits a minute, and nobody waits behind it', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'slow@example.org');
    cards.clock.advance(1_000);
    await activate(cards, 'second@example.org');
    let slow = true;
    const { sent, ...postman } = remembering((to) => (slow && to.startsWith('slow') ? 'LATER' : 'SENT'));
    const send = () => sendWaitingMail(cards.services, { ...postman, publicUrl });
    expect(await send()).toEqual({ sent: 1, lost: 0, later: 1, away: false });
    slow = false;
    expect(await send()).toEqual({ sent: 0, lost: 0, later: 0, away: false });
    cards.clock.advance(60_000);
    expect(await send()).toEqual({ sent: 1, lost: 0, later: 0, away: false });
    expect(sent.map(({ to }) => to)).toEqual(['second@example.org', 'slow@example.org']);
  });

  test('a letter whose account was erased on its way does not come back', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'first@example.org');
    const { database } = cards.services;
    const [account] = await database.reader.selectFrom('holder_account').select('id').execute();
    const transport: MailTransport = {
      send: async () => {
        await database.write((trx) => eraseAccounts(trx, [account?.id ?? '']));
        return 'AWAY';
      },
      close: () => {},
    };
    await sendWaitingMail(cards.services, { transport, resting: new Map(), publicUrl });
    expect(await waiting(cards)).toBe(0);
  });

  test('of ten postmen at once none sends a letter that another sends', async () => {
    await using cards = await openTestCards(await location());
    for (let turn = 0; turn < 12; turn += 1) await activate(cards, `holder${turn}@example.org`);
    const { sent, ...postman } = remembering();
    await Promise.all(
      Array.from({ length: 10 }, () => sendWaitingMail(cards.services, { ...postman, publicUrl })),
    );
    await sendWaitingMail(cards.services, { ...postman, publicUrl });
    expect(sent.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 12 }, (_, turn) => `holder${turn}@example.org`).sort(),
    );
  });

  test('a running postman sends by itself, and its log has numbers only', async () => {
    await using cards = await openTestCards(await location());
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    await using smtp = await startSmtp();
    await activate(cards, 'first@example.org');
    const postman = startPostman(
      { ...cards.services, logger },
      { transport: smtpTransport({ smtpUrl: smtp.url, from: 'cards@example.org' }), publicUrl },
    );
    await smtp.received(1);
    await postman.stop();
    expect(lines.join('')).toMatch(/"sent":1/);
    expect(lines.join('')).not.toMatch(/example\.org|confirm=/);
  });

  test('a letter too old for its link is not sent', async () => {
    await using cards = await openTestCards(await location());
    await activate(cards, 'first@example.org');
    cards.clock.advance(16 * 60_000);
    const { sent, ...postman } = remembering();
    await sendWaitingMail(cards.services, { ...postman, publicUrl });
    expect(sent).toEqual([]);
  });

  test('a queue is what it was for whoever fills it', async () => {
    await using cards = await openTestCards(await location());
    const { services } = cards;
    const letter = { to: 'a@example.org', language: null, code: null };
    const expiresAt = '2026-11-23T00:00:00.000Z';
    await services.database.write((trx) =>
      queueMail(trx, services, { accountId: 'some', kind: 'ACCOUNT_REPLACED', letter, expiresAt }),
    );
    const { sent, ...postman } = remembering();
    await sendWaitingMail(services, { ...postman, publicUrl });
    expect(sent[0]?.letter.text).toContain('Hei!');
    expect(sent[0]?.letter.text).toContain('Hej!');
  });
});
