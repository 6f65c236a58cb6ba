import { developmentKeys, parseSigningKeys, type SigningKey } from '../server/keys.ts';
import { ConfigError } from './config-error.ts';

const keysForm = 'one or two of name:base64 with at least 32 bytes each, separated by a comma';

/** SUBGRAPH_KEYS, which gateways and subgraphs share; undefined in production without them. They are not shown back. */
export function readKeys(text: string | undefined, production: boolean): readonly SigningKey[] | undefined {
  if (text === undefined) return production ? undefined : developmentKeys;
  try {
    return parseSigningKeys(text);
  } catch {
    throw new ConfigError(`SUBGRAPH_KEYS must be ${keysForm}.`);
  }
}

/** The keys, or a ConfigError: outside development nothing is served or asked over the network without a secret. */
export function requireKeys(keys: readonly SigningKey[] | undefined, because: string): readonly SigningKey[] {
  if (keys) return keys;
  throw new ConfigError(
    `${because}, so SUBGRAPH_KEYS must be set outside development: ${keysForm}, the same for gateways and subgraphs.`,
  );
}
