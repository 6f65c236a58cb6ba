import { subgraphNames, type SubgraphName } from '../../subgraphs/platform/names.ts';
import { ConfigError } from '../../subgraphs/platform/settings/config-error.ts';
import type { Read } from '../../subgraphs/platform/settings/process.ts';

/** Where each subgraph is served that runs in another process; the others run in the gateway's. */
export type Remotes = Readonly<Partial<Record<SubgraphName, string>>>;

/** The variable that says where a subgraph is: VENUES_URL. */
export const urlVariable = (name: SubgraphName): string => `${name.toUpperCase()}_URL`;

export function readRemotes(read: Read): Remotes {
  const remotes: Partial<Record<SubgraphName, string>> = {};
  for (const name of subgraphNames) {
    const url = readUrl(urlVariable(name), read(urlVariable(name)));
    if (url !== undefined) remotes[name] = url;
  }
  return remotes;
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
