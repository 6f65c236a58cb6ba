import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startGateway } from '../../../gateway/server.ts';
import type { Transport } from '../../../gateway/execution/transport.ts';
import { supergraphOf } from '../../../gateway/supergraph/committed.ts';
import { remoteSubgraph, type RemoteSubgraph } from '../../../gateway/transports/remote.ts';
import { packageRoot } from '../../../subgraphs/platform/assets.ts';
import { systemClock } from '../../../subgraphs/platform/clock.ts';
import type { DatabaseLocation } from '../../../subgraphs/platform/database/index.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';
import type { SubgraphName } from '../../../subgraphs/platform/names.ts';
import { developmentKeys } from '../../../subgraphs/platform/server/keys.ts';
import { serveSubgraph } from '../../../subgraphs/platform/server/server.ts';
import type { Millis } from '../../../subgraphs/platform/units.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { faultyProxy, type FaultyProxy } from '../../support/faulty-proxy.ts';
import { startTestProduct } from '../../support/product.ts';

/** The four real subgraphs with the demo season, each behind a proxy that can fail, and gateways in front of all. */
export interface RemoteWorld extends AsyncDisposable {
  readonly proxies: ReadonlyMap<SubgraphName, FaultyProxy>;
  /** A gateway that asks every subgraph over the network; `timeoutMs` instead of the product's 2 s. */
  gateway(timeoutMs?: Millis): Promise<RemoteGateway>;
}

export interface RemoteGateway {
  readonly url: string;
  /** Forgets what its subgraphs did before: new connections, and every breaker closed. */
  renew(): Promise<void>;
}

export async function remoteWorld(location: DatabaseLocation): Promise<RemoteWorld> {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).toReversed()) await one();
  };
  const keep = <T extends AsyncDisposable>(one: T): T => {
    opened.push(async () => one[Symbol.asyncDispose]());
    return one;
  };
  try {
    const logger = createLogger('silent');
    const shared = { keys: developmentKeys, clock: systemClock, logger };
    const { subgraphs } = keep(await startTestProduct(location));
    const supergraphSdl = await supergraphOf(subgraphs, path.join(packageRoot(), 'schema'));
    const proxies = new Map<SubgraphName, FaultyProxy>();
    for (const subgraph of subgraphs) {
      const server = keep(await serveSubgraph({ subgraph, ...shared }));
      proxies.set(subgraph.name, keep(await faultyProxy(server.url)));
    }
    return {
      proxies,
      async gateway(timeoutMs) {
        const connect = (): RemoteSubgraph[] =>
          [...proxies].map(([subgraph, { url }]) =>
            remoteSubgraph({ subgraph, url, ...shared, ...(timeoutMs !== undefined && { timeoutMs }) }),
          );
        let now = connect();
        const disconnect = async (): Promise<void> => {
          await Promise.all(now.map((remote) => remote.close()));
        };
        opened.push(disconnect);
        const remotes = now.map(({ subgraph }, n): Transport<Viewer> => ({
          subgraph,
          execute: (...asked) => now[n]!.execute(...asked),
          subscribe: (...asked) => now[n]!.subscribe(...asked),
        }));
        const options = { subgraphs: [], remotes, supergraphSdl, logger, production: false, port: 0 };
        const { url } = keep(await startGateway(options));
        return {
          url,
          async renew() {
            await disconnect();
            now = connect();
          },
        };
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a partner fetches the published offerings with: the one trusted document that no screen sends. */
export function partnerDocument(): string {
  return readFileSync(path.join(packageRoot(), 'clients/partner/published-offerings.graphql'), 'utf8');
}
