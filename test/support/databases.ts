import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { fixedClock, type FixedClock } from '../../subgraphs/platform/clock.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { localLive } from '../../subgraphs/platform/live/index.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import type { SubgraphOptions } from '../../subgraphs/platform/subgraph.ts';

export interface TestEngine {
  readonly name: 'sqlite' | 'postgres';
  /** A new, empty place for databases; removed after the test file. */
  readonly location: () => Promise<DatabaseLocation>;
}

const leftovers: (() => Promise<void> | void)[] = [];

afterAll(async () => {
  for (const remove of leftovers.splice(0)) await remove();
});

/** Every store and platform test runs on each of these: `describe.each(engines)('… on $name', …)`. */
export const engines: readonly TestEngine[] = [
  {
    name: 'sqlite',
    location: async () => {
      const directory = mkdtempSync(path.join(tmpdir(), 'culture-card-'));
      leftovers.push(() => rmSync(directory, { recursive: true, force: true }));
      return { engine: 'sqlite', directory };
    },
  },
  {
    name: 'postgres',
    location: async () => {
      const server = postgresUrl();
      const name = `test_${newId().replaceAll('-', '')}`;
      await administer(server, `create database ${name}`);
      leftovers.push(() => administer(server, `drop database if exists ${name} with (force)`));
      const url = new URL(server);
      url.pathname = `/${name}`;
      return { engine: 'postgres', url: url.toString() };
    },
  },
];

/** The PostgreSQL server of this worker, as the address of its maintenance database. */
export function postgresUrl(): string {
  const urls = inject('postgresUrls');
  const url = urls[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % urls.length];
  if (url === undefined) throw new Error('There is no PostgreSQL server.');
  return url;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Sunday noon in Helsinki: the moment at which tests take place unless they say otherwise. */
export const testNow = '2026-11-22T10:00:00.000Z';

/** Options for one subgraph or, with the same object, for several in one process. */
export function options(location: DatabaseLocation): SubgraphOptions & { readonly clock: FixedClock } {
  return {
    location,
    live: localLive(),
    clock: fixedClock(testNow),
    logger: createLogger('silent'),
    demo: false,
  };
}
