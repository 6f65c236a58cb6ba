import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Subgraph } from '../../../subgraphs/platform/subgraph.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { registerVenues } from '../../../subgraphs/venues/service/register-venues.ts';
import { engines } from '../../support/databases.ts';
import {
  atDoor,
  newOffering,
  newPerformance,
  newVenue,
  onStage,
  openStage,
  said,
  type Stage,
} from '../../store/venues/stage.ts';
import { ask, watch } from './graph.ts';

interface Shown {
  readonly used: number;
  readonly remaining: number;
  readonly performance: { readonly id: string };
}
type Counters = AsyncGenerator<{ data: { capCounter: Shown[] } }>;

const fields = '{ used remaining performance { id } }';
const dayOfNetwork = `subscription ($id: ID, $date: Date, $first: Int) { capCounter(networkId: $id, date: $date, first: $first) ${fields} }`;
const dayOfVenue = `subscription ($id: ID, $date: Date) { capCounter(venueId: $id, date: $date) ${fields} }`;
const ofThese = `subscription ($ids: [ID!]) { capCounter(performanceIds: $ids) ${fields} }`;
const networkId = 'pohjois-savo';

describe.each(engines)('counters of a day, and of shared caps, on $name', (engine) => {
  let stage: Stage;
  let subgraph: Subgraph;
  const streams: Counters[] = [];
  beforeEach(async () => {
    stage = await openStage(engine);
    subgraph = await openVenues(stage.options);
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) await stream.return(undefined);
    await subgraph.close();
  });

  const next = async (stream: Counters): Promise<Shown[]> => {
    const event = await stream.next();
    return event.done === true ? [] : event.value.data.capCounter;
  };
  const open = async (source: string, variables: Record<string, unknown>): Promise<Counters> => {
    const stream = await watch<{ capCounter: Shown[] }>(subgraph, source, variables);
    if (Array.isArray(stream)) throw new Error(String(stream));
    streams.push(stream);
    return stream;
  };
  const once = async (source: string, variables: Record<string, unknown>): Promise<string[]> =>
    (await next(await open(source, variables))).map(({ performance }) => performance.id);
  const at = (from: string, hours = 2) => ({
    startsAt: from,
    endsAt: new Date(Date.parse(from) + hours * 3_600_000).toISOString(),
  });
  const elsewhere = async (venueId: string, performance = newPerformance(stage)): Promise<string> => {
    const offering = newOffering(stage, { venueId, performances: [performance] });
    await publishOfferings(stage.database, [offering], stage.clock.now());
    return performance.id;
  };
  const share = async (performanceIds: readonly string[], cap: number): Promise<void> => {
    const set = 'mutation ($input: SetSharedCapInput!) { setSharedCap(input: $input) { __typename } }';
    const { data } = await ask<{ setSharedCap: object }>(
      subgraph,
      set,
      { input: { performanceIds, cap } },
      stage.staff,
    );
    expect(data.setSharedCap).toEqual({ __typename: 'SharedCapSet' });
  };

  it("a network's day has what its venues have published for that Helsinki day, from midnight to midnight", async () => {
    const first = await onStage(stage, at('2026-11-22T22:00:00.000Z'));
    const last = await elsewhere(stage.otherVenueId, newPerformance(stage, at('2026-11-23T21:59:00.000Z')));
    await onStage(stage, at('2026-11-22T21:59:00.000Z'));
    await onStage(stage, at('2026-11-23T22:00:00.000Z'));
    await onStage(stage, at('2026-11-23T10:00:00.000Z'), { published: false });
    const others = newVenue(newId(), { networkId: 'pirkanmaa' });
    await registerVenues(stage.database, [others]);
    const abroad = await elsewhere(others.id, newPerformance(stage, at('2026-11-23T10:00:00.000Z')));
    expect(await once(dayOfNetwork, { id: networkId, date: '2026-11-23' })).toEqual([first, last]);
    expect(await once(dayOfNetwork, { id: 'pirkanmaa', date: '2026-11-23' })).toEqual([abroad]);
    expect(await once(dayOfVenue, { id: stage.venueId, date: '2026-11-23' })).toEqual([first]);
    expect(await once(dayOfVenue, { id: stage.venueId, date: '2027-01-01' })).toEqual([]);
  });

  it('without a date it is today, and a card used at any of its venues is news', async () => {
    const here = await onStage(stage);
    await elsewhere(stage.otherVenueId);
    const stream = await open(dayOfNetwork, { id: networkId });
    expect(await next(stream)).toHaveLength(2);
    const change = next(stream);
    await atDoor(stage, here);
    expect(await change).toContainEqual({ used: 1, remaining: 19, performance: { id: here } });
  });

  it('when there are more than asked for, those that have ended are left out first', async () => {
    const over = await onStage(stage, at('2026-11-22T05:00:00.000Z'));
    const soon = await onStage(stage, at('2026-11-22T12:00:00.000Z'));
    const late = await onStage(stage, at('2026-11-22T18:00:00.000Z'));
    const later = await onStage(stage, at('2026-11-22T19:00:00.000Z'));
    expect(await once(dayOfNetwork, { id: networkId })).toEqual([over, soon, late, later]);
    expect(await once(dayOfNetwork, { id: networkId, first: 3 })).toEqual([soon, late, later]);
    expect(await once(dayOfNetwork, { id: networkId, first: 1 })).toEqual([soon]);
  });

  it.each([
    ['a network of which no venue is known', 'NOT_FOUND', 'networkId: "nowhere"'],
    ['a venue and a network', 'BAD_INPUT', 'networkId: "a", venueId: "b"'],
    ['performances on a day', 'BAD_INPUT', 'performanceIds: ["a"], date: "2026-11-22"'],
    ['none', 'BAD_INPUT', 'networkId: "pohjois-savo", first: 0'],
    ['more than 200', 'BAD_INPUT', 'networkId: "pohjois-savo", first: 201'],
  ])('%s is %s', async (_, code, args) => {
    expect(await watch(subgraph, `subscription { capCounter(${args}) { used } }`)).toEqual([code]);
  });

  it('a place taken at one show is news for who watches another one with the same shared cap', async () => {
    const [one, other] = [await onStage(stage), await onStage(stage)];
    await share([one, other], 5);
    const stream = await open(ofThese, { ids: [other] });
    expect(await next(stream)).toEqual([{ used: 0, remaining: 5, performance: { id: other } }]);
    const change = next(stream);
    await atDoor(stage, one);
    expect(await change).toEqual([{ used: 0, remaining: 4, performance: { id: other } }]);
  });

  it('also when the cap was shared after the display had begun to watch', async () => {
    const [one, other] = [await onStage(stage), await onStage(stage)];
    const stream = await open(ofThese, { ids: [other] });
    expect(await next(stream)).toMatchObject([{ remaining: 20 }]);
    const until = async (remaining: number): Promise<void> => {
      for (;;) if ((await next(stream))[0]?.remaining === remaining) return;
    };
    await share([one, other], 5);
    await until(5);
    const change = until(4);
    expect(said(await atDoor(stage, one))).toBe('VALID');
    await change;
  });
});
