import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
} from 'kysely';
import pg from 'pg';
import { QuickClient } from './postgres-client.ts';

const int8 = 20;
const numeric = 1700;

/** count() and sum() come as text from PostgreSQL; a number that JavaScript cannot hold exactly is an error, not a guess. */
function exactNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError(`${text} is larger than a JavaScript number can hold exactly.`);
  }
  return value;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === int8 || oid === numeric
      ? exactNumber
      : (pg.types.getTypeParser as (o: number, f: string) => unknown)(oid, format)) as never,
};

export interface PoolOptions {
  readonly max: number;
  readonly readOnly?: boolean;
}

/** A pool whose connections live in one PostgreSQL schema, named after the subgraph. */
export function openPostgres<T>(
  url: string,
  schema: string,
  { max, readOnly = false }: PoolOptions,
): Kysely<T> {
  const settings = [
    `-c search_path=${schema}`,
    // A forgotten open transaction would hold back every reader of the outbox.
    '-c idle_in_transaction_session_timeout=30s',
    ...(readOnly ? ['-c default_transaction_read_only=on'] : []),
  ];
  const pool = new pg.Pool({
    Client: QuickClient,
    connectionString: url,
    max,
    types,
    options: settings.join(' '),
    keepAlive: true,
  });
  // An idle connection that dies is replaced by the pool; without a listener its error would end the process.
  pool.on('error', () => undefined);
  return new Kysely<T>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}

/** Makes the schema when it is missing. Two processes may try at once. */
export async function createSchema(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [`create schema ${schema}`]);
    await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`);
  } finally {
    await client.end();
  }
}
