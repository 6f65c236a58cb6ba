import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeCards } from '../../subgraphs/cards/service/merge-cards.ts';
import { replaceCard } from '../../subgraphs/cards/service/replace-card.ts';
import { suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';
import { addPhone, doorOf, phone, say, type Said } from './cards-phone-support.ts';

const anonymous: Viewer = { role: 'ANONYMOUS' };
const holderOf = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });

describe.each(engines)('phones on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const present = (code: string, venueId = 'venue-1'): Promise<Said> =>
    say(cards, 'presentCard', doorOf(venueId), { input: { code, venueId } });
  const codeOf = async (cardId: string): Promise<string> =>
    String((await say(cards, 'createEnrolmentCode', holderOf(cardId), { cardId }))['enrolmentCode']);
  const enrol = (code: string, own = phone(), change: object = {}): Promise<Said> => {
    const { algorithm, publicKey } = own;
    const input = { code, publicKey, algorithm, proof: own.proof(code), ...change };
    return say(cards, 'enrolPhone', anonymous, { input });
  };

  it.each(['ED25519', 'ES256'] as const)('show the card at a door with a key of %s', async (algorithm) => {
    const { card } = await cards.issue();
    const { keyId, own } = await addPhone(cards, card.id, phone(algorithm));
    expect(await present(own.token(keyId, cards.clock.now()))).toMatchObject({
      __typename: 'Presentation',
      childrenAllowed: 2,
      card: { id: card.id },
    });
  });

  it('are added by the holder and the unit that gave the card, and by nobody else', async () => {
    const { card } = await cards.issue();
    const ask = async (viewer: Viewer): Promise<unknown> => {
      const said = await say(cards, 'createEnrolmentCode', viewer, { cardId: card.id });
      return said['code'] ?? said.__typename;
    };
    expect(await ask(holderOf(card.id))).toBe('EnrolmentCode');
    expect(await ask({ role: 'ISSUER_STAFF', issuerId: kuopio.partnerId })).toBe('EnrolmentCode');
    for (const viewer of [
      anonymous,
      holderOf('another'),
      { role: 'ISSUER_STAFF', issuerId: tampere.partnerId },
      doorOf('venue-1'),
      { role: 'NATIONAL' },
    ] as Viewer[]) {
      expect(await ask(viewer)).toBe('NOT_FOUND');
    }
  });

  it('are added with a code that works once, for fifteen minutes, and is not stored', async () => {
    const { card } = await cards.issue();
    const code = await codeOf(card.id);
    const stored = await cards.services.database.reader.selectFrom('phone_code').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(code.replaceAll('-', ''));
    expect(await enrol(code)).toMatchObject({ __typename: 'EnrolledPhone' });
    expect(await enrol(code)).toMatchObject({ code: 'CODE_NOT_VALID' });
    const late = await codeOf(card.id);
    cards.clock.advance(15 * 60_000);
    expect(await enrol(late)).toMatchObject({ code: 'CODE_NOT_VALID' });
    for (const typed of ['ZZZZ-ZZZZ-ZZ', 'K7', '💥']) {
      expect(await enrol(typed)).toMatchObject({ code: 'CODE_NOT_VALID' });
    }
  });

  it('hear the same answer again when the first was lost, and another phone does not', async () => {
    const { card } = await cards.issue();
    const code = await codeOf(card.id);
    const own = phone();
    const first = await enrol(code, own);
    expect((await enrol(code, own))['keyId']).toBe(first['keyId']);
    expect(await enrol(code, phone())).toMatchObject({ code: 'CODE_NOT_VALID' });
  });

  it('of two that use one code at once, one is added', async () => {
    const { card } = await cards.issue();
    const code = await codeOf(card.id);
    const said = await Promise.all([enrol(code), enrol(code)]);
    expect(new Set(said.map((one) => one['code'] ?? one.__typename))).toEqual(
      new Set(['CODE_NOT_VALID', 'EnrolledPhone']),
    );
  });

  it('must show that they have the private half of the key', async () => {
    const { card } = await cards.issue();
    const code = await codeOf(card.id);
    expect(await enrol(code, phone(), { proof: phone().proof(code) })).toMatchObject({
      code: 'PROOF_NOT_VALID',
    });
    for (const change of [
      { publicKey: '' },
      { publicKey: 'AAAA' },
      { publicKey: phone('ES256').publicKey },
      { proof: '' },
      { proof: 'K'.repeat(10_000) },
      { code: '' },
      { code: 'K'.repeat(10_000) },
    ]) {
      expect(await enrol(code, phone(), change)).toMatchObject({ __typename: 'error', code: 'BAD_INPUT' });
    }
    expect(await enrol(code)).toMatchObject({ __typename: 'EnrolledPhone' });
  });

  it('are at most five per card', async () => {
    const { card } = await cards.issue();
    for (let added = 0; added < 5; added++) await addPhone(cards, card.id);
    expect(await say(cards, 'createEnrolmentCode', holderOf(card.id), { cardId: card.id })).toMatchObject({
      code: 'TOO_MANY_PHONES',
      facts: [{ name: 'most', value: '5' }],
    });
  });

  it('are revoked alone: the others go on, and the revoked one is answered like an unknown one', async () => {
    const { card } = await cards.issue();
    const [lost, kept] = [await addPhone(cards, card.id), await addPhone(cards, card.id)];
    const listed = (await say(cards, 'phones', holderOf(card.id), { cardId: card.id })) as unknown as Said[];
    expect(listed.map((one) => one['id'])).toEqual([lost.phoneId, kept.phoneId]);
    expect(await say(cards, 'revokePhone', holderOf('another'), { phoneId: lost.phoneId })).toMatchObject({
      code: 'NOT_FOUND',
    });
    await say(cards, 'revokePhone', holderOf(card.id), { phoneId: lost.phoneId });
    const now = cards.clock.now();
    expect(await present(lost.own.token(lost.keyId, now))).toMatchObject({ code: 'CARD_UNKNOWN' });
    expect(await present(kept.own.token(kept.keyId, now))).toMatchObject({ __typename: 'Presentation' });
  });

  it('remove themselves with a token that shows nothing', async () => {
    const { card } = await cards.issue();
    const { keyId, own, phoneId } = await addPhone(cards, card.id);
    const now = cards.clock.now();
    const removal = own.token(keyId, now, 'remove');
    expect(await present(removal)).toMatchObject({ code: 'CARD_UNKNOWN' });
    const say1 = (token: string): Promise<Said> => say(cards, 'removeOwnPhone', anonymous, { token });
    expect(await say1(own.token(keyId, now))).toMatchObject({ code: 'PHONE_UNKNOWN' });
    expect(await say1(removal)).toMatchObject({ phoneId });
    expect(await say1(removal)).toMatchObject({ code: 'PHONE_UNKNOWN' });
    expect(await present(own.token(keyId, now))).toMatchObject({ code: 'CARD_UNKNOWN' });
  });

  it('stay or go when a lost card is replaced, as is chosen', async () => {
    for (const [phones, answer] of [
      ['KEEP', 'Presentation'],
      ['REVOKE', 'PresentationRefusal'],
    ] as const) {
      const { card } = await cards.issue();
      const { keyId, own } = await addPhone(cards, card.id);
      await replaceCard(cards.services, system, {
        cardId: card.id,
        reason: 'LOST',
        phones,
        requestId: newId(),
      });
      expect((await present(own.token(keyId, cards.clock.now()))).__typename).toBe(answer);
    }
  });

  it('of a merged card show the one that took it over', async () => {
    const [from, into] = [await cards.issue(), await cards.issue()];
    const { keyId, own } = await addPhone(cards, from.card.id);
    const ids = { fromCardId: from.card.id, intoCardId: into.card.id };
    await mergeCards(cards.services, system, { ...ids, requestId: newId() });
    expect(await present(own.token(keyId, cards.clock.now()))).toMatchObject({ card: { id: into.card.id } });
  });

  it('are refused with an old picture, a wrong signature and an unreadable text, each as it may be told', async () => {
    const { card } = await cards.issue();
    const { keyId, own } = await addPhone(cards, card.id);
    const now = cards.clock.now();
    const old = new Date(now.getTime() - 60_000);
    expect(await present(own.token(keyId, old))).toMatchObject({
      code: 'PHONE_TOKEN_EXPIRED',
      facts: [{ name: 'seconds', value: '-60' }],
    });
    expect(await present(phone().token(keyId, now))).toMatchObject({ code: 'CARD_UNKNOWN' });
    expect(await present(own.token('00'.repeat(8), now))).toMatchObject({ code: 'CARD_UNKNOWN' });
    expect(await present('K:AB!')).toMatchObject({ code: 'PHONE_TOKEN_UNREADABLE' });
    expect(await present('K:'.padEnd(300, 'A'))).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('show one half minute at one venue: there again is fine, the second venue is told', async () => {
    const { card } = await cards.issue();
    const { keyId, own } = await addPhone(cards, card.id);
    const token = own.token(keyId, cards.clock.now());
    expect((await present(token, 'venue-1')).__typename).toBe('Presentation');
    expect((await present(token, 'venue-1')).__typename).toBe('Presentation');
    expect(await present(token, 'venue-2')).toMatchObject({ code: 'TOKEN_ALREADY_SHOWN' });
    cards.clock.advance(30_000);
    expect(await present(token, 'venue-2')).toMatchObject({ code: 'TOKEN_ALREADY_SHOWN' });
    expect((await present(own.token(keyId, cards.clock.now()), 'venue-2')).__typename).toBe('Presentation');
    for (let slot = 0; slot < 9; slot++) {
      cards.clock.advance(30_000);
      await present(own.token(keyId, cards.clock.now()));
    }
    const rows = await cards.services.database.reader
      .selectFrom('phone_shown')
      .select('slot')
      .where('key_id', '=', keyId)
      .execute();
    expect(rows).toHaveLength(4);
  });

  it('of two venues that see one token at once, one lets in', async () => {
    const { card } = await cards.issue();
    const { keyId, own } = await addPhone(cards, card.id);
    const token = own.token(keyId, cards.clock.now());
    const said = await Promise.all(['venue-1', 'venue-2', 'venue-3'].map((venue) => present(token, venue)));
    expect(said.filter((one) => one.__typename === 'Presentation')).toHaveLength(1);
  });

  describe('are known to a door without a connection', () => {
    const keysOf = async (variables: object = {}): Promise<Said> =>
      say(cards, 'offlineKeys', doorOf('venue-1'), { venueId: 'venue-1', ...variables });
    const nodes = (said: Said): Record<string, unknown>[] =>
      (said['keys'] as { nodes: Record<string, unknown>[] }).nodes;

    it('by key, kind, children and last day, for the staff of the venue alone', async () => {
      const { card, code } = await cards.issue();
      const { keyId, own } = await addPhone(cards, card.id);
      const said = await keysOf({ first: 200 });
      expect(said['isWhole']).toBe(true);
      expect(nodes(said)).toContainEqual({
        keyId,
        publicKey: own.publicKey,
        algorithm: 'ED25519',
        kind: 'PERSONAL',
        childrenAllowed: 2,
        validUntil: card.validUntil,
      });
      expect(JSON.stringify(said)).not.toMatch(new RegExp(`${code}|${card.id}|issuer|1990|70100`));
      for (const viewer of [
        anonymous,
        doorOf('venue-2'),
        holderOf(card.id),
        { role: 'NATIONAL' },
      ] as Viewer[]) {
        const refused = await say(cards, 'offlineKeys', viewer, { venueId: 'venue-1' });
        expect(refused).toMatchObject({ code: 'FORBIDDEN' });
      }
    });

    it('and hear what changed since the last time: new, revoked, suspended', async () => {
      const [stays, goes] = [await cards.issue(), await cards.issue()];
      const [first, second] = [await addPhone(cards, stays.card.id), await addPhone(cards, goes.card.id)];
      cards.clock.advance(10 * 60_000);
      const since = (await keysOf())['asOf'];
      expect(nodes(await keysOf({ since }))).toEqual([]);
      cards.clock.advance(60_000);
      await say(cards, 'revokePhone', holderOf(stays.card.id), { phoneId: first.phoneId });
      await suspendCard(cards.services, system, goes.card.id);
      const changed = await keysOf({ since });
      expect(changed['isWhole']).toBe(false);
      expect(new Map(nodes(changed).map(({ keyId, publicKey }) => [keyId, publicKey]))).toEqual(
        new Map([first.keyId, second.keyId].map((keyId) => [keyId, null])),
      );
      cards.clock.advance(31 * 86_400_000);
      expect((await keysOf({ since }))['isWhole']).toBe(true);
      expect(await keysOf({ since: '2030-01-01T00:00:00.000Z' })).toMatchObject({ code: 'BAD_INPUT' });
    });

    it('page by page', async () => {
      const { card } = await cards.issue();
      for (let added = 0; added < 3; added++) await addPhone(cards, card.id);
      const seen: unknown[] = [];
      let after: string | null = null;
      do {
        const { keys } = (await keysOf({ first: 2, after })) as unknown as {
          keys: { nodes: { keyId: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
        };
        seen.push(...keys.nodes.map(({ keyId }) => keyId));
        after = keys.pageInfo.hasNextPage ? keys.pageInfo.endCursor : null;
      } while (after !== null);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(3);
    });
  });
});
