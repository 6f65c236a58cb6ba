import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import type { Subgraph } from '../../../subgraphs/platform/subgraph.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, onStage, openStage, type Stage } from '../../store/venues/stage.ts';
import { watch } from './graph.ts';

interface Shown {
  readonly used: number;
  readonly performance: { readonly id: string };
}
type Counters = AsyncGenerator<{ data: { capCounter: Shown[] } }>;
const countersOf =
  'subscription ($ids: [ID!]) { capCounter(performanceIds: $ids) { used remaining sequence performance { id } } }';

describe.each(engines)('live cap counters on $name', (engine) => {
  let stage: Stage;
  let subgraph: Subgraph;
  beforeEach(async () => {
    stage = await openStage(engine);
    subgraph = await openVenues(stage.options);
  });
  afterEach(async () => {
    await subgraph.close();
  });

  const next = async (stream: Counters): Promise<Shown[]> => {
    const event = await stream.next();
    return event.done === true ? [] : event.value.data.capCounter;
  };
  const open = async (source: string, variables: Record<string, unknown>): Promise<Counters> => {
    const stream = await watch<{ capCounter: Shown[] }>(subgraph, source, variables);
    if (Array.isArray(stream)) throw new Error(String(stream));
    return stream;
  };

  it('a display gets a snapshot at once and the new list after every change', async () => {
    const performanceId = await onStage(stage, { cap: 5 });
    const stream = await open(countersOf, { ids: [performanceId] });
    expect(await next(stream)).toEqual([
      { used: 0, remaining: 5, sequence: 1, performance: { id: performanceId } },
    ]);
    const change = next(stream);
    await atDoor(stage, performanceId);
    expect(await change).toMatchObject([{ used: 1, remaining: 4, sequence: 2 }]);
    await stream.return(undefined);
  });

  it("a venue's display shows what is on and what comes, published and by start, at most twelve", async () => {
    const at = (hour: number) => ({
      startsAt: new Date(Date.parse('2026-11-22T00:00:00Z') + hour * 3_600_000).toISOString(),
      endsAt: new Date(Date.parse('2026-11-22T01:00:00Z') + hour * 3_600_000).toISOString(),
    });
    await onStage(stage, at(2));
    await onStage(stage, at(12), { published: false });
    const ids: string[] = [];
    for (let hour = 30; hour > 9; hour--) ids.unshift(await onStage(stage, at(hour)));
    const source = 'subscription ($id: ID) { capCounter(venueId: $id) { performance { id } used } }';
    const stream = await open(source, { id: stage.venueId });
    const shown = await next(stream);
    expect(shown.map((counter) => counter.performance.id)).toEqual(ids.slice(0, 12));
    const change = next(stream);
    await atDoor(stage, ids[0] ?? '');
    expect((await change)[0]).toMatchObject({ used: 1 });
    await stream.return(undefined);
  });

  it('a subscription to nothing, to both, or to what is hidden is refused', async () => {
    const hidden = await onStage(stage, {}, { published: false });
    expect(await watch(subgraph, countersOf, { ids: [hidden] })).toEqual(['NOT_FOUND']);
    expect(await watch(subgraph, countersOf, { ids: [] })).toEqual(['BAD_INPUT']);
    expect(await watch(subgraph, 'subscription { capCounter { used } }')).toEqual(['BAD_INPUT']);
    const both = 'subscription { capCounter(performanceIds: ["a"], venueId: "b") { used } }';
    expect(await watch(subgraph, both)).toEqual(['BAD_INPUT']);
    const stream = await watch(subgraph, countersOf, { ids: [hidden] }, stage.staff);
    expect(Array.isArray(stream)).toBe(false);
    if (!Array.isArray(stream)) await stream.return(undefined);
  });
});
