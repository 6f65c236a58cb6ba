import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, newOffering, newPerformance, onStage } from '../../store/venues/stage.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

interface Set {
  readonly __typename: string;
  readonly code?: string;
  readonly sharedCap?: { readonly id: string };
}

const set = /* GraphQL */ `
  mutation ($input: SetSharedCapInput!) {
    setSharedCap(input: $input) {
      __typename
      ... on SharedCapSet {
        sharedCap {
          id
          label {
            fi
          }
          cap
          used
          remaining
          performances {
            id
          }
        }
        warnings {
          fi
          sv
          en
        }
      }
      ... on RedemptionRefusal {
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
const remove =
  'mutation ($input: RemoveSharedCapInput!) { removeSharedCap(input: $input) { id performances { id } } }';
const ofVenue = 'query ($id: ID!) { venue(id: $id) { sharedCaps { cap label { fi } } } }';
const anyone: Viewer = { role: 'ANONYMOUS' };

describe.each(engines)('the desk that shares a cap on $name', (engine) => {
  const desk = useDesk(engine);
  const shows = async () => [await onStage(desk.stage), await onStage(desk.stage)];

  it('sees what is left of it, and everybody sees it on the counters', async () => {
    const performanceIds = await shows();
    await atDoor(desk.stage, performanceIds[0] ?? '');
    const { data } = await desk.asked<Set>(set, {
      performanceIds,
      cap: 30,
      label: { fi: 'Viikon esitykset' },
    });
    const all = performanceIds.map((id) => ({ id }));
    expect(data).toMatchObject({
      sharedCap: { label: { fi: 'Viikon esitykset' }, cap: 30, used: 1, remaining: 29 },
      warnings: [],
    });
    expect(data).toMatchObject({ sharedCap: { performances: expect.arrayContaining(all) as unknown } });
    const { data: seen } = await ask(
      desk.subgraph,
      'query ($id: ID!) { performance(id: $id) { capCounter { used remaining sharedCap { label { fi } cap used held remaining } } } }',
      { id: performanceIds[1] },
    );
    expect(seen).toEqual({
      performance: {
        capCounter: {
          used: 0,
          remaining: 20,
          sharedCap: { label: { fi: 'Viikon esitykset' }, cap: 30, used: 1, held: 0, remaining: 29 },
        },
      },
    });
  });

  it('is told when the cap is under the floor of all its tickets together', async () => {
    const { data } = await desk.asked<Set>(set, { performanceIds: await shows(), cap: 17 });
    const text = expect.stringContaining('18') as unknown;
    expect(data).toMatchObject({ warnings: [{ fi: text, sv: text, en: text }] });
  });

  it('keeps the label that it does not mention, and takes it away with null', async () => {
    const performanceIds = await shows();
    const { data } = await desk.asked<Set>(set, { performanceIds, cap: 20, label: { fi: 'Viikko' } });
    const id = data.sharedCap?.id;
    const { data: kept } = await desk.asked<Set>(set, { id, cap: 25 });
    expect(kept).toMatchObject({ sharedCap: { cap: 25, label: { fi: 'Viikko' } } });
    const { data: gone } = await desk.asked<Set>(set, { id, cap: 25, label: null });
    expect(gone).toMatchObject({ sharedCap: { label: { fi: null } } });
  });

  it('is refused in three languages below what is used, with the numbers', async () => {
    const performanceIds = await shows();
    for (const id of performanceIds) await atDoor(desk.stage, id);
    const { data } = await desk.asked<Set>(set, { performanceIds, cap: 1 });
    const text = expect.any(String) as unknown;
    expect(data).toMatchObject({ code: 'CAP_BELOW_USED', message: { fi: text, sv: text, en: text } });
    expect(data).toMatchObject({ facts: expect.arrayContaining([{ name: 'used', value: '2' }]) as unknown });
  });

  it("sees its venue's shared caps, which nobody else does; an offering's is for everybody", async () => {
    const dates = [newPerformance(desk.stage), newPerformance(desk.stage)];
    const offering = newOffering(desk.stage, { performances: dates });
    await publishOfferings(desk.stage.database, [offering], desk.stage.clock.now());
    await desk.asked<Set>(set, { offeringId: offering.id, cap: 30 });
    const venue = { id: desk.stage.venueId };
    const { data: own } = await ask(desk.subgraph, ofVenue, venue, desk.stage.staff);
    expect(own).toEqual({ venue: { sharedCaps: [{ cap: 30, label: { fi: null } }] } });
    for (const viewer of [anyone, desk.stage.otherStaff]) {
      const { data } = await ask(desk.subgraph, ofVenue, venue, viewer);
      expect(data).toEqual({ venue: { sharedCaps: null } });
    }
    const source = 'query ($id: ID!) { offering(id: $id) { sharedCap { cap offering { id } } } }';
    const { data } = await ask(desk.subgraph, source, { id: offering.id });
    expect(data).toEqual({ offering: { sharedCap: { cap: 30, offering: { id: offering.id } } } });
  });

  it('removes it, and drafts under it are shown to nobody but its staff', async () => {
    const draft = await onStage(desk.stage, {}, { published: false });
    const [show = ''] = await shows();
    const { data } = await desk.asked<Set>(set, { performanceIds: [draft, show], cap: 20 });
    const source =
      'query ($id: ID!) { performance(id: $id) { capCounter { sharedCap { performances { id } } } } }';
    const { data: seen } = await ask(desk.subgraph, source, { id: show });
    expect(seen).toEqual({ performance: { capCounter: { sharedCap: { performances: [{ id: show }] } } } });
    const id = data.sharedCap?.id;
    const removed = await desk.asked<object>(remove, { id });
    expect(removed.data).toEqual({ id, performances: [] });
    expect((await desk.asked(remove, { id }, desk.stage.otherStaff)).code).toBe('FORBIDDEN');
    expect((await desk.asked(set, { id, cap: 5 }, anyone)).code).toBe('FORBIDDEN');
    expect((await desk.asked(set, { id, cap: 5 })).code).toBe('NOT_FOUND');
  });
});
