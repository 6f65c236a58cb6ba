import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely, type Transaction, type TransactionBuilder } from 'kysely';
import { hasEvents, outboxKey } from '../events/doorbell.ts';
import type { Live } from '../live/live.ts';
import type { SubgraphName } from '../names.ts';
import { isTransient, type Engine } from './dialect.ts';
import { createSchema, openPostgres } from './postgres.ts';
import { openSqliteReader, openSqliteWriter } from './sqlite.ts';

/** SQLite: a folder with one file per subgraph. PostgreSQL: one database with one schema per subgraph. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly directory: string }
  | { readonly engine: 'postgres'; readonly url: string };

export interface WriteOptions {
  /**
   * PostgreSQL alone asks; SQLite has one writer at a time. What another transaction has changed since the first statement
   * cannot be locked any more: that is a lost race.
   */
  readonly isolation?: 'repeatable read';
}

/** A subgraph's own database. The type says who may write: readers get a Kysely, writers a Transaction. */
export interface Database<T> {
  readonly engine: Engine;
  readonly name: SubgraphName;
  readonly reader: Kysely<T>;
  /**
   * Runs `work` in one write transaction: all of it commits, or none. A race lost to another transaction is run again
   * from the start, so `work` must have no effect outside the transaction. When events were appended, their consumers
   * are woken after the commit.
   */
  write<Result>(work: (trx: Transaction<T>) => Promise<Result>, options?: WriteOptions): Promise<Result>;
  /** Asks for nothing, to see whether it answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const maxTries = 8;
const firstBackOffMs = 5;
const poolSize = 10;

/** For the migrator alone: the connection that may change tables. */
export const writerOf = new WeakMap<Database<never>, Kysely<never>>();

export async function openDatabase<T>(
  location: DatabaseLocation,
  name: SubgraphName,
  live: Live,
): Promise<Database<T>> {
  if (location.engine === 'postgres') await createSchema(location.url, name);
  const writer =
    location.engine === 'sqlite'
      ? openSqliteWriter<T>(location.directory, name)
      : openPostgres<T>(location.url, name, { max: poolSize });
  const reader =
    location.engine === 'sqlite'
      ? openSqliteReader<T>(location.directory, name)
      : openPostgres<T>(location.url, name, { max: poolSize, readOnly: true });
  const close = async (): Promise<void> => {
    await Promise.all([reader.destroy(), writer.destroy()]);
  };
  const database: Database<T> = {
    engine: location.engine,
    name,
    reader,
    async ping() {
      await sql`select 1`.execute(reader);
    },
    async write(work, { isolation } = {}) {
      let published = false;
      const begin = (): TransactionBuilder<T> =>
        isolation && location.engine === 'postgres'
          ? writer.transaction().setIsolationLevel(isolation)
          : writer.transaction();
      const result = await withRetry(() =>
        begin().execute(async (trx) => {
          const done = await work(trx);
          published = hasEvents(trx);
          return done;
        }),
      );
      if (published) live.put(outboxKey(name));
      return result;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  writerOf.set(database as never, writer as never);
  return database;
}

async function withRetry<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= maxTries || !isTransient(error)) throw error;
      await sleep(Math.random() * firstBackOffMs * 2 ** tries);
    }
  }
}
