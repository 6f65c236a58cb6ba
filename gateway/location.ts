import type { DatabaseLocation } from '../subgraphs/platform/database/index.ts';
import type { Config } from './config.ts';

/** Where the databases are, as the settings say. */
export function databaseLocation(config: Config): DatabaseLocation {
  return config.databaseUrl === undefined
    ? { engine: 'sqlite', directory: config.dataDir }
    : { engine: 'postgres', url: config.databaseUrl };
}
