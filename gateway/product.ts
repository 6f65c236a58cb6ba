import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { subgraphKinds } from '../subgraphs/all.ts';
import { demoCardsByPurpose } from '../subgraphs/cards/demo/demo-purposes.ts';
import { packageRoot } from '../subgraphs/platform/assets.ts';
import { systemClock, type Clock } from '../subgraphs/platform/clock.ts';
import { localLive, postgresLive } from '../subgraphs/platform/live/index.ts';
import type { Logger } from '../subgraphs/platform/logger.ts';
import { subgraphNames } from '../subgraphs/platform/names.ts';
import { developmentKeys, developmentKeyWarning } from '../subgraphs/platform/server/keys.ts';
import type { Subgraph, SubgraphOptions } from '../subgraphs/platform/subgraph.ts';
import { waitForSeeds } from '../subgraphs/seeds.ts';
import type { Config } from './config.ts';
import { databaseLocation } from './location.ts';
import { Metrics } from './observability/metrics.ts';
import { isFromThisMachine } from './observability/settings.ts';
import { goOn } from './demo-season.ts';
import { startGateway, type Gateway } from './server.ts';
import { supergraphOf } from './supergraph/committed.ts';
import { readTrustedDocuments } from './trusted/trusted-documents.ts';
import { remoteSubgraph, type RemoteSubgraph } from './transports/remote.ts';
import { requireKeys } from './transports/settings.ts';

export interface Product extends AsyncDisposable {
  readonly gateway: Gateway;
  /** Those in this process, in the order in which they load: what is before another never waits for it. */
  readonly subgraphs: readonly Subgraph[];
  close(): Promise<void>;
}

export interface ProductOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** The gateway with the subgraphs that run in its process, loaded: all four, except those that have an address. */
export async function startProduct({
  config,
  logger,
  clock = systemClock,
}: ProductOptions): Promise<Product> {
  const location = databaseLocation(config);
  const local = subgraphNames.filter((name) => config.remotes[name] === undefined);
  if (location.engine === 'sqlite' && local.length > 0) mkdirSync(location.directory, { recursive: true });
  const live =
    location.engine === 'postgres' && local.length > 0
      ? await postgresLive({ url: location.url, logger })
      : localLive();
  // What is open, to be closed in the opposite order: also when a later step of the start fails.
  const opened: { close(): Promise<void> }[] = [live];
  const stopping = new AbortController();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      stopping.abort();
      for (const part of opened.toReversed()) await part.close();
    })());

  try {
    const options: SubgraphOptions = { location, live, clock, logger, demo: config.demoSeason };
    const subgraphs: Subgraph[] = [];
    for (const name of local) {
      const subgraph = await subgraphKinds[name].open(options);
      subgraphs.push(subgraph);
      opened.push(subgraph);
    }
    const remotes = openRemotes(config, logger, clock);
    opened.push(...remotes);
    // Of what this process was built with, also for remote ones: a gateway starts while they are down.
    const schemas = subgraphNames.map(
      (name) => subgraphs.find((one) => one.name === name) ?? { name, schema: subgraphKinds[name].schema() },
    );
    const supergraph = supergraphOf(schemas, path.join(packageRoot(), 'schema'));
    supergraph.catch(() => undefined);
    for (const subgraph of subgraphs) subgraph.start();
    for (const subgraph of subgraphs) {
      if (remotes.length > 0) await waitForSeeds(subgraph.name, options, stopping.signal);
      await subgraph.load();
    }
    // Rules and keys are in place at every door before the first card is presented.
    for (const subgraph of subgraphs) await subgraph.caughtUp();
    const clientsFolder = path.join(packageRoot(), 'dist', 'clients');
    const gateway = await startGateway({
      subgraphs,
      remotes,
      supergraphSdl: await supergraph,
      logger,
      production: config.production,
      port: config.port,
      host: config.host,
      clientsFolder,
      check: () => Promise.all(subgraphs.map((subgraph) => subgraph.ping())),
      ...(config.metrics !== 'off' && { metrics: new Metrics() }),
      ...(config.metrics === 'local' && { mayReadMetrics: isFromThisMachine }),
      trusted: readTrustedDocuments(path.join(clientsFolder, 'trusted-documents.json')),
      ...(config.demoSeason && { json: { '/demo-cards.json': demoCardsByPurpose } }),
    });
    opened.push(gateway);
    if (config.demoSeason) opened.push(goOn(subgraphs, logger));
    return { gateway, subgraphs, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** How the subgraphs in other processes are reached. Nothing is connected yet. */
function openRemotes({ remotes, signingKeys }: Config, logger: Logger, clock: Clock): RemoteSubgraph[] {
  const addresses = subgraphNames.flatMap((subgraph) => {
    const url = remotes[subgraph];
    return url === undefined ? [] : [{ subgraph, url }];
  });
  if (addresses.length === 0) return [];
  const keys = requireKeys(signingKeys, 'Subgraphs are in other processes');
  if (keys === developmentKeys) logger.warn(developmentKeyWarning);
  return addresses.map((address) => remoteSubgraph({ ...address, keys, clock, logger }));
}
