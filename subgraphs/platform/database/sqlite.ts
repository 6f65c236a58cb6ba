import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  HandleEmptyInListsPlugin,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  replaceWithNoncontingentExpression,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteDialectConfig,
} from 'kysely';

const busyTimeoutMs = 5_000;
/** 16 MB: a page that changes all evening is copied from the log to the file four times less often than with the standard. */
const checkpointPages = 4_000;
const maxStatements = 500;
const turnMs = 5;

/**
 * Kysely's own SQLite driver wakes every waiter at each release and never leaves the microtask queue: 3 000 concurrent
 * reads hold the event loop for 0.8 s. This one hands the connection to the next in line, and lets sockets breathe.
 */
class FairDriver extends SqliteDriver {
  #connection: DatabaseConnection | undefined;
  #waiting: (() => void)[] = [];
  #busy = false;
  #turnBegan = 0;

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#busy) await new Promise<void>((resume) => this.#waiting.push(resume));
    this.#busy = true;
    // The inner driver's own lock is taken once and never released: the queue above replaces it.
    this.#connection ??= await super.acquireConnection();
    if (performance.now() - this.#turnBegan > turnMs) {
      await new Promise((resume) => setImmediate(resume));
      this.#turnBegan = performance.now();
    }
    return this.#connection;
  }

  override async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy = false;
  }
}

/** Kysely runs SQLite migrations outside a transaction unless the adapter says that DDL is transactional. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class FairDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }

  override createDriver(): FairDriver {
    return new FairDriver(this.#config);
  }
}

/** Statements are compiled once; a transaction begins as a writer, so that it never fails half-way on a lock. */
function withStatementCache(raw: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, Sqlite.Statement>();
  const prepare = (text: string): Sqlite.Statement => {
    const source = text === 'begin' ? 'begin immediate' : text;
    let statement = statements.get(source);
    if (!statement) {
      statement = raw.prepare(source);
      if (statements.size >= maxStatements) statements.clear();
      statements.set(source, statement);
    }
    return statement;
  };
  return { prepare, close: () => void raw.close() } as unknown as SqliteDatabase;
}

/** The file of a subgraph: `<directory>/<name>.sqlite`. */
export function sqliteFile(directory: string, name: string): string {
  return path.join(directory, `${name}.sqlite`);
}

/**
 * Opens the file for writing. WAL and `synchronous=FULL` are both said aloud: better-sqlite3 is built so that WAL alone
 * would lose the last commits when the power goes.
 */
export function openSqliteWriter<T>(directory: string, name: string): Kysely<T> {
  mkdirSync(directory, { recursive: true });
  const raw = new Sqlite(sqliteFile(directory, name), { timeout: busyTimeoutMs });
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  if (raw.pragma('synchronous', { simple: true }) !== 2)
    throw new Error('SQLite did not accept synchronous=FULL.');
  return kyselyOf<T>(raw);
}

/** Opens the file for reading only: a snapshot that never waits for the writer. */
export function openSqliteReader<T>(directory: string, name: string): Kysely<T> {
  return kyselyOf<T>(
    new Sqlite(sqliteFile(directory, name), { readonly: true, fileMustExist: true, timeout: busyTimeoutMs }),
  );
}

function kyselyOf<T>(raw: Sqlite.Database): Kysely<T> {
  return new Kysely<T>({
    dialect: new FairDialect({ database: withStatementCache(raw) }),
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}
