import { subgraphNames, type SubgraphName } from '../../subgraphs/platform/names.ts';
import { developmentKeys, parseSigningKeys, type SigningKey } from '../../subgraphs/platform/server/keys.ts';
import { ConfigError } from '../config-error.ts';

export interface ProcessSettings {
  /** Where each subgraph is served that runs in another process; the others run in the gateway's. */
  readonly remotes: Readonly<Partial<Record<SubgraphName, string>>>;
  /** The first one signs, every one is accepted. Undefined only in production, when nothing needs them. */
  readonly signingKeys: readonly SigningKey[] | undefined;
}

type Read = (name: string) => string | undefined;

/** The variable that says where a subgraph is: VENUES_URL. */
export const urlVariable = (name: SubgraphName): string => `${name.toUpperCase()}_URL`;

/** Which subgraphs are in other processes, and the keys that gateways and subgraphs share. */
export function readProcessSettings(read: Read, production: boolean): ProcessSettings {
  const remotes: Partial<Record<SubgraphName, string>> = {};
  for (const name of subgraphNames) {
    const url = readUrl(urlVariable(name), read(urlVariable(name)));
    if (url !== undefined) remotes[name] = url;
  }
  const signingKeys = readKeys(read('SUBGRAPH_KEYS')) ?? (production ? undefined : developmentKeys);
  const [remote] = Object.keys(remotes) as SubgraphName[];
  if (remote !== undefined) requireKeys(signingKeys, `${urlVariable(remote)} is set`);
  return { remotes, signingKeys };
}

/** The keys, or a ConfigError: outside development nothing is served or asked over the network without a secret. */
export function requireKeys(keys: readonly SigningKey[] | undefined, because: string): readonly SigningKey[] {
  if (keys) return keys;
  throw new ConfigError(
    `${because}, so SUBGRAPH_KEYS must be set outside development: ${keysForm}, the same for gateways and subgraphs.`,
  );
}

const keysForm = 'one or two of name:base64 with at least 32 bytes each, separated by a comma';

/** The keys are not shown back. */
function readKeys(text: string | undefined): readonly SigningKey[] | undefined {
  if (text === undefined) return undefined;
  try {
    return parseSigningKeys(text);
  } catch {
    throw new ConfigError(`SUBGRAPH_KEYS must be ${keysForm}.`);
  }
}

/** The address is not shown back: it may hold a password. */
function readUrl(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable =
    (url?.protocol === 'http:' || url?.protocol === 'https:') &&
    url.pathname === '/graphql' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  if (isUsable) return url.href;
  throw new ConfigError(`${name} must be the address of a subgraph, such as http://10.0.0.7:4003/graphql.`);
}
