import path from 'node:path';
import { cores, start, type Child } from '../support/children.ts';
import { installPeers, peersFolder } from '../support/peers.ts';

/** What every variant is told. */
export interface Surroundings {
  /** Address of the process with the HTTP subgraphs; they are at <base>/<name>. */
  readonly subgraphs: string;
  /** A file with the supergraph, in which the subgraphs have these addresses. */
  readonly supergraphFile: string;
}

export interface Variant {
  readonly name: string;
  readonly title: string;
  /** Why it cannot be run here, or undefined when it can. Installs what it needs. */
  readonly missing?: () => string | undefined;
  readonly start: (surroundings: Surroundings) => Promise<Child>;
  readonly path: string;
}

const server = (name: string): string => path.join(import.meta.dirname, 'servers', `${name}.js`);
const mercuriusFolder = path.join(peersFolder, 'mercurius');

function run(
  file: string,
  { subgraphs, supergraphFile }: Surroundings,
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  return start(file, {
    core: cores.measured,
    env: { SUBGRAPHS: subgraphs, SUPERGRAPH: supergraphFile, ...env },
  });
}

/** In the order of the table. The first is what all others are compared with. */
export const variants: readonly Variant[] = [
  {
    name: 'stock',
    title: 'stock ApolloServer + ApolloGateway, HTTP subgraphs',
    missing: () => installPeers(peersFolder),
    start: (surroundings) => run(path.join(peersFolder, 'stock-apollo.mjs'), surroundings),
    path: '/',
  },
  {
    name: 'hive',
    title: 'Hive Gateway 2.15.1, Rust planner, HTTP subgraphs',
    missing: () => installPeers(peersFolder),
    start: (surroundings) => run(path.join(peersFolder, 'hive.mjs'), surroundings),
    path: '/graphql',
  },
  {
    name: 'mercurius',
    title: 'Mercurius gateway 5.2 with jit, HTTP subgraphs (Federation 1)',
    missing: () => installPeers(mercuriusFolder),
    start: (surroundings) => run(path.join(mercuriusFolder, 'server.mjs'), surroundings),
    path: '/graphql',
  },
  {
    name: 'ours-http',
    title: 'ours, HTTP subgraphs',
    start: (surroundings) => run(server('ours'), surroundings, { TRANSPORT: 'http' }),
    path: '/graphql',
  },
  {
    name: 'ours',
    title: 'ours, one process',
    start: (surroundings) => run(server('ours'), surroundings),
    path: '/graphql',
  },
  {
    name: 'single',
    title: 'one graphql-js schema without federation, node:http',
    start: (surroundings) => run(server('single'), surroundings),
    path: '/graphql',
  },
  {
    name: 'ceiling',
    title: 'node:http + JSON.parse + a constant',
    start: (surroundings) => run(server('ceiling'), surroundings),
    path: '/graphql',
  },
];
