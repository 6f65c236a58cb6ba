import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { demoCardsByPurpose } from '../subgraphs/cards/demo/demo-purposes.ts';
import { openCards } from '../subgraphs/cards/index.ts';
import { openMessaging } from '../subgraphs/messaging/index.ts';
import { openNetworks } from '../subgraphs/networks/index.ts';
import { packageRoot } from '../subgraphs/platform/assets.ts';
import { systemClock, type Clock } from '../subgraphs/platform/clock.ts';
import type { DatabaseLocation } from '../subgraphs/platform/database/index.ts';
import { localLive, postgresLive } from '../subgraphs/platform/live/index.ts';
import type { Logger } from '../subgraphs/platform/logger.ts';
import type { Subgraph, SubgraphOptions } from '../subgraphs/platform/subgraph.ts';
import { openVenues } from '../subgraphs/venues/index.ts';
import type { Config } from './config.ts';
import { startGateway, type Gateway } from './server.ts';
import { supergraphOf } from './supergraph/committed.ts';

export interface Product extends AsyncDisposable {
  readonly gateway: Gateway;
  /** In the order in which they load: what is before another never waits for it. */
  readonly subgraphs: readonly Subgraph[];
  close(): Promise<void>;
}

export interface ProductOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** Where the databases are, as the settings say. */
export function databaseLocation(config: Config): DatabaseLocation {
  return config.databaseUrl === undefined
    ? { engine: 'sqlite', directory: config.dataDir }
    : { engine: 'postgres', url: config.databaseUrl };
}

const hourMs = 3_600_000;

/** The demo season is made for the next 60 days: while the server runs, the days that come into it are added. */
function goOn(subgraphs: readonly Subgraph[], logger: Logger): { close(): Promise<void> } {
  let loading = Promise.resolve();
  const timer = setInterval(() => {
    loading = (async () => {
      for (const subgraph of subgraphs) await subgraph.load();
    })().catch((error: unknown) => logger.error({ err: error }, 'the demo season was not continued'));
  }, hourMs);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      return loading;
    },
  };
}

/** The whole product in one process: four subgraphs, loaded, behind one gateway. */
export async function startProduct({
  config,
  logger,
  clock = systemClock,
}: ProductOptions): Promise<Product> {
  const location = databaseLocation(config);
  if (location.engine === 'sqlite') mkdirSync(location.directory, { recursive: true });
  const live =
    location.engine === 'postgres' ? await postgresLive({ url: location.url, logger }) : localLive();
  // What is open, to be closed in the opposite order: also when a later step of the start fails.
  const opened: { close(): Promise<void> }[] = [live];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      for (const part of opened.toReversed()) await part.close();
    })());

  try {
    const options: SubgraphOptions = { location, live, clock, logger, demo: config.demoSeason };
    const subgraphs: Subgraph[] = [];
    for (const open of [openNetworks, openCards, openVenues, openMessaging]) {
      const subgraph = await open(options);
      subgraphs.push(subgraph);
      opened.push(subgraph);
    }
    const supergraph = supergraphOf(subgraphs, path.join(packageRoot(), 'schema'));
    supergraph.catch(() => undefined);
    for (const subgraph of subgraphs) subgraph.start();
    for (const subgraph of subgraphs) await subgraph.load();
    // Rules and keys are in place at every door before the first card is presented.
    for (const subgraph of subgraphs) await subgraph.caughtUp();
    const gateway = await startGateway({
      subgraphs,
      supergraphSdl: await supergraph,
      logger,
      production: config.production,
      port: config.port,
      host: config.host,
      clientsFolder: path.join(packageRoot(), 'dist', 'clients'),
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
