import { graphql, type ExecutionResult } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellCancellation, type Cancellation } from '../../subgraphs/messaging/domain/cancellation.ts';
import { openMessaging } from '../../subgraphs/messaging/index.ts';
import type { MessagingTables } from '../../subgraphs/messaging/store/tables.ts';
import { migrate, openDatabase, type Database } from '../../subgraphs/platform/database/index.ts';
import { appendEvents, type PlatformTables } from '../../subgraphs/platform/events/index.ts';
import type { Subgraph, SubgraphOptions } from '../../subgraphs/platform/subgraph.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines, options, testNow } from '../support/databases.ts';

const holder: Viewer = { role: 'HOLDER', cardId: 'card-1' };
const staff: Viewer = { role: 'VENUE_STAFF', venueId: 'venue-1' };

describe.each(engines)('the messaging subgraph on $name', (engine) => {
  let own: SubgraphOptions;
  let venues: Database<PlatformTables>;
  let subgraph: Subgraph;

  const open = async (): Promise<Subgraph> => {
    const opened = await openMessaging(own);
    opened.start();
    await opened.load();
    return opened;
  };

  beforeEach(async () => {
    own = options(await engine.location());
    venues = await openDatabase<PlatformTables>(own.location, 'venues', own.live);
    await migrate(venues, {});
    subgraph = await open();
  });
  afterEach(async () => {
    await subgraph.close();
    await venues.close();
  });

  const publish = (...payloads: object[]): Promise<void> =>
    venues.write((trx) =>
      appendEvents(
        trx,
        payloads.map((payload) => ({ topic: 'redemption.cancelled', payload })),
        testNow,
      ),
    );

  const ask = (source: string, viewer: Viewer): Promise<ExecutionResult> =>
    graphql({ schema: subgraph.schema, source, contextValue: subgraph.context(viewer, 'test') });

  interface Thread {
    readonly id: string;
    readonly redemption: { readonly id: string };
    readonly messages: readonly { readonly id: string }[];
  }

  const threadsOf = async (viewer: Viewer): Promise<readonly Thread[]> => {
    await subgraph.caughtUp();
    const { data, errors } = await ask(
      '{ threads { nodes { id redemption { id } messages { id } } } }',
      viewer,
    );
    expect(errors).toBeUndefined();
    return (data?.['threads'] as { nodes: Thread[] }).nodes;
  };

  it('tells holder and venue of a cancelled redemption in one thread with one message in three languages', async () => {
    await publish(cancelled(1));
    await subgraph.caughtUp();
    const told = cancelled(1);
    const question = `{ threads { totalCount nodes {
      subject { fi } venue { id } redemption { id } startedAt messages { at sender body { fi sv en } } } } }`;
    for (const viewer of [holder, staff]) {
      const { data, errors } = await ask(question, viewer);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        threads: {
          totalCount: 1,
          nodes: [
            {
              subject: { fi: 'Peruttu: Syyskonsertti, 22.11.2026 klo 18.30' },
              venue: { id: 'venue-1' },
              redemption: { id: 'redemption-1' },
              startedAt: testNow,
              messages: [
                {
                  at: testNow,
                  sender: 'SYSTEM',
                  body: tellCancellation(told).body,
                },
              ],
            },
          ],
        },
      });
    }
  });

  it('keeps one thread when the same cancellation is delivered again, also in one batch', async () => {
    await publish(cancelled(1), cancelled(1));
    await publish(cancelled(1));
    const threads = await threadsOf(holder);
    expect(threads).toHaveLength(1);
    expect(threads[0]?.messages).toHaveLength(1);
  });

  it('goes on where it stopped after a restart, and tells what happened meanwhile', async () => {
    await publish(cancelled(1));
    const before = await threadsOf(holder);
    await subgraph.close();
    await publish(cancelled(2));
    subgraph = await open();
    const after = await threadsOf(holder);
    expect(after.map(({ redemption }) => redemption.id).sort()).toEqual(['redemption-1', 'redemption-2']);
    expect(after).toEqual(expect.arrayContaining([...before]));
  });

  it('stores nothing twice when its cursor is lost and the whole log is read again', async () => {
    await publish(cancelled(1), cancelled(2));
    const before = await threadsOf(holder);
    await subgraph.close();
    const database = await openDatabase<MessagingTables>(own.location, 'messaging', own.live);
    await database.write((trx) => trx.deleteFrom('consumer_cursor').execute());
    await database.close();
    subgraph = await open();
    expect(await threadsOf(holder)).toEqual(before);
  });

  it('passes by what else venues publish', async () => {
    await venues.write((trx) =>
      appendEvents(
        trx,
        [{ topic: 'redemption.recorded', payload: { redemptionId: 'redemption-9' } }],
        testNow,
      ),
    );
    await publish(cancelled(1));
    expect(await threadsOf(holder)).toHaveLength(1);
  });

  it('waits at an event that it cannot read, and keeps nothing of it', async () => {
    await publish({ redemptionId: 'redemption-1', cardId: 'card-1' });
    await publish(cancelled(2));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { data } = await ask('{ threads { totalCount } }', holder);
    expect(data).toEqual({ threads: { totalCount: 0 } });
  });

  it('shows a holder the own threads only, and a venue its own only, newest first', async () => {
    await publish(
      cancelled(1, { at: '2026-11-20T08:00:00.000Z' }),
      cancelled(2, { at: '2026-11-21T08:00:00.000Z' }),
      cancelled(3, { cardId: 'card-2' }),
      cancelled(4, { venueId: 'venue-2' }),
    );
    const redemptions = async (viewer: Viewer): Promise<string[]> =>
      (await threadsOf(viewer)).map(({ redemption }) => redemption.id);
    expect(await redemptions(holder)).toEqual(['redemption-4', 'redemption-2', 'redemption-1']);
    expect(await redemptions(staff)).toEqual(['redemption-3', 'redemption-2', 'redemption-1']);
    expect(await redemptions({ role: 'HOLDER', cardId: 'card-3' })).toEqual([]);
  });

  it('has no field by which a venue could learn the card', () => {
    const fields = ['Thread', 'Message'].flatMap((name) => {
      const type = subgraph.schema.getType(name);
      return type && 'getFields' in type ? Object.keys(type.getFields()) : [];
    });
    expect(fields.toSorted()).toEqual(
      [
        'id',
        'subject',
        'venue',
        'about',
        'redemption',
        'waitingEntryId',
        'startedAt',
        'messages',
        'id',
        'at',
        'sender',
        'body',
      ].toSorted(),
    );
  });

  it('answers null for somebody else’s thread as for one that does not exist, by id and by reference', async () => {
    await publish(cancelled(1));
    const id = (await threadsOf(holder))[0]?.id ?? '';
    const question = `{ one: thread(id: "${id}") { id } none: thread(id: "unknown") { id }
      _entities(representations: [{ __typename: "Thread", id: "${id}" }]) { ... on Thread { id messages { id } } } }`;
    const others = [
      { role: 'HOLDER', cardId: 'card-2' },
      { role: 'VENUE_STAFF', venueId: 'venue-2' },
    ] as const;
    for (const other of others) {
      expect((await ask(question, other)).data).toEqual({ one: null, none: null, _entities: [null] });
    }
    expect((await ask(question, holder)).data).toMatchObject({
      one: { id },
      none: null,
      _entities: [{ id }],
    });
  });

  it('refuses everybody who is neither holder nor venue staff with FORBIDDEN, by every path', async () => {
    await publish(cancelled(1));
    const id = (await threadsOf(holder))[0]?.id ?? '';
    const paths = [
      '{ threads { totalCount } }',
      `{ thread(id: "${id}") { id } }`,
      `{ _entities(representations: [{ __typename: "Thread", id: "${id}" }]) { ... on Thread { id } } }`,
    ];
    const viewers: Viewer[] = [
      { role: 'ANONYMOUS' },
      { role: 'NATIONAL' },
      { role: 'DISPLAY', venueId: 'venue-1' },
      { role: 'ISSUER_STAFF', issuerId: 'card-1' },
      { role: 'COORDINATOR', networkId: 'venue-1' },
      { role: 'PARTNER_APP', appId: 'card-1' },
    ];
    for (const viewer of viewers) {
      for (const path of paths) {
        const { errors } = await ask(path, viewer);
        expect([viewer.role, path, errors?.[0]?.extensions['code']]).toEqual([
          viewer.role,
          path,
          'FORBIDDEN',
        ]);
      }
    }
  });

  it('pages through many threads, each once, and refuses a wrong page size or id with BAD_INPUT', async () => {
    await publish(...Array.from({ length: 25 }, (_, index) => cancelled(index)));
    await subgraph.caughtUp();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(
        `{ threads(first: 10, after: ${JSON.stringify(after)}) {
          totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        holder,
      );
      const page = data?.['threads'] as {
        totalCount: number;
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      expect(page.totalCount).toBe(25);
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(25);
    for (const wrong of ['{ threads(first: 1000) { totalCount } }', '{ thread(id: "\\u0000") { id } }']) {
      expect((await ask(wrong, holder)).errors?.[0]?.extensions['code']).toBe('BAD_INPUT');
    }
  });
});

/** What venues publish, as in subgraphs/venues. */
function cancelled(index: number, facts: Partial<Cancellation> = {}): Cancellation & Record<string, unknown> {
  return {
    redemptionId: `redemption-${index}`,
    cardId: 'card-1',
    performanceId: 'performance-1',
    offeringId: 'offering-1',
    venueId: 'venue-1',
    cancelledBy: 'HOLDER',
    offeringTitle: { fi: 'Syyskonsertti', sv: null, en: null },
    startsAt: '2026-11-22T16:30:00.000Z',
    at: testNow,
    recordedAt: '2026-11-19T08:00:00.000Z',
    ...facts,
  };
}
