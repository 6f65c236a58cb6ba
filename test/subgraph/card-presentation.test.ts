import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeStartingWith, formatCode } from '../../subgraphs/cards/domain/code.ts';
import { decodePayload, encodePayload } from '../../subgraphs/cards/domain/token.ts';
import { resumeCard, suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { rotateSigningKey } from '../../subgraphs/cards/service/signing.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, rule, tampere, type Answer, type TestCards } from './card-support.ts';

const doorOf = (venueId: string): Viewer => ({ role: 'VENUE_STAFF', venueId });
const door = doorOf('venue-1');

const presentCard = /* GraphQL */ `
  mutation ($code: String!, $venueId: ID!) {
    presentCard(input: { code: $code, venueId: $venueId }) {
      __typename
      ... on Presentation {
        card {
          id
          kind
          status
          issuedOn
          validUntil
          holder {
            birthYear
          }
        }
        childrenAllowed
        allowedLines
        expiresAt
        token
      }
      ... on PresentationRefusal {
        code
        message {
          fi
          sv
          en
          pick(language: SV) {
            value
            language
          }
        }
        facts {
          name
          value
        }
      }
    }
  }
`;

interface Presented {
  readonly __typename: string;
  readonly card: Record<string, unknown>;
  readonly token: string;
  readonly [field: string]: unknown;
}

describe('presentCard', () => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await engines[0]!.location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const ask = (code: string, venueId = 'venue-1', viewer: Viewer = doorOf(venueId)): Promise<Answer> =>
    cards.ask(viewer, presentCard, { code, venueId });
  const present = async (code: string, venueId = 'venue-1'): Promise<Presented> => {
    const { data, errors } = await ask(code, venueId);
    expect(errors).toBeUndefined();
    return data?.['presentCard'] as Presented;
  };
  const errorCode = async (answer: Promise<Answer>): Promise<unknown> =>
    (await answer).errors?.[0]?.extensions['code'];

  it('tells the door that a card is valid and how many children may come, and nothing of its holder', async () => {
    const { card, code } = await cards.issue();
    expect(await present(formatCode(code).toLowerCase())).toMatchObject({
      __typename: 'Presentation',
      card: { id: card.id, kind: 'PERSONAL', status: null, issuedOn: null, validUntil: null, holder: null },
      childrenAllowed: 2,
      allowedLines: ['HOLDER', 'CHILD', 'ASSISTANT'],
      expiresAt: '2026-11-22T10:10:00.000Z',
    });
  });

  it('allows no CHILD line to a holder without children', async () => {
    const holder = { birthYear: 2010, postcode: '95331', children: 0, grandchildren: 0 };
    const { code } = await cards.issue({ holder });
    expect(await present(code)).toMatchObject({ childrenAllowed: 0, allowedLines: ['HOLDER', 'ASSISTANT'] });
  });

  it('accepts a card that was issued in Tampere at a venue in Kuopio', async () => {
    const { code } = await cards.issue({ issuerId: tampere.partnerId });
    expect(await present(code, 'venue-in-kuopio')).toMatchObject({ __typename: 'Presentation' });
  });

  it('lets a community card in with its worker and no holder, by the rule that networks published', async () => {
    const { code } = await cards.issue({ kind: 'COMMUNITY', holder: null });
    const lines = { allowedLines: ['CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] };
    expect(await present(code)).toMatchObject({ ...lines, childrenAllowed: 4 });
    await cards.publish('networks', 'rule.changed', rule({ value: '3' }));
    await cards.subgraph.caughtUp();
    expect(await present(code)).toMatchObject({ ...lines, childrenAllowed: 2 });
    // A network's rule would tell the door where the card is from.
    const local = { id: 'rule-2', scope: 'NETWORK', scopeId: kuopio.networkId, value: '2' };
    await cards.publish('networks', 'rule.changed', rule(local));
    await cards.subgraph.caughtUp();
    expect(await present(code)).toMatchObject({ childrenAllowed: 2 });
  });

  describe('signs a token', () => {
    const publicKeys = async (): Promise<Map<string, string>> => {
      const keys = cards.services.database.reader.selectFrom('signing_key').select(['kid', 'public_key']);
      return new Map((await keys.execute()).map((key) => [key.kid, key.public_key]));
    };
    /** As venues does it: with the key that was published under the token's kid. */
    const isSigned = async (token: string): Promise<boolean> => {
      const [part = '', signature = ''] = token.split('.');
      const spki = (await publicKeys()).get(decodePayload(part)?.kid ?? '') ?? '';
      const key = createPublicKey({ key: Buffer.from(spki, 'base64'), type: 'spki', format: 'der' });
      return verify(null, Buffer.from(part, 'ascii'), key, Buffer.from(signature, 'base64url'));
    };

    it('for this venue and ten minutes, with opaque ids and lines only', async () => {
      const { card, code } = await cards.issue();
      const { token } = await present(code);
      expect(await isSigned(token)).toBe(true);
      const payload = decodePayload(token.split('.')[0] ?? '');
      expect(payload).toEqual({
        v: 1,
        kid: expect.any(String) as string,
        jti: expect.any(String) as string,
        card: card.id,
        kind: 'PERSONAL',
        venue: 'venue-1',
        lines: { HOLDER: 1, CHILD: 2, ASSISTANT: 1 },
        exp: Date.parse('2026-11-22T10:10:00.000Z') / 1000,
      });
      expect(JSON.stringify(payload)).not.toMatch(new RegExp(`${code}|${kuopio.partnerId}|1990|70100`));
    });

    it('that no longer verifies when any of its characters is changed', async () => {
      const { code } = await cards.issue();
      const { token } = await present(code);
      const [part = '', signature = ''] = token.split('.');
      const payload = decodePayload(part);
      if (!payload) throw new Error('not a payload');
      for (const forged of [
        { ...payload, lines: { HOLDER: 1, CHILD: 9 } },
        { ...payload, venue: 'venue-2' },
        { ...payload, exp: payload.exp + 1 },
      ]) {
        expect(await isSigned(`${encodePayload(forged)}.${signature}`)).toBe(false);
      }
      for (const at of [0, 40, 85]) {
        const other = signature[at] === 'A' ? 'Q' : 'A';
        const changed = signature.slice(0, at) + other + signature.slice(at + 1);
        expect(await isSigned(`${part}.${changed}`)).toBe(false);
      }
    });

    it('with a new key after a rotation, while tokens of the old one stay good', async () => {
      const { code } = await cards.issue();
      const old = await present(code);
      const { kid } = await rotateSigningKey(cards.services.database, cards.services.sealer, cards.clock);
      expect((await publicKeys()).has(kid)).toBe(true);
      cards.clock.advance(5 * 60_000);
      const fresh = await present(code);
      expect(decodePayload(fresh.token.split('.')[0] ?? '')?.kid).toBe(kid);
      expect(decodePayload(old.token.split('.')[0] ?? '')?.kid).not.toBe(kid);
      expect([await isSigned(old.token), await isSigned(fresh.token)]).toEqual([true, true]);
      cards.clock.advance(-5 * 60_000);
    });

    it('that is new each time', async () => {
      const { code } = await cards.issue();
      expect((await present(code)).token).not.toBe((await present(code)).token);
    });
  });

  describe('refuses', () => {
    it('a mistyped code as CARD_CODE_MISTYPED, whether the card exists or not', async () => {
      const { code } = await cards.issue();
      const wrong = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
      for (const typed of [wrong, 'K7M4', 'UUUU-UUUU-UUUU', '💥', '-']) {
        expect(await present(typed)).toMatchObject({
          __typename: 'PresentationRefusal',
          code: 'CARD_CODE_MISTYPED',
        });
      }
      expect((await present(wrong))['facts']).toContainEqual({ name: 'problem', value: 'CHECK_CHARACTER' });
    });

    it('a code that nobody has as CARD_UNKNOWN', async () => {
      expect(await present(codeStartingWith('ZZZZZZZZZZZ'))).toMatchObject({
        code: 'CARD_UNKNOWN',
        facts: [],
      });
    });

    it('a card after its last day as CARD_EXPIRED with the date', async () => {
      const { code } = await cards.issue({ issuedOn: '2025-11-22' });
      const refusal = await present(code);
      expect(refusal).toMatchObject({
        code: 'CARD_EXPIRED',
        facts: [{ name: 'validUntil', value: '2026-11-21' }],
        message: { pick: { language: 'SV' } },
      });
      expect(JSON.stringify(refusal)).not.toMatch(/1990|70100|issuer|kuopio/i);
    });

    it('a suspended card as CARD_SUSPENDED at once, and accepts it when it is given back', async () => {
      const { card, code } = await cards.issue();
      await suspendCard(cards.services, system, card.id);
      expect(await present(code)).toMatchObject({ code: 'CARD_SUSPENDED', facts: [] });
      await resumeCard(cards.services, system, card.id);
      expect(await present(code)).toMatchObject({ __typename: 'Presentation' });
    });
  });

  describe('answers', () => {
    it('FORBIDDEN to everybody but the staff of that venue, also for a code that is none', async () => {
      const { card, code } = await cards.issue();
      const others: Viewer[] = [
        { role: 'ANONYMOUS' },
        { role: 'HOLDER', cardId: card.id },
        { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId },
        doorOf('venue-2'),
        { role: 'COORDINATOR', networkId: kuopio.networkId },
        { role: 'NATIONAL' },
        { role: 'DISPLAY', venueId: 'venue-1' },
        { role: 'PARTNER_APP', appId: 'app' },
      ];
      for (const viewer of others) {
        for (const typed of [code, 'K7M4']) {
          expect(await errorCode(ask(typed, 'venue-1', viewer))).toBe('FORBIDDEN');
        }
      }
      expect((await ask(code, 'venue-1', system)).errors).toBeUndefined();
    });

    it('BAD_INPUT to an empty or huge code and to a venue that can be none', async () => {
      const long = 'K'.repeat(1_000_000);
      for (const code of ['', '   ', '\n', long]) expect(await errorCode(ask(code))).toBe('BAD_INPUT');
      for (const venueId of ['', ' ', 'a b', "'--", 'ä', long]) {
        expect(await errorCode(cards.ask(system, presentCard, { code: 'K7M4', venueId }))).toBe('BAD_INPUT');
      }
    });

    it('an error of GraphQL itself to values of the wrong type', async () => {
      for (const variables of [
        {},
        { code: null, venueId: 'v' },
        { code: 7, venueId: 'v' },
        { code: 'K', venueId: [] },
      ]) {
        const { data, errors } = await cards.ask(door, presentCard, variables);
        expect(data ?? null).toBeNull();
        expect(errors?.length).toBeGreaterThan(0);
      }
    });
  });
});
