import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Live } from '../live/live.ts';
import type { Logger } from '../logger.ts';
import type { Millis } from '../units.ts';
import { outboxKey } from './doorbell.ts';
import { beginning, type EventLog, type PublishedEvent } from './log.ts';
import type { PlatformTables } from './tables.ts';

export interface ConsumerOptions<T extends PlatformTables> {
  /** Unique among the consumers of this database; its cursor is kept under this name. */
  readonly name: string;
  readonly log: EventLog;
  readonly database: Database<T>;
  readonly live: Live;
  readonly logger: Logger;
  readonly topics: readonly string[];
  /**
   * The effect of one event, in the transaction that also moves the cursor: so it happens exactly once. It must do
   * nothing outside that transaction.
   */
  readonly handle: (event: PublishedEvent, trx: Transaction<T>) => Promise<void>;
  /** How often to look when no doorbell rings. */
  readonly pollMs?: Millis;
}

export interface Consumer {
  /** Resolves when everything that was committed in the log at the time of the call has had its effect. */
  caughtUp(): Promise<void>;
  /** Stops after the batch under way. */
  stop(): Promise<void>;
}

const batchSize = 200;
const maxBackOffMs = 5_000;

/** While its process is busy, a consumer rests so many times as long as it worked: who stands at a door goes before figures. */
const restWhenBusy = 9;
/** This much of a rest shows whether the process is busy with anything else; an idle one goes on after it. */
const look = 0.25;
const busyUtilization = 0.8;

/** Another process moved the same cursor: our batch is rolled back, and theirs stands. */
class CursorMoved extends Error {}

/** Reads a log from its cursor on, for ever, and gives each event its effect in this database exactly once. */
export function startConsumer<T extends PlatformTables>(options: ConsumerOptions<T>): Consumer {
  const { name, log, database, live, logger, topics, handle, pollMs = 1_000 } = options;
  const wanted = new Set(topics);
  let stopped = false;
  let failures = 0;
  let waker: AbortController | undefined;
  let resting: AbortController | undefined;
  /** How many wait for it to catch up: then it does not rest. */
  let awaited = 0;
  let rung = false;
  const wake = (): void => {
    rung = true;
    waker?.abort();
  };
  const unwatch = live.watch([outboxKey(log.name)], wake);

  const position = async (): Promise<string> => {
    const reader = database.reader as unknown as Kysely<PlatformTables>;
    const row = await reader
      .selectFrom('consumer_cursor')
      .select('position')
      .where('consumer', '=', name)
      .executeTakeFirst();
    return row?.position ?? beginning;
  };

  /** One batch. Returns how many events were read. */
  const step = async (): Promise<number> => {
    const from = await position();
    const events = await log.read(from, batchSize);
    const last = events.at(-1);
    if (!last) return 0;
    await database.write(async (trx) => {
      await moveCursor(trx as unknown as Transaction<PlatformTables>, name, from, last.position);
      for (const event of events) if (wanted.has(event.topic)) await handle(event, trx);
    });
    return events.length;
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      rung = false;
      const began = performance.now();
      try {
        const count = await step();
        failures = 0;
        if (count > 0) {
          await rest(performance.now() - began);
          continue;
        }
      } catch (error) {
        if (error instanceof CursorMoved) continue;
        failures += 1;
        // The first failures are usual while another subgraph is still starting.
        logger[failures > 3 ? 'error' : 'debug']({ err: error, consumer: name }, 'consumer will try again');
      }
      if (rung && failures === 0) continue;
      await pause(failures === 0 ? pollMs : Math.min(maxBackOffMs, 50 * 2 ** Math.min(failures, 10)));
    }
  };

  const pause = async (ms: Millis): Promise<void> => {
    if (stopped) return;
    waker = new AbortController();
    await sleep(ms, undefined, { signal: waker.signal }).catch(() => undefined);
    waker = undefined;
  };

  const rest = async (worked: Millis): Promise<void> => {
    const before = performance.eventLoopUtilization();
    await restFor(worked * look);
    if (performance.eventLoopUtilization(before).utilization < busyUtilization) return;
    await restFor(worked * (restWhenBusy - look));
  };

  const restFor = async (ms: Millis): Promise<void> => {
    if (stopped || awaited > 0) return;
    resting = new AbortController();
    await sleep(ms, undefined, { signal: resting.signal }).catch(() => undefined);
    resting = undefined;
  };

  const running = run();
  return {
    async caughtUp() {
      awaited += 1;
      while (!stopped && (await log.pending(await position()).catch(() => true))) {
        wake();
        resting?.abort();
        await sleep(5);
      }
      awaited -= 1;
    },
    async stop() {
      stopped = true;
      unwatch();
      wake();
      resting?.abort();
      await running;
    },
  };
}

async function moveCursor(
  trx: Transaction<PlatformTables>,
  consumer: string,
  from: string,
  to: string,
): Promise<void> {
  if (from === beginning) {
    await trx
      .insertInto('consumer_cursor')
      .values({ consumer, position: beginning })
      .onConflict((conflict) => conflict.column('consumer').doNothing())
      .execute();
  }
  const { numUpdatedRows } = await trx
    .updateTable('consumer_cursor')
    .set((eb) => ({ position: to, moves: eb('moves', '+', 1) }))
    .where('consumer', '=', consumer)
    .where('position', '=', from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new CursorMoved();
}
