import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { subgraphKinds } from '../subgraphs/all.ts';
import { noMailWarning } from '../subgraphs/cards/mail/settings.ts';
import { demoCardsByPurpose } from '../subgraphs/cards/demo/demo-purposes.ts';
import { developmentSecret } from '../subgraphs/cards/service/secrets.ts';
import { packageRoot } from '../subgraphs/platform/assets.ts';
import { systemClock, type Clock } from '../subgraphs/platform/clock.ts';
import { localLive, postgresLive } from '../subgraphs/platform/live/index.ts';
import type { Logger } from '../subgraphs/platform/logger.ts';
import { subgraphNames } from '../subgraphs/platform/names.ts';
import { developmentKeys, developmentKeyWarning } from '../subgraphs/platform/server/keys.ts';
import type { Subgraph, SubgraphOptions } from '../subgraphs/platform/subgraph.ts';
import { waitForSeeds } from '../subgraphs/seeds.ts';
import type { Config } from './config.ts';
import { databaseLocation } from '../subgraphs/platform/settings/location.ts';
import { Metrics } from './observability/metrics.ts';
import type { Part } from './observability/readiness.ts';
import { askRemote } from './observability/remote-check.ts';
import { isFromThisMachine } from './observability/settings.ts';
import { openTracing } from './observability/tracing.ts';
import { goOn } from './demo-season.ts';
import { startGateway, type Gateway } from './server.ts';
import { developmentSecretWarning, requireSealingKeys } from '../subgraphs/sealing.ts';
import { supergraphOf } from './supergraph/committed.ts';
import { documentsOf } from './trusted/settings.ts';
import { remoteSubgraph, type RemoteSubgraph } from './transports/remote.ts';
import { requireKeys } from '../subgraphs/platform/settings/signing-keys.ts';

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
  const clientsFolder = path.join(packageRoot(), 'dist', 'clients');
  // First, because it opens nothing and may be wrong.
  const trusted = documentsOf(path.join(clientsFolder, 'trusted-documents.json'), config.earlierDocuments);
  const local = subgraphNames.filter((name) => config.remotes[name] === undefined);
  const sealing = local.includes('cards')
    ? { sealingKeys: requireSealingKeys(config.sealingKeys), mail: config.mail }
    : {};
  if (sealing.sealingKeys === developmentSecret) logger.warn(developmentSecretWarning);
  if (local.includes('cards') && !config.mail) logger.info(noMailWarning);
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
      const subgraph = await subgraphKinds[name].open({ ...options, ...(name === 'cards' && sealing) });
      subgraphs.push(subgraph);
      opened.push(subgraph);
    }
    const remotes = openRemotes(config, logger, clock);
    opened.push(...remotes);
    // Of what this process was built with, also for remote ones: a gateway starts while they are down.
    const schemas = subgraphNames.map(
      (name) => subgraphs.find((one) => one.name === name) ?? { name, schema: subgraphKinds[name].schema() },
    );
    const supergraphSdl = await supergraphOf(schemas, path.join(packageRoot(), 'schema'));
    const tracing =
      config.tracesUrl === undefined ? undefined : await openTracing({ url: config.tracesUrl, logger });
    if (tracing) opened.push(tracing);
    let loading: readonly string[] = local;
    // Listens before anything is loaded: who asks is told to come back, instead of nothing.
    const gateway = await startGateway({
      subgraphs,
      remotes,
      supergraphSdl,
      logger,
      production: config.production,
      port: config.port,
      host: config.host,
      clientsFolder,
      parts: partsOf(subgraphs, config),
      loading: () => loading,
      tracing,
      ...(config.metrics !== 'off' && { metrics: new Metrics() }),
      ...(config.metrics === 'local' && { mayReadMetrics: isFromThisMachine }),
      trusted,
      proxies: config.proxies,
      ...(config.demoSeason && { json: { '/demo-cards.json': demoCardsByPurpose } }),
    });
    opened.push(gateway);
    for (const subgraph of subgraphs) subgraph.start();
    for (const subgraph of subgraphs) {
      if (remotes.length > 0) await waitForSeeds(subgraph.name, options, stopping.signal);
      await subgraph.load();
    }
    // Rules and keys are in place at every door before the first card is presented.
    for (const subgraph of subgraphs) {
      await subgraph.caughtUp();
      loading = loading.filter((name) => name !== subgraph.name);
    }
    if (config.demoSeason) opened.push(goOn(subgraphs, logger));
    return { gateway, subgraphs, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What has to answer before traffic is welcome. */
function partsOf(subgraphs: readonly Subgraph[], { remotes }: Config): Part[] {
  return [
    ...subgraphs.map((subgraph) => ({
      name: subgraph.name,
      remote: false,
      check: () => subgraph.ping(),
    })),
    ...Object.entries(remotes).map(([name, url]) => ({ name, remote: true, check: () => askRemote(url) })),
  ];
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
