import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeStartingWith } from '../../subgraphs/cards/domain/code.ts';
import { replaceCard } from '../../subgraphs/cards/service/replace-card.ts';
import { suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { decodePayload } from '../../subgraphs/cards/domain/token.ts';
import { behalfOf } from '../../subgraphs/cards/service/presentation.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';
import { addPhone, doorOf, phone, say, type Said } from './cards-phone-support.ts';

const unknown = codeStartingWith('ZZZZZZZZZZZ');
const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };

describe.each(engines)('showing cards on $name', ({ location }) => {
  let cards: TestCards;
  let venueId = '';
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());
  beforeEach(() => {
    venueId = newId();
  });

  const present = (code: string, viewer: Viewer = doorOf(venueId)): Promise<Said> =>
    say(cards, 'presentCard', viewer, { input: { code, venueId } });
  const miss = async (times: number, viewer?: Viewer): Promise<void> => {
    for (let i = 0; i < times; i++) await present(unknown, viewer);
  };

  it('stops after 30 misses of one person for a quarter of an hour, also for a right code', async () => {
    const { code } = await cards.issue();
    await miss(29);
    expect((await present(code)).__typename).toBe('Presentation');
    expect(await present(unknown)).toMatchObject({ code: 'CARD_UNKNOWN' });
    const opensAt = new Date(cards.clock.now().getTime() + 15 * 60_000).toISOString();
    for (const typed of [code, unknown]) {
      expect(await present(typed)).toMatchObject({
        code: 'TOO_MANY_MISSES',
        facts: [
          { name: 'scope', value: 'PERSON' },
          { name: 'opensAt', value: opensAt },
        ],
      });
    }
    cards.clock.advance(15 * 60_000);
    expect((await present(code)).__typename).toBe('Presentation');
  });

  it('stops after 100 misses of one venue until midnight, whatever was right in between', async () => {
    const { code } = await cards.issue();
    const people = [system, doorOf(venueId)];
    for (let round = 0; round < 4; round++) {
      for (const viewer of people) {
        await miss(12, viewer);
        expect((await present(code, viewer)).__typename).toBe('Presentation');
      }
      cards.clock.advance(16 * 60_000);
    }
    await miss(4);
    expect(await present(code)).toMatchObject({ code: 'TOO_MANY_MISSES', facts: [{ value: 'VENUE' }, {}] });
    cards.clock.advance(15 * 3_600_000);
    expect((await present(code)).__typename).toBe('Presentation');
  });

  it('is opened by the national centre, with an event of ids only for the lock and the opening', async () => {
    const { code } = await cards.issue();
    await miss(30);
    expect(await say(cards, 'unlockVenue', doorOf(venueId), { venueId })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await say(cards, 'unlockVenue', { role: 'NATIONAL' }, { venueId })).toMatchObject({ opened: 1 });
    expect((await present(code)).__typename).toBe('Presentation');
    const events = await cards.services.database.reader
      .selectFrom('outbox')
      .selectAll()
      .where('topic', 'like', 'presentation.%')
      .execute();
    const mine = events.filter((event) => JSON.stringify(event).includes(venueId));
    expect(mine.map(({ topic }) => topic)).toEqual(['presentation.locked', 'presentation.unlocked']);
    expect(JSON.stringify(mine)).not.toContain(unknown);
  });

  it('lets no more than the limit through of many guesses at once', async () => {
    const said = await Promise.all(Array.from({ length: 60 }, () => present(unknown)));
    expect(said.filter((one) => one['code'] === 'CARD_UNKNOWN')).toHaveLength(30);
  });

  it('stores every miss, of the person and of the venue', async () => {
    await miss(3);
    const row = await cards.services.database.reader
      .selectFrom('attempt')
      .select(['scope', 'misses'])
      .where('venue_id', '=', venueId)
      .orderBy('scope')
      .execute();
    expect(row).toEqual([
      { scope: 'PERSON', misses: 3 },
      { scope: 'VENUE', misses: 3 },
    ]);
  });

  it('answers an unknown and a replaced code alike, and so a revoked phone, an unknown key and a wrong signature, after the same queries', async () => {
    const { card, code } = await cards.issue();
    await replaceCard(cards.services, system, { cardId: card.id, reason: 'LOST', requestId: newId() });
    const { own, keyId, phoneId } = await addPhone(cards, (await cards.issue()).card.id);
    await say(cards, 'revokePhone', system, { phoneId });
    const now = cards.clock.now();
    const tokens = [own.token(keyId, now), own.token('ab'.repeat(8), now), phone('ES256').token(keyId, now)];
    const work = async (typed: string): Promise<unknown> => {
      const statements = await queriesOf(cards, () => present(typed));
      const { message, ...said } = await present(typed);
      return { said, message, statements };
    };
    const [first, ...codes] = [await work(unknown), await work(code)];
    for (const other of codes) expect(other).toEqual(first);
    expect((first as { statements: string[] }).statements).toHaveLength(4);
    const [one, ...others] = [await work(tokens[0]!), await work(tokens[1]!), await work(tokens[2]!)];
    for (const other of others) expect(other).toEqual(one);
    expect((one as { statements: string[] }).statements).toHaveLength(5);
  });

  it('writes one row of the read log for a card that was found, and none for a miss', async () => {
    const { card, code } = await cards.issue();
    const rows = (): Promise<unknown[]> =>
      cards.services.database.reader
        .selectFrom('read_log')
        .select(['purpose', 'organisation_id'])
        .where('card_id', '=', card.id)
        .where('purpose', '=', 'PRESENTED_AT_VENUE')
        .execute();
    await present(code);
    await miss(1);
    await suspendCard(cards.services, system, card.id);
    await present(code);
    expect(await rows()).toEqual([
      { purpose: 'PRESENTED_AT_VENUE', organisation_id: venueId },
      { purpose: 'PRESENTED_AT_VENUE', organisation_id: venueId },
    ]);
  });

  describe('for a holder', () => {
    const show = (cardId: string, viewer: Viewer = staff, purpose = 'BOOKING'): Promise<Said> =>
      say(cards, 'presentForHolder', viewer, { input: { cardId, venueId, purpose } });

    it('gives the own unit a presentation for one venue, marked and bound to it, and the holder sees it', async () => {
      const { card } = await cards.issue();
      const said = await show(card.id);
      const payload = decodePayload(String(said['token']).split('.')[0] ?? '');
      expect(payload).toMatchObject({ card: card.id, venue: venueId });
      expect(payload?.behalf).toBe(behalfOf(payload?.jti ?? '', kuopio.partnerId));
      expect(JSON.stringify(payload)).not.toContain(kuopio.partnerId);
      const log = await cards.services.database.reader
        .selectFrom('read_log')
        .select('purpose')
        .where('card_id', '=', card.id)
        .where('purpose', '=', 'PRESENTED_FOR_HOLDER')
        .execute();
      expect(log).toHaveLength(1);
    });

    it('is NOT_FOUND to everybody else', async () => {
      const { card } = await cards.issue();
      for (const viewer of [
        { role: 'ISSUER_STAFF', issuerId: tampere.partnerId },
        doorOf(venueId),
        { role: 'HOLDER', cardId: card.id },
        { role: 'NATIONAL' },
      ] as Viewer[]) {
        expect(await show(card.id, viewer)).toMatchObject({ code: 'NOT_FOUND' });
      }
      expect(await show('nobody')).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('refuses a card that is not good', async () => {
      const { card } = await cards.issue({ issuedOn: '2025-11-22' });
      expect(await show(card.id)).toMatchObject({ code: 'CARD_EXPIRED' });
    });
  });

  describe('of a group', () => {
    const group = (codes: readonly string[], viewer: Viewer = doorOf(venueId)): Promise<Said> =>
      say(cards, 'presentGroup', viewer, { input: { venueId, codes } });
    const worker = async (): Promise<string> => (await cards.issue({ kind: 'COMMUNITY', holder: null })).code;
    const member = async (): Promise<string> => (await cards.issue()).code;

    it('takes a worker and the members with a card each, in one go', async () => {
      const said = await group([await worker(), await member(), await member()]);
      expect(said).toMatchObject({
        __typename: 'GroupPresentation',
        presentations: [
          { childrenAllowed: 2, allowedLines: ['CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] },
          { allowedLines: ['HOLDER', 'CHILD', 'ASSISTANT'] },
          { allowedLines: ['HOLDER', 'CHILD', 'ASSISTANT'] },
        ],
      });
    });

    it('grants nothing when a card is refused, and says of each which', async () => {
      const said = await group([await worker(), unknown, await member(), 'K7M4']);
      expect(said).toMatchObject({
        code: 'GROUP_CARDS_REFUSED',
        cards: [
          { place: 1, refusal: { code: 'CARD_UNKNOWN' } },
          { place: 3, refusal: { code: 'CARD_CODE_MISTYPED' } },
        ],
      });
    });

    it('is 2 to 5 people with exactly one worker and no card twice', async () => {
      const [one, other, lead] = [await member(), await member(), await worker()];
      expect(await group([lead])).toMatchObject({ code: 'GROUP_SIZE' });
      expect(await group([lead, one, one, one, one, one])).toMatchObject({ code: 'GROUP_SIZE' });
      expect(await group([one, other])).toMatchObject({ code: 'GROUP_NEEDS_ONE_WORKER' });
      expect(await group([lead, await worker(), one])).toMatchObject({ code: 'GROUP_NEEDS_ONE_WORKER' });
      expect(await group([lead, one, one])).toMatchObject({ code: 'GROUP_CARD_TWICE' });
    });

    it('is for the staff of the venue, with codes that are there', async () => {
      expect(await group([unknown, unknown], doorOf('another'))).toMatchObject({ code: 'FORBIDDEN' });
      expect(await group(['', unknown])).toMatchObject({ code: 'BAD_INPUT' });
      expect(await group(Array.from({ length: 21 }, () => unknown))).toMatchObject({ code: 'BAD_INPUT' });
    });
  });
});

/** Which statements a piece of work sends, in the order in which each kind comes; values left out. */
async function queriesOf(cards: TestCards, work: () => Promise<unknown>): Promise<string[]> {
  const { database } = cards.services;
  const sent: string[] = [];
  const spy = (db: object): (() => void) => {
    const executor = (
      db as { getExecutor(): { compileQuery: (...args: never[]) => { sql: string } } }
    ).getExecutor();
    const original = executor.compileQuery.bind(executor);
    executor.compileQuery = (...args) => {
      const compiled = original(...args);
      // Consumers and the nightly job read through the same connection, whenever they like.
      if (/from "(attempt|card|phone|rule|signing_key)"/.test(compiled.sql)) sent.push(compiled.sql);
      return compiled;
    };
    return () => {
      executor.compileQuery = original;
    };
  };
  const stop = spy(database.reader);
  try {
    await work();
  } finally {
    stop();
  }
  return sent.sort();
}
