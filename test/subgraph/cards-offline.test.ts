import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { decodePayload } from '../../subgraphs/cards/domain/token.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { openTestCards, type TestCards } from './card-support.ts';
import { addPhone, doorOf, phone, say } from './cards-phone-support.ts';

const document = `mutation ($input: PresentSeenOfflineInput!) { said: presentSeenOffline(input: $input) { __typename
  ... on Presentation { token } ... on PresentationRefusal { code facts { name value } } } }`;
const hour = 3_600_000;

describe.each(engines)('phones seen offline on $name', ({ location }) => {
  let cards: TestCards;
  let venueId = '';
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());
  beforeEach(() => {
    venueId = newId();
  });

  const ago = (millis: number): Date => new Date(cards.clock.now().getTime() - millis);
  const ask = (
    shown: readonly (readonly [string, Date])[],
    viewer: Viewer = doorOf(venueId),
  ): ReturnType<TestCards['ask']> =>
    cards.ask(viewer, document, {
      input: { venueId, shown: shown.map(([code, at]) => ({ code, at: at.toISOString() })) },
    });
  const present = async (code: string, at: Date): Promise<Record<string, unknown>> =>
    ((await ask([[code, at]])).data?.['said'] as Record<string, unknown>[])[0]!;

  it('a phone shown three hours ago is presented until ten minutes after that moment', async () => {
    const { own, keyId } = await addPhone(cards, (await cards.issue()).card.id);
    const at = ago(3 * hour);
    const said = await present(own.token(keyId, at), at);
    expect(said['__typename']).toBe('Presentation');
    const payload = decodePayload(String(said['token']).split('.')[0]!);
    expect(payload).toMatchObject({ venue: venueId, exp: Math.floor(at.getTime() / 1000) + 600 });
  });

  it('a moment over 12 hours ago or to come, and a slot of another moment, are refused', async () => {
    const { own, keyId } = await addPhone(cards, (await cards.issue()).card.id);
    for (const off of [12 * hour + 1000, -61_000]) {
      expect(await present(own.token(keyId, ago(off)), ago(off))).toMatchObject({
        code: 'PHONE_TOKEN_EXPIRED',
        facts: [{ name: 'seconds', value: String(-off / 1000) }],
      });
    }
    expect(await present(own.token(keyId, ago(2 * hour)), ago(hour))).toMatchObject({
      code: 'PHONE_TOKEN_EXPIRED',
    });
  });

  it('a revoked phone, a suspended card and a printed code are refused, each in its place', async () => {
    const at = ago(hour);
    const revoked = await addPhone(cards, (await cards.issue()).card.id);
    await say(cards, 'revokePhone', system, { phoneId: revoked.phoneId });
    const { card, code } = await cards.issue();
    const suspended = await addPhone(cards, card.id);
    await suspendCard(cards.services, system, card.id);
    const { data } = await ask([
      [revoked.own.token(revoked.keyId, at), at],
      [suspended.own.token(suspended.keyId, at), at],
      [code, at],
      ['', at],
    ]);
    const codes = (data?.['said'] as { code: string }[]).map((one) => one.code);
    expect(codes).toEqual([
      'CARD_UNKNOWN',
      'CARD_SUSPENDED',
      'PHONE_TOKEN_UNREADABLE',
      'PHONE_TOKEN_UNREADABLE',
    ]);
  });

  it('the staff of another venue and 51 tokens are turned away', async () => {
    const at = ago(hour);
    expect((await ask([['K:', at]], doorOf(newId()))).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const many = Array.from({ length: 51 }, () => ['K:', at] as const);
    expect((await ask(many)).errors?.[0]?.extensions['code']).toBe('BAD_INPUT');
  });

  it('thirty misses lock the door, also for a right phone', async () => {
    const at = ago(hour);
    const { own, keyId } = await addPhone(cards, (await cards.issue()).card.id);
    const miss = phone().token('ab'.repeat(8), at);
    const { data } = await ask([
      ...Array.from({ length: 30 }, () => [miss, at] as const),
      [own.token(keyId, at), at],
    ]);
    expect((data?.['said'] as { code: string }[]).at(-1)).toMatchObject({ code: 'TOO_MANY_MISSES' });
  });

  it('phones that were removed meanwhile are nobody’s guess: thirty-one of them lock nothing', async () => {
    const at = ago(hour);
    const revoked = await addPhone(cards, (await cards.issue()).card.id);
    await say(cards, 'revokePhone', system, { phoneId: revoked.phoneId });
    const { own, keyId } = await addPhone(cards, (await cards.issue()).card.id);
    const { data } = await ask([
      ...Array.from({ length: 31 }, () => [revoked.own.token(revoked.keyId, at), at] as const),
      [own.token(keyId, at), at],
    ]);
    const said = data?.['said'] as { __typename: string; code?: string }[];
    expect(said[30]?.code).toBe('CARD_UNKNOWN');
    expect(said[31]?.__typename).toBe('Presentation');
  });

  it('a half minute shown at two venues is good at the first, and a later slot elsewhere is no reason', async () => {
    const { own, keyId } = await addPhone(cards, (await cards.issue()).card.id);
    const late = ago(hour);
    const early = ago(hour + 8 * 30_000);
    expect((await present(own.token(keyId, late), late))['__typename']).toBe('Presentation');
    venueId = newId();
    expect(await present(own.token(keyId, late), late)).toMatchObject({ code: 'TOKEN_ALREADY_SHOWN' });
    expect((await present(own.token(keyId, early), early))['__typename']).toBe('Presentation');
  });
});
