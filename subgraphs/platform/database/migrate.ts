import { Migrator, type Kysely, type Migration } from 'kysely';
import { platformTables } from '../events/tables.ts';
import { writerOf, type Database } from './database.ts';
import { columnTypes, type ColumnTypes } from './dialect.ts';

/** Makes or changes tables. Written once for both engines with the given column types. */
// A migration meets tables of every version, so no Tables interface can describe them.
// oxlint-disable-next-line typescript/no-explicit-any
export type MigrationStep = (db: Kysely<any>, columns: ColumnTypes) => Promise<void>;

/** Steps by name, in order of the name: `0001_cards`. A step that has run anywhere is never changed. */
export type Migrations = Readonly<Record<string, MigrationStep>>;

/**
 * Brings a database to the newest version, each step in a transaction. Several processes may start at once: one does
 * the work, the others find nothing to do.
 */
export async function migrate<T>(database: Database<T>, migrations: Migrations): Promise<void> {
  const columns = columnTypes(database.engine);
  const steps: Record<string, Migration> = {};
  for (const [name, step] of Object.entries({ '0000_platform': platformTables, ...migrations })) {
    steps[name] = { up: (db) => step(db, columns) };
  }
  const writer = writerOf.get(database as never);
  if (!writer) throw new Error('Only a database opened by openDatabase can be migrated.');
  const migrator = new Migrator({
    db: writer,
    provider: { getMigrations: async () => steps },
    // Without it Kysely finds another subgraph's migration table in the same PostgreSQL database and takes it for ours.
    ...(database.engine === 'postgres' ? { migrationTableSchema: database.name } : {}),
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed =
      results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first step';
    throw new Error(`The ${database.name} database could not be migrated: ${failed}.`, { cause: error });
  }
}
