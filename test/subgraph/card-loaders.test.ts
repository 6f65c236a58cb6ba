import { graphql } from 'graphql';
import type { KyselyPlugin } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { CardsContext } from '../../subgraphs/cards/service/context.ts';
import { createLoaders } from '../../subgraphs/cards/service/loaders.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type Answer, type TestCards } from './card-support.ts';
import { deskOf } from './cards-register-support.ts';

const unit: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const everything = `query ($cards: [_Any!]!) { _entities(representations: $cards) { ... on Card {
  id status account { state } usesThisYear periods { event } changes { kind } communityUses { uses } } } }`;

/** The answer, and how many statements the database was asked for it. */
async function counted(
  { subgraph, services }: TestCards,
  viewer: Viewer,
  ids: readonly string[],
): Promise<{ readonly entities: readonly unknown[]; readonly statements: number }> {
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      statements += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const { database } = services;
  const watched = { ...services, database: { ...database, reader: database.reader.withPlugin(counting) } };
  const contextValue: CardsContext = {
    viewer,
    requestId: 'test',
    services: watched as CardsContext['services'],
    loaders: createLoaders(watched as CardsContext['services'], viewer, 'test'),
  };
  const cards = ids.map((id) => ({ __typename: 'Card', id }));
  const { data, errors } = (await graphql({
    schema: subgraph.schema,
    source: everything,
    variableValues: { cards },
    contextValue,
  })) as Answer;
  expect(errors).toBeUndefined();
  return { entities: (data as { _entities: unknown[] })._entities, statements };
}

describe.each(engines)('what stands beside a card, on $name', ({ location }) => {
  test('thirty cards with all that belongs to them cost as many statements as two', async () => {
    await using cards = await openTestCards(await location());
    const ids: string[] = [];
    for (let n = 0; n < 29; n += 1) ids.push((await cards.issue()).card.id);
    ids.push((await cards.issue({ kind: 'COMMUNITY', holder: null })).card.id);
    const few = await counted(cards, unit, ids.slice(-2));
    const many = await counted(cards, unit, ids);
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThan(12);
    expect(many.entities.slice(-2)).toEqual(few.entities);
    const [personal, community] = few.entities;
    expect(personal).toMatchObject({
      status: 'VALID',
      account: { state: 'NONE' },
      usesThisYear: 0,
      periods: [{ event: 'ISSUED' }],
      changes: [],
      communityUses: null,
    });
    expect(community).toMatchObject({ communityUses: [] });
  });

  test('in one list every card keeps its own right: what is not for this viewer is null', async () => {
    await using cards = await openTestCards(await location());
    const own = (await cards.issue()).card.id;
    const foreign = (await cards.issue({ issuerId: tampere.partnerId })).card.id;
    const { entities } = await counted(cards, unit, [own, foreign, 'nobody']);
    expect(entities).toMatchObject([{ id: own, changes: [] }, null, null]);
    const venue = await counted(cards, { role: 'VENUE_STAFF', venueId: 'v' }, [own, foreign]);
    for (const entity of venue.entities) {
      const nothing = {
        account: null,
        usesThisYear: null,
        periods: null,
        changes: null,
        communityUses: null,
      };
      expect(entity).toMatchObject({ status: null, ...nothing });
    }
  });

  test('two changes in one operation: each answer shows the card as it is after its own change', async () => {
    await using cards = await openTestCards(await location());
    const { id } = (await cards.issue()).card;
    const read = 'card { changes { kind } }';
    const answer = await deskOf(cards).read(
      `mutation {
        lost: reportCardLost(cardId: "${id}") { ... on CardChanged { ${read} } }
        found: resumeCard(cardId: "${id}") { ... on CardChanged { ${read} } } }`,
    );
    expect(answer).toEqual({
      lost: { card: { changes: [{ kind: 'LOST' }] } },
      found: { card: { changes: [{ kind: 'LOST' }, { kind: 'RESUMED' }] } },
    });
  });
});
