import path from 'node:path';
import { ConfigError } from './config-error.ts';
import { metricsModes, type MetricsMode } from './observability/settings.ts';
import { readProcessSettings, type ProcessSettings } from './transports/settings.ts';

export interface Config extends ProcessSettings {
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Folder of the SQLite files. */
  readonly dataDir: string;
  /** PostgreSQL, instead of SQLite. */
  readonly databaseUrl: string | undefined;
  readonly production: boolean;
  readonly logLevel: string;
  /** Whether the made-up season is loaded. */
  readonly demoSeason: boolean;
  /** Who may read /metrics. */
  readonly metrics: MetricsMode;
}

export { ConfigError };

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const modes = ['development', 'production', 'test'];
const yes = ['on', 'true', '1'];
const no = ['off', 'false', '0'];

export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const oneOf = (name: string, allowed: readonly string[], standard: string): string => {
    const value = read(name) ?? standard;
    if (allowed.includes(value)) return value;
    throw new ConfigError(`${name} is "${value}", but must be one of ${allowed.join(', ')}.`);
  };
  const production = oneOf('NODE_ENV', modes, 'development') === 'production';
  return {
    port: readPort(read('PORT')),
    host: read('HOST') ?? '127.0.0.1',
    dataDir: path.resolve(read('DATA_DIR') ?? 'data'),
    databaseUrl: readDatabaseUrl(read('DATABASE_URL')),
    production,
    logLevel: oneOf('LOG_LEVEL', logLevels, 'info'),
    demoSeason: yes.includes(oneOf('DEMO_SEASON', [...yes, ...no], production ? 'off' : 'on')),
    metrics: oneOf('METRICS', metricsModes, production ? 'local' : 'on') as MetricsMode,
    ...readProcessSettings(read, production),
  };
}

function readPort(text = '4000'): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new ConfigError(`PORT is "${text}", but must be a whole number from 0 to 65535.`);
}

/** The address is not shown back: it may hold a password. */
function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))) return text;
  throw new ConfigError(
    'DATABASE_URL must be the address of a PostgreSQL database, such as postgres://user@localhost:5432/cards.',
  );
}
