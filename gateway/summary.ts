import { subgraphNames } from '../subgraphs/platform/names.ts';
import type { Config } from './config.ts';

interface Counted {
  readonly data?: Readonly<Record<string, { readonly totalCount: number } | null>> | null;
}

const countQuery = '{ municipalities { totalCount } venues { totalCount } performances { totalCount } }';

/** What is there and where, in a few lines for whoever started it. */
export async function summary(url: string, config: Config): Promise<string> {
  const counts = await counted(url);
  const remote = Object.keys(config.remotes);
  const facts = [
    counts,
    remote.length === 0 ? undefined : `${remote.join(', ')} in other processes`,
    // What others keep is theirs to tell.
    remote.length === subgraphNames.length ? undefined : keptHere(config),
  ].filter((fact) => fact !== undefined);
  const lines = [
    'The culture card is running.',
    '',
    `  Home       ${url}/`,
    `  Door page  ${url}/door`,
    `  Displays   ${url}/display/<venue>`,
    `  GraphQL    ${url}/graphql${config.production ? '' : `  (to try it out: ${url}/graphiql)`}`,
    '',
    `  ${facts.join('; ')}.`,
  ];
  return `${lines.join('\n')}\n`;
}

function keptHere({ databaseUrl, dataDir, demoSeason }: Config): string {
  const database = databaseUrl === undefined ? `SQLite in ${dataDir}` : 'PostgreSQL';
  return `${database}, ${demoSeason ? 'with the made-up demo season' : 'without the demo season'}`;
}

/** Asked like anybody would ask: so the first line on the screen also says that queries are answered. */
async function counted(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: countQuery }),
    });
    const { data } = (await response.json()) as Counted;
    const parts = Object.entries(data ?? {}).flatMap(([name, found]) =>
      found ? [`${found.totalCount} ${name}`] : [],
    );
    return parts.length > 0 ? parts.join(', ') : undefined;
  } catch {
    return undefined;
  }
}
