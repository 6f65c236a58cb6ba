import path from 'node:path';
import type { SigningKey } from '../server/keys.ts';
import { ConfigError } from './config-error.ts';
import { readKeys } from './signing-keys.ts';

/** What every process of the product is told, a gateway and a subgraph alike. */
export interface ProcessConfig {
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
  /** The first one signs, every one is accepted. Undefined only in production, when nothing needs them. */
  readonly signingKeys: readonly SigningKey[] | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable without the blanks around it; undefined when it is empty. */
export type Read = (name: string) => string | undefined;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const modes = ['development', 'production', 'test'];
const yes = ['on', 'true', '1'];
const no = ['off', 'false', '0'];

export function reader(environment: Environment): Read {
  return (name) => environment[name]?.trim() || undefined;
}

/** One of a few words, or a ConfigError that lists them. */
export function oneOf<Word extends string>(
  read: Read,
  name: string,
  allowed: readonly Word[],
  standard: Word,
): Word {
  const value = read(name);
  const found = value === undefined ? standard : allowed.find((word) => word === value);
  if (found !== undefined) return found;
  throw new ConfigError(`${name} is "${value}", but must be one of ${allowed.join(', ')}.`);
}

export function readProcessConfig(read: Read): ProcessConfig {
  const production = oneOf(read, 'NODE_ENV', modes, 'development') === 'production';
  return {
    port: readPort(read('PORT')),
    host: read('HOST') ?? '127.0.0.1',
    dataDir: path.resolve(read('DATA_DIR') ?? 'data'),
    databaseUrl: readDatabaseUrl(read('DATABASE_URL')),
    production,
    logLevel: oneOf(read, 'LOG_LEVEL', logLevels, 'info'),
    demoSeason: yes.includes(oneOf(read, 'DEMO_SEASON', [...yes, ...no], production ? 'off' : 'on')),
    signingKeys: readKeys(read('SUBGRAPH_KEYS'), production),
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
