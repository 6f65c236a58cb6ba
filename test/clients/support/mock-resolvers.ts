import type { MockPerformance, MockVenue, MockWorld } from './mock-world.ts';

/** Root value for graphql-js: how the mock world answers the graph's root fields. */
export function rootValue(world: MockWorld): Record<string, unknown> {
  const venue = (one: MockVenue) => ({ ...one, municipality: { id: 'm1', name: one.municipality } });
  const home = () => venue(world.venues[0] as MockVenue);
  const performance = (one: MockPerformance): Record<string, unknown> => ({
    ...one,
    venue: home,
    offering: { id: `o-${one.id}`, kind: 'PRODUCTION', title: one.title, venue: home },
    capCounter: () => counter(one),
  });
  const counter = (one: MockPerformance) => ({
    performance: () => performance(one),
    cap: one.cap,
    used: one.used,
    remaining: one.cap === null ? null : one.cap - one.used,
    sequence: one.sequence,
    asOf: new Date().toISOString(),
  });
  const withPerformance = (answer: unknown) => {
    const record = answer as Record<string, unknown>;
    return typeof record['performanceId'] === 'string'
      ? { ...record, performance: () => performance(world.performance(record['performanceId'] as string)) }
      : record;
  };
  const ofVenue = (venueId: string) => (venueId === 'v1' ? world.performances : []);
  return {
    venue: ({ id, slug }: { id?: string; slug?: string }) => {
      const found = world.venues.find((one) => one.id === id || one.slug === slug);
      return found ? venue(found) : null;
    },
    venues: ({
      first = 50,
      after,
      search,
    }: {
      first?: number;
      after?: string | null;
      search?: string | null;
    }) => {
      const all = world.venues.filter(({ name }) =>
        (name.fi ?? '').toLowerCase().includes((search ?? '').toLowerCase()),
      );
      const start = after ? Number(after) : 0;
      const nodes = all.slice(start, start + first).map(venue);
      const end = start + nodes.length;
      return {
        totalCount: all.length,
        nodes,
        pageInfo: {
          hasNextPage: end < all.length,
          hasPreviousPage: start > 0,
          startCursor: String(start),
          endCursor: String(end),
        },
      };
    },
    performances: ({ venueId }: { venueId: string }) => ({
      totalCount: ofVenue(venueId).length,
      nodes: ofVenue(venueId).map(performance),
    }),
    presentCard: ({ input }: { input: { code: string } }) => world.present(input.code),
    redeem: ({ input }: { input: Parameters<MockWorld['redeem']>[0] }) =>
      withPerformance(world.redeem(input)),
    cancelRedemption: ({ input }: { input: Parameters<MockWorld['cancel']>[0] }) =>
      withPerformance(world.cancel(input)),
    capCounter: ({ venueId }: { venueId: string }) => snapshots(world, () => ofVenue(venueId).map(counter)),
  };
}

/** A snapshot at once, then one after each change; the newest wins. */
function snapshots(world: MockWorld, read: () => unknown): AsyncGenerator<{ capCounter: unknown }> {
  let wake: () => void = () => undefined;
  let fresh = true;
  let over = false;
  const leave = world.watch(() => {
    fresh = true;
    wake();
  });
  const iterator = {
    async next(): Promise<IteratorResult<{ capCounter: unknown }>> {
      while (!fresh && !over) await new Promise<void>((resolve) => (wake = resolve));
      fresh = false;
      return over ? { done: true, value: undefined } : { done: false, value: { capCounter: read() } };
    },
    async return(): Promise<IteratorResult<{ capCounter: unknown }>> {
      over = true;
      leave();
      wake();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator as unknown as AsyncGenerator<{ capCounter: unknown }>;
}
