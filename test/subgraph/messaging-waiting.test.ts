import { graphql, type ExecutionResult } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMessaging } from '../../subgraphs/messaging/index.ts';
import { threads } from '../../subgraphs/messaging/store/migrations/0001-threads.ts';
import type { MessagingTables } from '../../subgraphs/messaging/store/tables.ts';
import { migrate, openDatabase, type Database } from '../../subgraphs/platform/database/index.ts';
import { appendEvents, type PlatformTables } from '../../subgraphs/platform/events/index.ts';
import type { Subgraph, SubgraphOptions } from '../../subgraphs/platform/subgraph.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines, options, testNow } from '../support/databases.ts';

const holder: Viewer = { role: 'HOLDER', cardId: 'card-1' };
const staff: Viewer = { role: 'VENUE_STAFF', venueId: 'venue-1' };

const common = {
  cardId: 'card-1',
  performanceId: 'performance-1',
  offeringId: 'offering-1',
  venueId: 'venue-1',
  offeringTitle: { fi: 'Syyskonsertti', sv: null, en: null },
  at: testNow,
};
const startsAt = '2026-11-22T16:30:00.000Z';
const offered = {
  ...common,
  entryId: 'entry-1',
  startsAt,
  tickets: 2,
  expiresAt: '2026-11-22T12:00:00.000Z',
};
const expired = { ...common, entryId: 'entry-1', startsAt, reason: 'NOT_ANSWERED' };
const moved = (to: string): object => ({
  ...common,
  redemptionId: 'redemption-1',
  from: { startsAt, endsAt: startsAt },
  to: { startsAt: to, endsAt: to },
});
const cancelled = { ...common, redemptionId: 'redemption-1', cancelledBy: 'HOLDER', startsAt };

interface Thread {
  readonly id: string;
  readonly about: string;
  readonly redemption: { readonly id: string } | null;
  readonly waitingEntryId: string | null;
  readonly messages: readonly { readonly id: string; readonly body: { readonly en: string } }[];
}

describe.each(engines)('what messaging tells of waiting and of new times on $name', (engine) => {
  let own: SubgraphOptions;
  let venues: Database<PlatformTables>;
  let subgraph: Subgraph;
  const open = async (): Promise<void> => {
    subgraph = await openMessaging(own);
    subgraph.start();
    await subgraph.load();
  };
  beforeEach(async () => {
    own = options(await engine.location());
    venues = await openDatabase<PlatformTables>(own.location, 'venues', own.live);
    await migrate(venues, {});
  });
  afterEach(async () => {
    await subgraph.close();
    await venues.close();
  });

  const publish = (...events: readonly (readonly [string, object])[]): Promise<void> =>
    venues.write((trx) =>
      appendEvents(
        trx,
        events.map(([topic, payload]) => ({ topic, payload })),
        testNow,
      ),
    );
  const ask = (source: string, viewer: Viewer): Promise<ExecutionResult> =>
    graphql({ schema: subgraph.schema, source, contextValue: subgraph.context(viewer, 'test') });
  const threadsOf = async (viewer: Viewer): Promise<readonly Thread[]> => {
    await subgraph.caughtUp();
    const { data, errors } = await ask(
      '{ threads { totalCount nodes { id about redemption { id } waitingEntryId messages { id body { en } } } } }',
      viewer,
    );
    expect(errors).toBeUndefined();
    const { totalCount, nodes } = data?.['threads'] as { totalCount: number; nodes: Thread[] };
    expect(totalCount).toBe(nodes.length);
    return nodes;
  };

  it('an offer and its end are one thread of the holder alone: no venue reads it, by list or by id', async () => {
    await open();
    await publish(['waiting.offered', offered], ['waiting.expired', expired]);
    const [thread, ...others] = await threadsOf(holder);
    expect(others).toEqual([]);
    expect(thread).toMatchObject({ about: 'WAITING_ENTRY', redemption: null, waitingEntryId: 'entry-1' });
    expect(thread?.messages).toHaveLength(2);
    expect(thread?.messages[0]?.body.en).toContain('by 22 November 2026 at 14:00');
    expect(await threadsOf(staff)).toEqual([]);
    const id = thread?.id ?? '';
    const question = `{ thread(id: "${id}") { id }
      _entities(representations: [{ __typename: "Thread", id: "${id}" }]) { ... on Thread { id } } }`;
    expect((await ask(question, staff)).data).toEqual({ thread: null, _entities: [null] });
    expect((await ask(question, holder)).data).toEqual({ thread: { id }, _entities: [{ id }] });
  });

  it('a ticket that moved twice and was cancelled is one thread with three messages for both sides', async () => {
    await open();
    await publish(
      ['redemption.moved', moved('2026-11-23T16:30:00.000Z')],
      ['redemption.moved', moved('2026-11-24T16:30:00.000Z')],
      ['redemption.cancelled', cancelled],
    );
    for (const viewer of [holder, staff]) {
      const [thread, ...others] = await threadsOf(viewer);
      expect(others).toEqual([]);
      expect(thread).toMatchObject({ about: 'REDEMPTION', redemption: { id: 'redemption-1' } });
      expect(thread?.messages).toHaveLength(3);
    }
  });

  it('who waits hears of each new time in the thread of the own place in line; the venue does not', async () => {
    await open();
    const { redemptionId: _, ...waits } = moved('2026-11-23T16:30:00.000Z') as Record<string, unknown>;
    await publish(
      ['waiting.moved', { ...waits, entryId: 'entry-1' }],
      ['waiting.offered', offered],
      ['waiting.moved', { ...waits, entryId: 'entry-1' }],
    );
    const [thread, ...others] = await threadsOf(holder);
    expect(others).toEqual([]);
    expect(thread).toMatchObject({ about: 'WAITING_ENTRY', waitingEntryId: 'entry-1' });
    expect(thread?.messages).toHaveLength(2);
    expect(JSON.stringify(thread?.messages)).toContain('You keep your place in line');
    expect(await threadsOf(staff)).toEqual([]);
  });

  it('the same events once more, also when the cursor was lost, write nothing', async () => {
    const all = [
      ['waiting.offered', offered],
      ['waiting.expired', expired],
      ['redemption.moved', moved('2026-11-23T16:30:00.000Z')],
      ['redemption.cancelled', cancelled],
    ] as const;
    await open();
    await publish(...all, ...all);
    const before = await threadsOf(holder);
    expect(before.map(({ messages }) => messages.length)).toEqual([2, 2]);
    await subgraph.close();
    const database = await openDatabase<MessagingTables>(own.location, 'messaging', own.live);
    await database.write((trx) => trx.deleteFrom('consumer_cursor').execute());
    await database.close();
    await open();
    expect(await threadsOf(holder)).toEqual(before);
  });

  it('an offer without its end stops the consumer rather than leave somebody untold', async () => {
    await open();
    await publish(['waiting.offered', { ...offered, expiresAt: 'soon' }], ['waiting.expired', expired]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { data } = await ask('{ threads { totalCount } }', holder);
    expect(data).toEqual({ threads: { totalCount: 0 } });
  });

  it('threads of before keep their redemption, and their cancellation is not told again', async () => {
    const database = await openDatabase<MessagingTables>(own.location, 'messaging', own.live);
    await migrate(database, { '0001_threads': threads });
    const empty = { fi: null, sv: null, en: null };
    await database.write(async (trx) => {
      const old = { id: 't', redemption_id: 'redemption-1', venue_id: 'venue-1', card_id: 'card-1' };
      await trx
        .insertInto('thread' as never)
        .values({ ...old, started_at: testNow } as never)
        .execute();
      const message = { id: 'm', thread_id: 't', at: testNow, sender: 'SYSTEM' };
      await trx
        .insertInto('message' as never)
        .values({ ...message, body_en: 'told' } as never)
        .execute();
    });
    await database.close();
    await open();
    await publish(['redemption.cancelled', { ...cancelled, offeringTitle: empty }]);
    expect(await threadsOf(staff)).toEqual([
      {
        id: 't',
        about: 'REDEMPTION',
        redemption: { id: 'redemption-1' },
        waitingEntryId: null,
        messages: [{ id: 'm', body: { en: 'told' } }],
      },
    ]);
  });
});
