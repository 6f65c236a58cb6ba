import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { openTestCards, type TestCards } from './card-support.ts';
import { deskOf, form, given, otherStaff, staff } from './cards-register-support.ts';

describe.each(engines)("an organisation's card on $name", ({ location }) => {
  let cards: TestCards;
  beforeAll(async () => {
    cards = await openTestCards(await location());
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const show = async (code: string, usedBy: string): Promise<unknown> => {
    const { data } = await cards.ask(
      { role: 'VENUE_STAFF', venueId: 'v1' },
      `mutation { presentCard(input: { code: "${code}", venueId: "v1", usedBy: ${usedBy} }) {
        ... on Presentation { allowedLines } } }`,
    );
    return data?.['presentCard'];
  };
  const usesOf = async (id: string, viewer = staff): Promise<unknown> =>
    (await deskOf(cards).read(`{ card(id: "${id}") { communityUses { month usedBy uses } } }`, viewer))[
      'card'
    ];

  it('is used by worker, volunteer or student: counted by month, and nobody is remembered', async () => {
    const community = { kind: 'COMMUNITY', holder: null, homeInNetwork: null, wellbeing: null };
    const { id, code } = given(await deskOf(cards).do('issueCard', form(community)));
    for (const usedBy of ['WORKER', 'STUDENT', 'WORKER'])
      expect(await show(code, usedBy)).toEqual({ allowedLines: ['CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] });
    await show(code, 'null');
    expect(await usesOf(id)).toEqual({
      communityUses: [
        { month: '2026-11', usedBy: 'STUDENT', uses: 1 },
        { month: '2026-11', usedBy: 'WORKER', uses: 2 },
      ],
    });
    expect(await usesOf(id, otherStaff)).toBeNull();
  });

  it('of a holder nothing of the kind is counted', async () => {
    const { id, code } = given(await deskOf(cards).do('issueCard', form()));
    expect(await show(code, 'WORKER')).toEqual({ allowedLines: ['HOLDER', 'CHILD', 'ASSISTANT'] });
    expect(await usesOf(id)).toEqual({ communityUses: null });
    const rows = await cards.services.database.reader
      .selectFrom('community_use')
      .select('uses')
      .where('card_id', '=', id)
      .execute();
    expect(rows).toEqual([]);
  });
});
