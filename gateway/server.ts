import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../subgraphs/platform/logger.ts';
import { newId } from '../subgraphs/platform/ids.ts';
import type { Millis } from '../subgraphs/platform/units.ts';
import { viewerKey, type Viewer } from '../subgraphs/platform/viewer.ts';
import { createApollo } from './apollo.ts';
import { errorMask, publicCode } from '../subgraphs/platform/graphql/error-mask.ts';
import { createFederation } from './execution/federation.ts';
import { inProcess, type LocalSubgraph } from './execution/in-process.ts';
import { createApp } from './http/app.ts';
import { serveExplorer } from './http/explorer.ts';
import { graphqlRoute } from './http/graphql-route.ts';
import { servePages } from './http/pages.ts';
import { Documents } from './limits/documents.ts';
import { operationRules } from './limits/rules.ts';
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions.ts';
import { serveWebSockets } from './websocket/server.ts';

export interface GatewayOptions {
  /** In this process. A Subgraph of the platform is one; so is a toy of a test. */
  readonly subgraphs: readonly LocalSubgraph<Viewer>[];
  readonly supergraphSdl: string;
  readonly logger: Logger;
  readonly production: boolean;
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  /** Folder of the built pages. */
  readonly clientsFolder?: string;
  /** Small JSON documents for the pages, by address. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** How often sockets are asked whether they still live. */
  readonly pingMs?: Millis;
}

export interface Gateway extends AsyncDisposable {
  /** Such as http://127.0.0.1:4000, without a slash at the end. */
  readonly url: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly counts: { readonly sockets: number; readonly upstreams: number; readonly clients: number };
  /** Tells subscribers, finishes what is running and lets go of the port. The subgraphs stay open. */
  close(): Promise<void>;
}

/** How long running requests have to finish when the server stops. */
const patienceMs = 5_000;

/** One supergraph on one port, over HTTP and WebSocket. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    subgraphs,
    supergraphSdl,
    logger,
    production,
    port,
    host = '127.0.0.1',
    clientsFolder,
    json = {},
  } = options;
  const mask = errorMask({ logger, hideSuggestions: production });
  const federation = createFederation<Viewer>({
    supergraphSdl,
    transports: subgraphs.map((subgraph) => inProcess(subgraph)),
    logger,
  });
  const { apiSchema, fullSchema } = federation.supergraph;
  const rules = operationRules(fullSchema, !production);
  const apollo = createApollo({ federation, rules, production, mask, logger });
  await apollo.start();
  const subscriptions = new FederatedSubscriptions<Viewer>({
    federation,
    scopeOf: viewerKey,
    newRequestId: newId,
    formatError: mask,
    isRefusal: (error) => publicCode(error) !== undefined,
    logger,
  });

  const app = createApp(mask);
  graphqlRoute(app, { apollo, production, mask });
  app.get('/health', async () => ({ status: 'ok' }));
  if (clientsFolder !== undefined) await servePages(app, clientsFolder);
  if (!production) serveExplorer(app);
  for (const [address, document] of Object.entries(json)) app.get(address, async () => document);
  const documents = new Documents(apiSchema, rules);
  const sockets = serveWebSockets(app.server, {
    apollo,
    subscriptions,
    documents,
    production,
    mask,
    logger,
    ...(options.pingMs !== undefined && { pingMs: options.pingMs }),
  });

  const stop = async (): Promise<void> => {
    await sockets.close();
    subscriptions.close();
    const impatience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
    await app.close();
    clearTimeout(impatience);
    await apollo.stop();
  };
  let address: string;
  try {
    // For "localhost" Fastify would open a second server on ::1, which would not know WebSockets.
    address = await app.listen({ port, host: host === 'localhost' ? '127.0.0.1' : host });
  } catch (error) {
    await stop();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= stop());
  return {
    url: address,
    schema: apiSchema,
    get counts() {
      return { sockets: sockets.size, ...subscriptions.counts };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
