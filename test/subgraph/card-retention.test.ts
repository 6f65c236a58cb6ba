import { describe, expect, test } from 'vitest';
import { bookCard } from '../../subgraphs/cards/service/book-card.ts';
import { eraseHolder } from '../../subgraphs/cards/service/erase.ts';
import { takeOutgoingMail } from '../../subgraphs/cards/service/mail.ts';
import { doNightWork } from '../../subgraphs/cards/service/nightly.ts';
import { recountOnce } from '../../subgraphs/cards/service/recount.ts';
import { runRetention } from '../../subgraphs/cards/service/retention.ts';
import { createSealer, developmentSecret } from '../../subgraphs/cards/service/secrets.ts';
import { recordWellbeing } from '../../subgraphs/cards/service/wellbeing.ts';
import type { CardsContext } from '../../subgraphs/cards/service/context.ts';
import { setValidUntil } from '../../subgraphs/cards/store/cards.ts';
import { listSigningKeys } from '../../subgraphs/cards/store/signing-keys.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import { engines, testNow } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const anonymous: Viewer = { role: 'ANONYMOUS' };
const holderOf = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });

const activate = `mutation ($cardId: ID!, $email: String!) {
  activateAccount(input: { cardId: $cardId, email: $email, language: FI }) { __typename } }`;
const confirm = `mutation ($code: String!) { confirmAccount(code: $code) { __typename } }`;
const createCode = `mutation ($cardId: ID!) {
  createHolderCode(input: { cardId: $cardId, lasts: TODAY }) { __typename } }`;
const erase = `mutation ($cardId: ID!, $reason: EraseReason!) {
  eraseHolder(input: { cardId: $cardId, reason: $reason }) {
    ... on HolderErased { cardId } ... on AccountRefusal { code } } }`;

/** A card with everything that a holder can have. */
async function fullCard(cards: TestCards): Promise<{ id: string; code: string }> {
  const { card, code } = await cards.issue();
  const { services } = cards;
  await cards.ask(issuer, activate, { cardId: card.id, email: 'planted@example.org' });
  const [mail] = await takeOutgoingMail(services);
  await cards.ask(anonymous, confirm, { code: mail?.code });
  await cards.ask(issuer, activate, { cardId: card.id, email: 'planted.new@example.org' });
  await cards.ask(issuer, createCode, { cardId: card.id });
  await services.database.write((trx) =>
    recordWellbeing(trx, services, {
      cardId: card.id,
      issuerId: kuopio.partnerId,
      networkId: kuopio.networkId,
      year: 2026,
      occasion: 'ISSUE',
      satisfaction: 7,
      increased: null,
      consent: true,
      at: testNow,
    }),
  );
  await services.database.write(async (trx) => {
    await trx
      .insertInto('phone')
      .values({
        id: `phone-${card.id}`,
        card_id: card.id,
        key_id: `key-${card.id}`.slice(0, 12),
        algorithm: 'ED25519',
        public_key: 'planted-key',
        enrolled_at: testNow,
        revoked_at: null,
        changed_at: testNow,
      })
      .execute();
    await trx
      .insertInto('phone_shown')
      .values({ key_id: `key-${card.id}`.slice(0, 12), place: 0, slot: 4, venue_id: 'v' })
      .execute();
  });
  await cards.publish('venues', 'redemption.recorded', {
    redemptionId: 'r',
    cardId: card.id,
    at: testNow,
  });
  await cards.subgraph.caughtUp();
  return { id: card.id, code };
}

const personal = [
  'holder',
  'holder_account',
  'holder_contact',
  'outgoing_mail',
  'one_time_code',
  'wellbeing_first',
] as const;

async function rowsOf(cards: TestCards): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of personal) {
    const rows = await cards.services.database.reader.selectFrom(table).selectAll().execute();
    counts[table] = rows.length;
  }
  return counts;
}

const nothing = Object.fromEntries(personal.map((table) => [table, 0]));

describe.each(engines)('erasing and retention on $name', ({ location }) => {
  test('an erased holder leaves nothing personal, an unusable card, and every figure as it was', async () => {
    await using cards = await openTestCards(await location());
    const { id, code } = await fullCard(cards);
    expect(await rowsOf(cards)).toEqual({
      holder: 1,
      holder_account: 2,
      holder_contact: 2,
      outgoing_mail: 1,
      one_time_code: 3,
      wellbeing_first: 1,
    });
    const { reader } = cards.services.database;
    const figures = (): Promise<unknown> =>
      reader.selectFrom('issuer_figure').selectAll().orderBy('figure').execute();
    const before = await figures();
    const { data, errors } = await cards.ask(holderOf(id), erase, { cardId: id, reason: 'HOLDER_ASKED' });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ eraseHolder: { cardId: id } });
    await cards.subgraph.caughtUp();
    expect(await rowsOf(cards)).toEqual(nothing);
    expect(await figures()).toEqual(before);
    expect((await recountOnce(reader)).differences).toEqual([]);
    const card = await reader.selectFrom('card').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(card).toMatchObject({ status: 'SUSPENDED', status_reason: 'ERASED', holder_id: null, uses: 1 });
    const codes = await reader.selectFrom('card_code').select('active').where('code', '=', code).execute();
    expect(codes).toEqual([{ active: 0 }]);
    expect(await reader.selectFrom('phone_shown').selectAll().execute()).toEqual([]);
    const phone = await reader.selectFrom('phone').selectAll().executeTakeFirstOrThrow();
    expect(phone).toMatchObject({ card_id: null, public_key: '', revoked_at: testNow });
    const again = await cards.ask(issuer, erase, { cardId: id, reason: 'OTHER' });
    expect(again.data).toEqual({ eraseHolder: { code: 'CARD_NOT_IN_USE' } });
  });

  test('the unit and the holder may erase, and nobody else is told that there is such a card', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const others: readonly Viewer[] = [
      anonymous,
      holderOf('another'),
      { role: 'ISSUER_STAFF', issuerId: tampere.partnerId },
      { role: 'NATIONAL' },
      { role: 'COORDINATOR', networkId: kuopio.networkId },
      { role: 'VENUE_STAFF', venueId: 'v' },
    ];
    for (const viewer of others) {
      const { errors } = await cards.ask(viewer, erase, { cardId: card.id, reason: 'OTHER' });
      expect([viewer.role, errors?.[0]?.extensions['code']]).toEqual([viewer.role, 'NOT_FOUND']);
    }
    const done = await cards.ask(issuer, erase, { cardId: card.id, reason: 'HOLDER_DIED' });
    expect(done.data).toEqual({ eraseHolder: { cardId: card.id } });
  });

  test.each([
    { cardId: '', reason: 'OTHER' },
    { cardId: 'a b', reason: 'OTHER' },
    { cardId: 'x'.repeat(65), reason: 'OTHER' },
    { cardId: 'card', reason: 'because' },
    { cardId: 'card', reason: '' },
  ])('bad input to erase is BAD_INPUT: %j', async (input) => {
    await using cards = await openTestCards(await location());
    const context = cards.subgraph.context(issuer, 'test') as CardsContext;
    await expect(eraseHolder(context, input)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('twelve months after its last day a card no longer leads to its holder; a dry run says so first', async () => {
    await using cards = await openTestCards(await location());
    const { id } = await fullCard(cards);
    const fresh = await cards.issue({ issuedOn: '2026-11-01' });
    const { database } = cards.services;
    const lastDay = await database.reader
      .selectFrom('card')
      .select('valid_until')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(lastDay.valid_until).toBe('2027-11-21');
    await cards.subgraph.caughtUp();
    await database.write(async (trx) => {
      await setValidUntil(trx, fresh.card.id, '2028-05-01');
      await bookCard(trx, fresh.card.id);
    });

    // The last day on which it can still be renewed with its history.
    cards.clock.set('2028-11-21T20:00:00.000Z');
    expect((await runRetention(cards.services, true)).counts.EXPIRED_CARDS_UNLINKED).toBe(0);
    cards.clock.set('2028-11-22T10:00:00.000Z');
    const planned = await runRetention(cards.services, true);
    expect(planned).toMatchObject({
      dryRun: true,
      counts: {
        EXPIRED_CARDS_UNLINKED: 1,
        ONE_TIME_CODES: 3,
        OUTGOING_MAILS: 1,
        UNCONFIRMED_ACCOUNTS: 1,
        CONTACTS_SEALED_ANEW: 0,
      },
    });
    expect((await rowsOf(cards))['holder']).toBe(2);
    const done = await runRetention(cards.services, false);
    expect(done.counts.EXPIRED_CARDS_UNLINKED).toBe(1);
    expect(done.readLog).toMatchObject({ chained: 3, brokenAt: null });
    expect(await rowsOf(cards)).toEqual({ ...nothing, holder: 1 });
    expect((await recountOnce(database.reader)).differences).toEqual([]);
    const again = await runRetention(cards.services, false);
    expect(Object.values(again.counts).every((count) => count === 0)).toBe(true);
    expect(JSON.stringify(done)).not.toContain(id);
  });

  test('more cards than one step takes are all unlinked', async () => {
    await using cards = await openTestCards(await location());
    for (let n = 0; n < 103; n += 1) await cards.issue();
    cards.clock.set('2028-12-01T10:00:00.000Z');
    expect((await runRetention(cards.services, false)).counts.EXPIRED_CARDS_UNLINKED).toBe(103);
    expect((await rowsOf(cards))['holder']).toBe(0);
  });

  test('the night is done once, from half past three in Helsinki on, whoever comes first', async () => {
    await using cards = await openTestCards(await location());
    cards.clock.set('2026-11-23T01:29:59.000Z');
    expect(await doNightWork(cards.services)).toBe(false);
    cards.clock.set('2026-11-23T01:30:00.000Z');
    const both = await Promise.all([doNightWork(cards.services), doNightWork(cards.services)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    cards.clock.set('2026-11-23T20:00:00.000Z');
    expect(await doNightWork(cards.services)).toBe(false);
    // Nothing ran in the next night: it is made up for by day.
    cards.clock.set('2026-11-24T12:00:00.000Z');
    expect(await doNightWork(cards.services)).toBe(true);
    const runs = await cards.services.database.reader.selectFrom('retention_run').selectAll().execute();
    expect(runs.map(({ day }) => day).toSorted()).toEqual(['2026-11-23', '2026-11-24']);
    expect(runs.every(({ finished_at }) => finished_at !== null)).toBe(true);
  });

  test('after the keys were changed the night seals addresses, waiting mail and signing keys anew', async () => {
    await using cards = await openTestCards(await location());
    const { id } = await fullCard(cards);
    const [now, former] = [Buffer.alloc(32, 2), developmentSecret[0]];
    const { services } = cards;
    const changing = { ...services, sealer: createSealer([now, former]) };
    const due = { CONTACTS_SEALED_ANEW: 2, MAILS_SEALED_ANEW: 1, SIGNING_KEYS_SEALED_ANEW: 1 };
    expect((await runRetention(changing, true)).counts).toMatchObject(due);
    expect((await runRetention(changing, false)).counts).toMatchObject(due);
    const after = { ...services, sealer: createSealer([now]) };
    expect((await runRetention(after, true)).counts).toMatchObject({
      CONTACTS_SEALED_ANEW: 0,
      MAILS_SEALED_ANEW: 0,
      SIGNING_KEYS_SEALED_ANEW: 0,
    });
    const { reader } = services.database;
    const [account] = await reader
      .selectFrom('holder_account')
      .innerJoin('holder_contact', 'account_id', 'id')
      .select(['id', 'email', 'email_digest'])
      .where('card_id', '=', id)
      .where('confirmed_at', 'is not', null)
      .execute();
    const address = 'planted@example.org';
    expect(after.sealer.open('holder-email', account?.id ?? '', account?.email ?? '')).toBe(address);
    expect(account?.email_digest).toBe(after.sealer.digest('holder-email', address));
    expect(await takeOutgoingMail(after)).toMatchObject([{ to: 'planted.new@example.org' }]);
    const [key] = await listSigningKeys(reader);
    expect(after.sealer.isCurrent('signing-key', key?.kid ?? '', key?.privateKey ?? '')).toBe(true);
  });

  test('nothing personal stands in an event, a log line, an error, or readable in a table', async () => {
    await using cards = await openTestCards(await location());
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    Object.assign(cards.services, { logger });
    const { id } = await fullCard(cards);
    const bad = await cards.ask(issuer, activate, { cardId: id, email: 'planted example.org' });
    await cards.ask(issuer, erase, { cardId: id, reason: 'OTHER' });
    await cards.ask(issuer, activate, { cardId: id, email: 'planted@example.org' });
    cards.clock.set('2026-11-23T05:00:00.000Z');
    await doNightWork(cards.services);
    const { reader } = cards.services.database;
    const events = await reader.selectFrom('outbox').selectAll().execute();
    const sealed = [
      ...(await reader.selectFrom('holder_contact').selectAll().execute()),
      ...(await reader.selectFrom('outgoing_mail').selectAll().execute()),
      ...(await reader.selectFrom('read_log').selectAll().execute()),
      ...(await reader.selectFrom('retention_run').selectAll().execute()),
    ];
    expect(events.length).toBeGreaterThan(1);
    expect(lines.length).toBeGreaterThan(2);
    for (const text of [JSON.stringify(events), lines.join(), JSON.stringify(bad), JSON.stringify(sealed)]) {
      // Not inside an id.
      expect(text).not.toMatch(/planted|(?<![\da-f-])(?:70100|1990)(?![\da-f-])/i);
    }
    expect(JSON.stringify(events)).not.toContain(kuopio.partnerId);
  });
});
