import { describe, expect, test } from 'vitest';
import { formatCode } from '../../subgraphs/cards/domain/code.ts';
import { takeOutgoingMail } from '../../subgraphs/cards/service/mail.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines, testNow } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type Answer, type TestCards } from './card-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const otherIssuer: Viewer = { role: 'ISSUER_STAFF', issuerId: tampere.partnerId };
const anonymous: Viewer = { role: 'ANONYMOUS' };
const holderOf = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });
const minutes = 60_000;

const activate = `mutation ($cardId: ID!, $email: String!) {
  activateAccount(input: { cardId: $cardId, email: $email, language: FI }) {
    ... on AccountInvitation { cardId expiresAt }
    ... on AccountRefusal { code message { fi sv en } facts { name value } }
  }
}`;
const confirm = `mutation ($code: String!) {
  confirmAccount(code: $code) { ... on AccountConfirmed { confirmedAt } ... on AccountRefusal { code } }
}`;
const createCode = `mutation ($cardId: ID!, $lasts: HolderCodeLife!) {
  createHolderCode(input: { cardId: $cardId, lasts: $lasts }) {
    ... on HolderCode { oneTimeCode expiresAt }
    ... on AccountRefusal { code }
  }
}`;
const open = `mutation ($cardCode: String!, $code: String!) {
  openHolderCode(input: { cardCode: $cardCode, code: $code }) {
    ... on OpenedCard { card { id status validUntil } }
    ... on AccountRefusal { code }
  }
}`;
const close = `mutation ($phones: PhoneChoice!) {
  closeAccount(phones: $phones) { ... on AccountClosed { cardId } ... on AccountRefusal { code } }
}`;
const mine = `{ myCard { id status holder { birthYear } account { state email confirmedAt } usesThisYear } }`;

const answerOf = ({ data, errors }: Answer, field: string): Record<string, unknown> => {
  expect(errors).toBeUndefined();
  return data?.[field] as Record<string, unknown>;
};
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions['code'];

async function invite(cards: TestCards, cardId: string, email: string): Promise<string> {
  answerOf(await cards.ask(issuer, activate, { cardId, email }), 'activateAccount');
  const mails = await takeOutgoingMail(cards.services);
  return mails.find(({ to }) => to === email)?.code ?? '';
}

describe.each(engines)('the holder account on $name', ({ location }) => {
  test('the issuer types the address, the client follows the link, and only the client reads the address', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const invited = answerOf(
      await cards.ask(issuer, activate, { cardId: card.id, email: ' Planted.Address@Example.ORG ' }),
      'activateAccount',
    );
    expect(invited).toEqual({ cardId: card.id, expiresAt: '2026-11-22T10:15:00.000Z' });
    const [mail] = await takeOutgoingMail(cards.services);
    expect(mail).toMatchObject({
      kind: 'CONFIRM_ACCOUNT',
      to: 'Planted.Address@example.org',
      language: 'FI',
    });
    expect(mail?.code).toMatch(/^[0-9A-Z]{26}$/);

    const before = answerOf(await cards.ask(holderOf(card.id), mine), 'myCard');
    expect(before['account']).toEqual({ state: 'WAITING', email: null, confirmedAt: null });
    const confirmed = answerOf(await cards.ask(anonymous, confirm, { code: mail?.code }), 'confirmAccount');
    expect(confirmed).toEqual({ confirmedAt: '2026-11-22T10:00:00.000Z' });
    const after = answerOf(await cards.ask(holderOf(card.id), mine), 'myCard');
    expect(after['account']).toMatchObject({ state: 'ACTIVE', email: 'Planted.Address@example.org' });

    const entity = `query ($id: ID!) { _entities(representations: [{ __typename: "Card", id: $id }]) {
      ... on Card { account { state email } } } }`;
    for (const viewer of [issuer, { role: 'NATIONAL' } as const]) {
      const { data } = await cards.ask(viewer, entity, { id: card.id });
      expect(data).toEqual({ _entities: [{ account: { state: 'ACTIVE', email: null } }] });
    }
    const venue = { role: 'VENUE_STAFF', venueId: 'v' } as const;
    expect((await cards.ask(venue, entity, { id: card.id })).data).toEqual({
      _entities: [{ account: null }],
    });
  });

  test('the answer is the same for a known address and for an unknown one', async () => {
    await using cards = await openTestCards(await location());
    const [one, two] = [await cards.issue(), await cards.issue()];
    const code = await invite(cards, one.card.id, 'known@example.org');
    await cards.ask(anonymous, confirm, { code });
    const answers = await Promise.all(
      ['known@example.org', 'new@example.org'].map((email) =>
        cards.ask(issuer, activate, { cardId: two.card.id, email }),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  test('a link works once and for fifteen minutes; every other code is answered alike', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const code = await invite(cards, card.id, 'a@example.org');
    const twice = await Promise.all([
      cards.ask(anonymous, confirm, { code }),
      cards.ask(anonymous, confirm, { code: ` ${code.toLowerCase()} ` }),
    ]);
    const results = twice.map((answer) => answerOf(answer, 'confirmAccount'));
    expect(results.filter((result) => 'confirmedAt' in result)).toHaveLength(1);
    const late = await invite(cards, card.id, 'b@example.org');
    cards.clock.advance(15 * minutes);
    for (const wrong of [code, late, '0'.repeat(26), 'short', 'ÄÄÄÄ']) {
      const refused = answerOf(await cards.ask(anonymous, confirm, { code: wrong }), 'confirmAccount');
      expect(refused).toEqual({ code: 'CODE_NOT_VALID' });
    }
  });

  test('an account stays until the link of the new address is followed; then the old address is told', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    await cards.ask(anonymous, confirm, { code: await invite(cards, card.id, 'old@example.org') });
    const code = await invite(cards, card.id, 'new@example.org');
    const waiting = answerOf(await cards.ask(holderOf(card.id), mine), 'myCard');
    expect(waiting['account']).toMatchObject({ state: 'ACTIVE', email: 'old@example.org' });
    await cards.ask(anonymous, confirm, { code });
    const replaced = answerOf(await cards.ask(holderOf(card.id), mine), 'myCard');
    expect(replaced['account']).toMatchObject({ state: 'ACTIVE', email: 'new@example.org' });
    expect(await takeOutgoingMail(cards.services)).toMatchObject([
      { kind: 'ACCOUNT_REPLACED', to: 'old@example.org', language: null, code: null },
    ]);
  });

  test('the sixth mail of a card within a day is refused, and the day after it goes', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const variables = { cardId: card.id, email: 'a@example.org' };
    for (let mail = 1; mail <= 5; mail += 1) {
      expect(answerOf(await cards.ask(issuer, activate, variables), 'activateAccount')).toHaveProperty(
        'expiresAt',
      );
    }
    const sixth = answerOf(await cards.ask(issuer, activate, variables), 'activateAccount');
    expect(sixth).toMatchObject({ code: 'TOO_MANY_MAILS' });
    cards.clock.advance(24 * 60 * minutes);
    expect(answerOf(await cards.ask(issuer, activate, variables), 'activateAccount')).toHaveProperty(
      'expiresAt',
    );
  });

  test('the holder closes the account: the address is gone, the card stays', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const none = answerOf(await cards.ask(holderOf(card.id), close, { phones: 'KEEP' }), 'closeAccount');
    expect(none).toEqual({ code: 'NO_ACCOUNT' });
    await cards.ask(anonymous, confirm, { code: await invite(cards, card.id, 'a@example.org') });
    const phone = { id: 'phone-1', card_id: card.id, key_id: 'key-1', algorithm: 'ES256' } as const;
    const at = { public_key: 'key', enrolled_at: testNow, revoked_at: null, changed_at: testNow };
    await cards.services.database.write((trx) =>
      trx
        .insertInto('phone')
        .values({ ...phone, ...at })
        .execute(),
    );
    const closed = answerOf(await cards.ask(holderOf(card.id), close, { phones: 'REVOKE' }), 'closeAccount');
    expect(closed).toEqual({ cardId: card.id });
    const { reader } = cards.services.database;
    expect(await reader.selectFrom('phone').select('revoked_at').execute()).toEqual([
      { revoked_at: testNow },
    ]);
    for (const table of ['holder_account', 'holder_contact', 'outgoing_mail'] as const) {
      expect({ table, rows: await reader.selectFrom(table).selectAll().execute() }).toEqual({
        table,
        rows: [],
      });
    }
    expect(answerOf(await cards.ask(holderOf(card.id), mine), 'myCard')).toMatchObject({
      status: 'VALID',
      holder: { birthYear: 1990 },
      account: { state: 'NONE' },
    });
  });

  test('a holder without e-mail opens the card with a one-time code, once', async () => {
    await using cards = await openTestCards(await location());
    const { card, code: cardCode } = await cards.issue();
    const made = answerOf(
      await cards.ask(issuer, createCode, { cardId: card.id, lasts: 'TODAY' }),
      'createHolderCode',
    );
    expect(made['oneTimeCode']).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    // Midnight in Helsinki.
    expect(made['expiresAt']).toBe('2026-11-22T22:00:00.000Z');
    const variables = { cardCode: formatCode(cardCode), code: String(made['oneTimeCode']).toLowerCase() };
    const opened = answerOf(await cards.ask(anonymous, open, variables), 'openHolderCode');
    expect(opened).toEqual({ card: { id: card.id, status: 'VALID', validUntil: card.validUntil } });
    const again = answerOf(await cards.ask(anonymous, open, variables), 'openHolderCode');
    expect(again).toEqual({ code: 'CODE_NOT_VALID' });
  });

  test('five wrong guesses end a one-time code, also when they come all at once', async () => {
    await using cards = await openTestCards(await location());
    const { card, code: cardCode } = await cards.issue();
    const made = answerOf(
      await cards.ask(issuer, createCode, { cardId: card.id, lasts: 'QUARTER_HOUR' }),
      'createHolderCode',
    );
    const guesses = Array.from({ length: 8 }, (_, n) => `0000-000${n}`);
    const answers = await Promise.all(guesses.map((code) => cards.ask(anonymous, open, { cardCode, code })));
    for (const answer of answers) {
      expect(answerOf(answer, 'openHolderCode')).toEqual({ code: 'CODE_NOT_VALID' });
    }
    const right = await cards.ask(anonymous, open, { cardCode, code: made['oneTimeCode'] });
    expect(answerOf(right, 'openHolderCode')).toEqual({ code: 'CODE_NOT_VALID' });
    const row = await cards.services.database.reader
      .selectFrom('one_time_code')
      .select('misses')
      .executeTakeFirstOrThrow();
    expect(row.misses).toBe(5);
  });

  test('a new one-time code ends the one before it, and an old or foreign code opens nothing', async () => {
    await using cards = await openTestCards(await location());
    const [mineCard, other] = [await cards.issue(), await cards.issue()];
    const make = async (): Promise<unknown> =>
      answerOf(
        await cards.ask(issuer, createCode, { cardId: mineCard.card.id, lasts: 'QUARTER_HOUR' }),
        'createHolderCode',
      )['oneTimeCode'];
    const [first, second] = [await make(), await make()];
    const refused = { code: 'CODE_NOT_VALID' };
    const tryOpen = async (cardCode: string, code: unknown): Promise<unknown> =>
      answerOf(await cards.ask(anonymous, open, { cardCode, code }), 'openHolderCode');
    expect(await tryOpen(mineCard.code, first)).toEqual(refused);
    expect(await tryOpen(other.code, second)).toEqual(refused);
    expect(await tryOpen('DEM0-0000-999S', second)).toEqual(refused);
    expect(await tryOpen('not a card code', second)).toEqual(refused);
    cards.clock.advance(15 * minutes);
    expect(await tryOpen(mineCard.code, second)).toEqual(refused);
  });

  test('another unit is told that there is no such card, and nobody else may serve a holder', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const viewers: readonly Viewer[] = [
      otherIssuer,
      holderOf(card.id),
      anonymous,
      { role: 'NATIONAL' },
      { role: 'COORDINATOR', networkId: kuopio.networkId },
      { role: 'VENUE_STAFF', venueId: 'v' },
    ];
    for (const viewer of viewers) {
      const answers = [
        await cards.ask(viewer, activate, { cardId: card.id, email: 'a@example.org' }),
        await cards.ask(viewer, createCode, { cardId: card.id, lasts: 'TODAY' }),
      ];
      expect([viewer.role, ...answers.map(codeOf)]).toEqual([viewer.role, 'NOT_FOUND', 'NOT_FOUND']);
    }
    expect(codeOf(await cards.ask(issuer, close, { phones: 'KEEP' }))).toBe('FORBIDDEN');
  });

  test('a community card has no account and no one-time code', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue({ kind: 'COMMUNITY', holder: null });
    const no = { code: 'CARD_HAS_NO_HOLDER' };
    expect(
      answerOf(
        await cards.ask(issuer, activate, { cardId: card.id, email: 'a@example.org' }),
        'activateAccount',
      ),
    ).toMatchObject(no);
    expect(
      answerOf(await cards.ask(issuer, createCode, { cardId: card.id, lasts: 'TODAY' }), 'createHolderCode'),
    ).toMatchObject(no);
  });
});
