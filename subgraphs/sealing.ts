import { developmentSecret, parseMasterKeys, type MasterKeys } from './cards/service/secrets.ts';
import { ConfigError } from './platform/settings/config-error.ts';

const form = 'one or two keys, each base64 of at least 32 random bytes, the current one first';

export const developmentSecretWarning =
  'CARDS_SECRET is not set: what cards seal at rest is sealed with the DEVELOPMENT KEY, which everybody knows';

/** The keys of what cards seal at rest; undefined in production without CARDS_SECRET. They are never shown back. */
export function readSealingKeys(text: string | undefined, production: boolean): MasterKeys | undefined {
  if (text === undefined) return production ? undefined : developmentSecret;
  try {
    return parseMasterKeys(text);
  } catch {
    throw new ConfigError(`CARDS_SECRET must be ${form}, separated by a comma.`);
  }
}

/** For a process in which cards run: in production they do not start without a secret. */
export function requireSealingKeys(keys: MasterKeys | undefined): MasterKeys {
  if (keys) return keys;
  throw new ConfigError(`CARDS_SECRET must be set in production where cards run: ${form}.`);
}
