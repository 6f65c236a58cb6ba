import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { rateRedemption } from '../../../subgraphs/venues/service/ratings.ts';
import { atDoor, onStage } from '../../store/venues/stage.ts';
import { waits } from '../../store/venues/waiting-stage.ts';
import { engines } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const rate = /* GraphQL */ `
  mutation ($input: RateRedemptionInput!) {
    rateRedemption(input: $input) {
      __typename
      ... on Redemption {
        rating {
          accessibility
          meaning
          interest
          editableUntil
        }
      }
      ... on RatingRefusal {
        code
        message {
          fi
          sv
          en
        }
        facts {
          name
          value
        }
      }
    }
  }
`;
const averages =
  'query ($id: ID!) { venue(id: $id) { ratingAverages { category title { sv } average answers asOf reason { fi } } } }';
const single = 'query ($id: ID!) { redemption(id: $id) { rating { meaning } } }';
const evening = '2026-11-22T20:00:00.000Z';

interface Shown {
  readonly venue: {
    readonly ratingAverages:
      readonly Readonly<Record<'category' | 'average' | 'answers' | 'asOf', unknown>>[] | null;
  };
}

describe.each(engines)('ratings on $name', (engine) => {
  const desk = useDesk(engine);

  /** A card that has been somewhere; the evening is over. */
  const visit = async (card: string = newId()): Promise<{ id: string; holder: Viewer }> => {
    desk.stage.clock.set('2026-11-22T10:00:00.000Z');
    const answer = await atDoor(desk.stage, await onStage(desk.stage), { card });
    if (answer.kind !== 'redemption') throw new Error(`Refused: ${answer.code}`);
    desk.stage.clock.set(evening);
    return { id: answer.id, holder: { role: 'HOLDER', cardId: card } };
  };
  const say = async (stars: object, { id, holder }: { id: string; holder: Viewer }) =>
    desk.asked<{ code?: string }>(rate, { redemptionId: id, ...stars }, holder);
  const meaning = async (): Promise<unknown> => {
    const { data } = await ask<Shown>(desk.subgraph, averages, { id: desk.stage.venueId }, desk.stage.staff);
    const found = data.venue.ratingAverages?.find(({ category }) => category === 'MEANING');
    return [found?.average, found?.answers, found?.asOf];
  };

  it('a holder rates a visit once it is over, changes it for 14 days, and 0 is an answer', async () => {
    const seen = await visit();
    desk.stage.clock.set('2026-11-22T18:59:00.000Z');
    expect(await say({ meaning: 5 }, seen)).toMatchObject({ data: { code: 'NOT_OVER' } });
    desk.stage.clock.set(evening);
    const rating = { accessibility: 0, meaning: 5, interest: null };
    const editableUntil = '2026-12-06T20:00:00.000Z';
    expect((await say({ accessibility: 0, meaning: 5 }, seen)).data).toEqual({
      __typename: 'Redemption',
      rating: { ...rating, editableUntil },
    });
    desk.stage.clock.set('2026-12-06T19:59:59.000Z');
    expect((await say({ meaning: null, interest: 3 }, seen)).data).toMatchObject({
      rating: { accessibility: 0, meaning: null, interest: 3 },
    });
    desk.stage.clock.set(editableUntil);
    expect((await say({ meaning: 4 }, seen)).data).toMatchObject({ code: 'RATING_CLOSED' });
  });

  it('nobody else rates it, and nobody else reads the rating: not even its venue', async () => {
    const seen = await visit();
    await say({ meaning: 4 }, seen);
    const other: Viewer = { role: 'HOLDER', cardId: newId() };
    const strangers: readonly Viewer[] = [
      desk.stage.staff,
      other,
      { role: 'NATIONAL' },
      { role: 'ANONYMOUS' },
    ];
    for (const viewer of strangers) {
      expect((await desk.asked(rate, { redemptionId: seen.id, meaning: 1 }, viewer)).code).toBe('FORBIDDEN');
    }
    expect((await desk.asked(rate, { redemptionId: newId(), meaning: 1 }, other)).code).toBe('FORBIDDEN');
    const read = async (viewer: Viewer) => (await ask(desk.subgraph, single, { id: seen.id }, viewer)).data;
    expect(await read(seen.holder)).toEqual({ redemption: { rating: { meaning: 4 } } });
    expect(await read(desk.stage.staff)).toEqual({ redemption: { rating: null } });
    expect(await read(other)).toEqual({ redemption: null });
    expect(await desk.events('rating.given')).toEqual([]);
  });

  it.each([{ meaning: 6 }, { meaning: -1 }, {}, { meaning: null }])('%j is BAD_INPUT', async (stars) => {
    expect((await say(stars, await visit())).code).toBe('BAD_INPUT');
  });

  it('a cancelled redemption cannot be rated; what was said before a cancel stays', async () => {
    const seen = await visit();
    await say({ meaning: 4 }, seen);
    const cancel = { redemptionId: seen.id, requestId: newId() };
    await cancelRedemption(desk.stage.env, desk.stage.staff, cancel);
    expect((await say({ meaning: 5 }, seen)).data).toMatchObject({ code: 'REDEMPTION_CANCELLED' });
    const kept = await desk.stage.database.reader.selectFrom('rating_answer').select('stars').execute();
    expect(kept).toEqual([{ stars: 4 }]);
  });

  it('the venue sees an average from five cards up, and is told nothing before', async () => {
    for (const stars of [5, 4, 3, 5]) await say({ meaning: stars }, await visit());
    expect(await meaning()).toEqual([null, null, null]);
    await say({ meaning: 1 }, await visit());
    expect(await meaning()).toEqual([3.6, 5, '2026-11-22']);
    const { data } = await ask<Shown>(desk.subgraph, averages, { id: desk.stage.venueId }, desk.stage.staff);
    expect(data.venue.ratingAverages).toMatchObject([
      { category: 'ACCESSIBILITY', title: { sv: 'Tillgänglighet' }, average: null },
      { category: 'MEANING', reason: null },
      { category: 'INTEREST', average: null },
    ]);
    for (const viewer of [desk.stage.otherStaff, { role: 'NATIONAL' }, { role: 'ANONYMOUS' }] as const) {
      const seen = await ask<Shown>(desk.subgraph, averages, { id: desk.stage.venueId }, viewer);
      expect(seen.data.venue.ratingAverages).toBeNull();
    }
  });

  it('two averages of a venue never differ by fewer than five cards, whatever is changed or taken back', async () => {
    const visits = [];
    for (const stars of [5, 4, 3, 5, 3]) {
      const seen = await visit();
      visits.push(seen);
      await say({ meaning: stars }, seen);
    }
    expect(await meaning()).toEqual([4, 5, '2026-11-22']);
    // One card's five visits and its changes of mind are one card.
    const again = newId();
    for (let n = 0; n < 5; n++) await say({ meaning: 0 }, await visit(again));
    await say({ meaning: null }, visits[0]!);
    await say({ meaning: 2 }, visits[0]!);
    expect(await meaning()).toEqual([4, 5, '2026-11-22']);
    for (const stars of [0, 0]) await say({ meaning: stars }, await visit());
    expect(await meaning()).toEqual([4, 5, '2026-11-22']);
    await say({ meaning: 0 }, await visit());
    expect(await meaning()).toEqual([1.3, 13, '2026-11-22']);
  });

  it('ten cards that rate at once are drawn five at a time, or all', async () => {
    const visits = [];
    for (let n = 0; n < 10; n++) visits.push(await visit());
    await Promise.all(
      visits.map(({ id, holder }) =>
        rateRedemption(desk.stage.env, holder, { redemptionId: id, meaning: 3, interest: 3 }),
      ),
    );
    expect(await meaning()).toEqual([3, 10, '2026-11-22']);
  });

  it('the holder takes the stars along, and the lines stood in; nobody else reads them', async () => {
    const card = newId();
    const seen = await visit(card);
    await visit(card);
    await say({ meaning: 5, interest: 0 }, seen);
    desk.stage.clock.set('2026-11-22T10:00:00.000Z');
    const full = await onStage(desk.stage, { cap: 9 });
    for (let taken = 0; taken < 9; taken += 1) await atDoor(desk.stage, full);
    await waits(desk.stage, full, 1, card);
    const own = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Card { useHistory } } }';
    const historyFor = async (viewer: Viewer): Promise<string | null> => {
      const variables = { r: [{ __typename: 'Card', id: card }] };
      const { data } = await ask<{ _entities: [{ useHistory: string | null }] }>(
        desk.subgraph,
        own,
        variables,
        viewer,
      );
      return data._entities[0].useHistory;
    };
    expect(JSON.parse((await historyFor(seen.holder)) ?? '')).toMatchObject({
      uses: expect.arrayContaining([
        expect.objectContaining({ stars: { ACCESSIBILITY: null, MEANING: 5, INTEREST: 0 } }),
        expect.objectContaining({ stars: null }),
      ]) as unknown,
      waiting: [{ status: 'WAITING', joinedAt: '2026-11-22T10:00:00.000Z', title: { en: 'Play' } }],
    });
    expect(await historyFor(desk.stage.staff)).toBeNull();
  });
});
