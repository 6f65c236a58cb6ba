import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCardCount, demoCards, unknownDemoCode } from '../../subgraphs/cards/demo/demo-cards.ts';
import { localDate } from '../../subgraphs/platform/clock.ts';
import { stableId } from '../../subgraphs/platform/ids.ts';
import { engines } from '../support/databases.ts';
import { openTestCards, partner, tampere, type TestCards } from './card-support.ts';

const presentCard = /* GraphQL */ `
  mutation ($code: String!) {
    presentCard(input: { code: $code, venueId: "venue-1" }) {
      ... on Presentation {
        card {
          kind
        }
        childrenAllowed
      }
      ... on PresentationRefusal {
        code
      }
    }
  }
`;

const cardIds = (cards: TestCards): Promise<unknown[]> =>
  cards.services.database.reader.selectFrom('card').select('id').execute();

describe.each(engines)('the demo cards on $name', ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location(), { demo: true });
    await cards.publish(
      'networks',
      'partner.registered',
      partner({ municipalityId: stableId('municipality', 'Kuopio') }),
    );
    await cards.publish(
      'networks',
      'partner.registered',
      partner({ ...tampere, municipalityId: stableId('municipality', 'Tampere'), years: [2024] }),
    );
    await cards.subgraph.load();
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const rows = async (): Promise<unknown> => {
    const { reader } = cards.services.database;
    return {
      cards: await reader.selectFrom('card').selectAll().orderBy('id').execute(),
      codes: await reader.selectFrom('card_code').selectAll().orderBy('code').execute(),
      holders: await reader.selectFrom('holder').selectAll().orderBy('id').execute(),
      years: await reader
        .selectFrom('issuer_year')
        .selectAll()
        .orderBy('issuer_id')
        .orderBy('year')
        .execute(),
      events: await reader.selectFrom('outbox').select('id').orderBy('seq').execute(),
    };
  };
  const atTheDoor = async (code: string): Promise<unknown> =>
    (await cards.ask({ role: 'VENUE_STAFF', venueId: 'venue-1' }, presentCard, { code })).data?.[
      'presentCard'
    ];

  it('are there after the first load, and each known one does what it is for', async () => {
    expect(await cardIds(cards)).toHaveLength(demoCardCount);
    const answers = await Promise.all(
      demoCards.map(async ({ purpose, code }) => [purpose, await atTheDoor(code)]),
    );
    expect(Object.fromEntries(answers)).toEqual({
      VALID_WITH_TWO_CHILDREN: { card: { kind: 'PERSONAL' }, childrenAllowed: 2 },
      VALID_WITHOUT_CHILDREN: { card: { kind: 'PERSONAL' }, childrenAllowed: 0 },
      EXPIRED: { code: 'CARD_EXPIRED' },
      SUSPENDED: { code: 'CARD_SUSPENDED' },
      COMMUNITY: { card: { kind: 'COMMUNITY' }, childrenAllowed: 4 },
      ISSUED_IN_TAMPERE: { card: { kind: 'PERSONAL' }, childrenAllowed: 1 },
    });
    expect(await atTheDoor(unknownDemoCode)).toEqual({ code: 'CARD_UNKNOWN' });
  });

  it('are issued in Tampere where they say so, and in Kuopio else', async () => {
    const known = await cards.services.database.reader
      .selectFrom('card')
      .select(['id', 'issuer_id'])
      .where(
        'id',
        'in',
        demoCards.map(({ index }) => stableId('demo-card', String(index))),
      )
      .execute();
    const issuerOf = new Map(known.map((card) => [card.id, card.issuer_id]));
    for (const { index, issuedIn } of demoCards) {
      expect(issuerOf.get(stableId('demo-card', String(index)))).toBe(`issuer-${issuedIn.toLowerCase()}`);
    }
  });

  it('make the issuers go on in the years that no document names, marked as assumed', async () => {
    const years = await cards.services.database.reader
      .selectFrom('issuer_year')
      .select(['year', 'assumed'])
      .where('issuer_id', '=', tampere.partnerId)
      .orderBy('year')
      .execute();
    expect(years).toContainEqual({ year: 2024, assumed: 0 });
    expect(years).toContainEqual({ year: 2026, assumed: 1 });
  });

  it('are the same after a second load, on the same day and on a later one', async () => {
    const before = await rows();
    await cards.subgraph.load();
    expect(await rows()).toEqual(before);
    cards.clock.set('2027-03-01T10:00:00.000Z');
    await cards.subgraph.load();
    expect(await rows()).toEqual(before);
  });
});

describe('the demo cards', () => {
  it('work on any date of the first load', async () => {
    for (const day of ['2024-02-29T10:00:00.000Z', '2031-01-01T00:30:00.000Z']) {
      await using cards = await openTestCards(await engines[0]!.location(), { demo: true });
      cards.clock.set(day);
      await cards.subgraph.load();
      const { reader } = cards.services.database;
      const valid = reader.selectFrom('card').select('id').where('valid_until', '>=', localDate(day));
      expect((await valid.execute()).length).toBeGreaterThan(demoCardCount * 0.8);
    }
  });

  it.each(engines)(
    'are issued once when two processes load them at the same time, on $name',
    async ({ location }) => {
      await using cards = await openTestCards(await location(), { demo: true });
      await Promise.all([cards.subgraph.load(), cards.subgraph.load()]);
      expect(await cardIds(cards)).toHaveLength(demoCardCount);
      const { reader } = cards.services.database;
      const issued = reader.selectFrom('outbox').select('id').where('topic', '=', 'card.issued');
      expect(await issued.execute()).toHaveLength(demoCardCount);
      const personal = reader.selectFrom('card').select('id').where('kind', '=', 'PERSONAL');
      const holders = reader.selectFrom('holder').select('id');
      expect(await holders.execute()).toHaveLength((await personal.execute()).length);
    },
  );

  it('are none where the demo was not asked for', async () => {
    await using cards = await openTestCards(await engines[0]!.location());
    await cards.subgraph.load();
    expect(await cardIds(cards)).toEqual([]);
  });

  it('are none while networks has published no issuer, and come with the first load after that', async () => {
    await using cards = await openTestCards(await engines[0]!.location(), { demo: true, issuers: [] });
    await cards.subgraph.load();
    expect(await cardIds(cards)).toEqual([]);
    await cards.publish('networks', 'partner.registered', partner());
    await cards.subgraph.load();
    expect(await cardIds(cards)).toHaveLength(demoCardCount);
  });
});
