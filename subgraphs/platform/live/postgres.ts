import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Millis } from '../units.ts';
import type { Live } from './live.ts';
import { localLive } from './local.ts';

const channel = 'live';
const flushMs = 10;
/** PostgreSQL takes at most 8 000 bytes in one notification. */
const maxPayloadBytes = 7_500;
const maxQueuedKeys = 10_000;
const maxBackOffMs = 1_000;

export interface PostgresLiveOptions {
  readonly url: string;
  readonly logger: Logger;
  /** How often the connection is asked whether it still lives: a dead one raises no event by itself. */
  readonly heartbeatMs?: Millis;
}

/**
 * Rings in every process that listens on the same database. This process hears itself at once; the others through
 * NOTIFY on a connection of its own, after the commit and coalesced. After a lost connection every listener is told to
 * look again, since rings may have been missed.
 */
export async function postgresLive(options: PostgresLiveOptions): Promise<Live> {
  const { url, logger, heartbeatMs = 5_000 } = options;
  const local = localLive();
  const self = newId();
  const unsent = new Set<string>();
  let client: pg.Client | undefined;
  let closed = false;
  let flushing = false;
  let reconnecting: Promise<void> | undefined;

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, query_timeout: heartbeatMs });
    fresh.on('error', () => lost(fresh));
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', ({ payload = '' }) => {
      const [sender, ...keys] = payload.split('\n');
      if (sender !== self) local.ring(keys);
    });
    await fresh.connect();
    await fresh.query(`listen ${channel}`);
    client = fresh;
    void flush();
  };

  const lost = (which: pg.Client): void => {
    if (closed || client !== which) return;
    client = undefined;
    which.end().catch(() => undefined);
    logger.warn('the connection for live values was lost and is made again');
    reconnecting ??= reconnect().finally(() => (reconnecting = undefined));
  };

  const reconnect = async (): Promise<void> => {
    for (let attempt = 0; !closed; attempt++) {
      try {
        await connect();
        local.ringAll();
        return;
      } catch {
        await sleep(Math.min(maxBackOffMs, 50 * 2 ** attempt) * (0.5 + Math.random() / 2));
      }
    }
  };

  const flush = async (): Promise<void> => {
    if (flushing) return;
    flushing = true;
    while (unsent.size > 0 && client && !closed) {
      await sleep(flushMs);
      const sender = client as pg.Client | undefined;
      if (!sender) break;
      const keys = takePayload(unsent, self);
      try {
        await sender.query('select pg_notify($1, $2)', [channel, [self, ...keys].join('\n')]);
      } catch {
        for (const key of keys) unsent.add(key);
        lost(sender);
      }
    }
    flushing = false;
  };

  const heartbeat = setInterval(() => {
    const asked = client;
    asked?.query('select 1').catch(() => lost(asked));
  }, heartbeatMs);
  heartbeat.unref();

  await connect();
  return {
    put(key) {
      local.put(key);
      if (unsent.size < maxQueuedKeys) unsent.add(key);
      void flush();
    },
    watch: (keys, listener) => local.watch(keys, listener),
    async close() {
      closed = true;
      clearInterval(heartbeat);
      await reconnecting;
      await client?.end();
      await local.close();
    },
  };
}

/** Takes as many keys as fit into one notification. */
function takePayload(unsent: Set<string>, self: string): string[] {
  const keys: string[] = [];
  let bytes = Buffer.byteLength(self);
  for (const key of unsent) {
    bytes += Buffer.byteLength(key) + 1;
    if (bytes > maxPayloadBytes && keys.length > 0) break;
    unsent.delete(key);
    if (bytes <= maxPayloadBytes) keys.push(key);
  }
  return keys;
}
