import type { DatabaseLocation } from '../database/index.ts';
import type { ProcessConfig } from './process.ts';

/** Where the databases are, as the settings say. */
export function databaseLocation({
  databaseUrl,
  dataDir,
}: Pick<ProcessConfig, 'databaseUrl' | 'dataDir'>): DatabaseLocation {
  return databaseUrl === undefined
    ? { engine: 'sqlite', directory: dataDir }
    : { engine: 'postgres', url: databaseUrl };
}
