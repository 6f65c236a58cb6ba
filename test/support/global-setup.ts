import type { TestProject } from 'vitest/node';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { workers } from './workers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL servers of this run, as the addresses of their maintenance databases: one for each worker. */
    postgresUrls: readonly string[];
  }
}

/**
 * PostgreSQL servers for the whole run: DATABASE_URL, or some started from the binaries in node_modules. Each worker has its
 * own, because a transaction that is open in one database delays the events of all others of the same server.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers: PostgresServer[] = [];
  for (let worker = 0; worker < workers; worker++) servers.push(await startPostgres());
  project.provide(
    'postgresUrls',
    servers.map(({ url }) => url),
  );
  return async () => {
    for (const server of servers) await server.stop();
  };
}
