import type { Generated } from 'kysely';
import {
  migrate,
  openDatabase,
  type Database,
  type DatabaseLocation,
} from '../../subgraphs/platform/database/index.ts';
import type { PlatformTables } from '../../subgraphs/platform/events/index.ts';
import { localLive, type Live } from '../../subgraphs/platform/live/index.ts';
import type { SubgraphName } from '../../subgraphs/platform/names.ts';

export interface NoteTables extends PlatformTables {
  note: { id: string; name: string; size: Generated<number> };
}

/** A small database of the platform's own tests. */
export async function openNotes(
  location: DatabaseLocation,
  name: SubgraphName = 'venues',
  live: Live = localLive(),
): Promise<Database<NoteTables>> {
  const database = await openDatabase<NoteTables>(location, name, live);
  await migrate(database, {
    '0001_note': async (db, columns) => {
      await db.schema
        .createTable('note')
        .addColumn('id', columns.text, (c) => c.primaryKey().notNull())
        .addColumn('name', columns.text, (c) => c.notNull())
        .addColumn('size', columns.integer, (c) => c.notNull().defaultTo(0))
        .modifyEnd(columns.strict)
        .execute();
    },
  });
  return database;
}

/** Waits until a condition holds; the test's own time limit ends it otherwise. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resume) => setTimeout(resume, 5));
}
