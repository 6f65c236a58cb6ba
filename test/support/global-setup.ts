import { startPostgres } from './postgres-server.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server of this run, as the address of its maintenance database. */
    postgresUrl: string;
  }
}

/** One PostgreSQL server for the whole run: DATABASE_URL, or one started from the binaries in node_modules. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
