import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { suspendCard } from '../../subgraphs/cards/service/card-status.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';

const cardQuery = /* GraphQL */ `
  query ($of: [_Any!]!) {
    _entities(representations: $of) {
      ... on Card {
        id
        kind
        status
        issuedOn
        validUntil
        holder {
          birthYear
          postcode
          children
          grandchildren
        }
      }
    }
  }
`;

const partnerQuery = /* GraphQL */ `
  query ($of: [_Any!]!, $year: Int) {
    _entities(representations: $of) {
      ... on Partner {
        id
        cardsIssued(year: $year)
      }
    }
  }
`;

describe('the entities of cards', () => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await engines[0]!.location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const readCards = async (viewer: Viewer, ids: readonly string[]): Promise<unknown> => {
    const { data, errors } = await cards.ask(viewer, cardQuery, {
      of: ids.map((id) => ({ __typename: 'Card', id })),
    });
    expect(errors).toBeUndefined();
    return data?.['_entities'];
  };
  const count = async (viewer: Viewer, ids: readonly string[], year?: number): Promise<unknown> => {
    const of = ids.map((id) => ({ __typename: 'Partner', id }));
    const { data, errors } = await cards.ask(viewer, partnerQuery, { of, year });
    expect(errors).toBeUndefined();
    return (data?.['_entities'] as { cardsIssued: unknown }[]).map(({ cardsIssued }) => cardsIssued);
  };

  it('a holder reads the own card and no other', async () => {
    const own = (await cards.issue()).card;
    const other = (await cards.issue()).card;
    expect(await readCards({ role: 'HOLDER', cardId: own.id }, [other.id, own.id])).toEqual([
      null,
      {
        id: own.id,
        kind: 'PERSONAL',
        status: 'VALID',
        issuedOn: '2026-11-22',
        validUntil: '2027-11-21',
        holder: { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0 },
      },
    ]);
  });

  it('an issuer reads the cards it gave and no other; the national centre reads all', async () => {
    const own = (await cards.issue()).card;
    const other = (await cards.issue({ issuerId: tampere.partnerId })).card;
    const ids = [own.id, other.id];
    const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
    expect(await readCards(issuer, ids)).toMatchObject([{ id: own.id, status: 'VALID' }, null]);
    expect(await readCards({ role: 'NATIONAL' }, ids)).toMatchObject([
      { status: 'VALID' },
      { status: 'VALID' },
    ]);
  });

  it('a venue sees id and kind and nothing else', async () => {
    const { card } = await cards.issue();
    expect(await readCards({ role: 'VENUE_STAFF', venueId: 'v1' }, [card.id])).toEqual([
      { id: card.id, kind: 'PERSONAL', status: null, issuedOn: null, validUntil: null, holder: null },
    ]);
  });

  it('everybody else gets the same answer for a card as for none', async () => {
    const { card } = await cards.issue();
    const others: Viewer[] = [
      { role: 'ANONYMOUS' },
      { role: 'COORDINATOR', networkId: kuopio.networkId },
      { role: 'DISPLAY', venueId: 'v1' },
      { role: 'PARTNER_APP', appId: 'app' },
      { role: 'HOLDER', cardId: 'another' },
    ];
    for (const viewer of others) expect(await readCards(viewer, [card.id, 'none'])).toEqual([null, null]);
  });

  it('a card says SUSPENDED or EXPIRED to those who may read it', async () => {
    const expired = (await cards.issue({ issuedOn: '2025-11-22' })).card;
    const suspended = (await cards.issue()).card;
    await suspendCard(cards.services, system, suspended.id);
    expect(await readCards({ role: 'NATIONAL' }, [expired.id, suspended.id])).toMatchObject([
      { status: 'EXPIRED', validUntil: '2026-11-21' },
      { status: 'SUSPENDED' },
    ]);
  });

  it('keys that are no ids find nothing', async () => {
    const strange = ['', 'x'.repeat(100_000), "'; drop table card; --", '💥'];
    expect(await readCards({ role: 'NATIONAL' }, strange)).toEqual(strange.map(() => null));
  });

  it("cardsIssued is for the own issuer, its network's coordinator and the national centre, else null", async () => {
    const years = { issuerId: tampere.partnerId, issuedOn: '2025-06-01' };
    // Fewer than five of either would be hidden from others.
    for (let card = 0; card < 5; card += 1) {
      await cards.issue(years);
      await cards.issue({ ...years, issuerId: kuopio.partnerId });
    }
    const both = [tampere.partnerId, kuopio.partnerId];
    const kuopioCards = expect.any(Number) as number;
    expect(await count({ role: 'ISSUER_STAFF', issuerId: tampere.partnerId }, both, 2025)).toEqual([5, null]);
    expect(await count({ role: 'COORDINATOR', networkId: tampere.networkId }, both, 2025)).toEqual([5, null]);
    expect(await count({ role: 'NATIONAL' }, both, 2025)).toEqual([5, kuopioCards]);
    expect(await count({ role: 'NATIONAL' }, [...both, 'a-venue'], 2020)).toEqual([0, 0, null]);
    for (const viewer of [{ role: 'ANONYMOUS' }, { role: 'VENUE_STAFF', venueId: 'v1' }] satisfies Viewer[]) {
      expect(await count(viewer, both, 2025)).toEqual([null, null]);
    }
  });

  it('cardsIssued without a year is of this year, and a year that is none is BAD_INPUT', async () => {
    const national: Viewer = { role: 'NATIONAL' };
    const one = [kuopio.partnerId];
    expect(await count(national, one)).toEqual(await count(national, one, 2026));
    for (const year of [0, -1, 2 ** 31 - 1]) {
      const of = [{ __typename: 'Partner', id: kuopio.partnerId }];
      const { errors } = await cards.ask(national, partnerQuery, { of, year });
      expect(errors?.[0]?.extensions['code']).toBe('BAD_INPUT');
    }
  });

  it('a hundred partners are counted in as many queries as two, whose number no card changes', async () => {
    const reader = cards.services.database.reader;
    const selects = vi.spyOn(reader, 'selectFrom');
    const ids = [
      kuopio.partnerId,
      tampere.partnerId,
      ...Array.from({ length: 98 }, (_, i) => `partner-${i}`),
    ];
    expect(await count({ role: 'NATIONAL' }, ids, 2026)).toHaveLength(100);
    // Its consumers look for their places now and then, whatever is asked.
    const asked = selects.mock.calls.map(([table]) => table).filter((table) => table !== 'consumer_cursor');
    expect(asked).toEqual(['issuer', 'network_figure', 'issuer_figure']);
    selects.mockRestore();
  });
});
