import type { IncomingMessage, RequestListener } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../subgraphs/platform/logger.ts';
import { newId } from '../subgraphs/platform/ids.ts';
import { closeApp } from '../subgraphs/platform/server/close-app.ts';
import type { Millis } from '../subgraphs/platform/units.ts';
import { anonymous, viewerKey, type Viewer } from '../subgraphs/platform/viewer.ts';
import { errorMask, publicCode } from '../subgraphs/platform/graphql/error-mask.ts';
import { withInputCodes } from '../subgraphs/platform/graphql/input-errors.ts';
import { inProcess, type LocalSubgraph } from './execution/in-process.ts';
import type { Transport } from './execution/transport.ts';
import { createApp } from './http/app.ts';
import { serveExplorer } from './http/explorer.ts';
import { graphqlRoute } from './http/graphql-route.ts';
import { servePages } from './http/pages.ts';
import { shortWay } from './http/short-way.ts';
import { refuseWhileStarting } from './http/starting.ts';
import { addressOf as addressFrom, proxyList } from './identity/address.ts';
import { developmentIdentity, type Identify } from './identity/identity.ts';
import type { Asked } from './limits/admission.ts';
import { standardEntryLimits, type EntryLimits } from './limits/limits.ts';
import { measured } from './observability/measured.ts';
import type { Metrics } from './observability/metrics.ts';
import { observer } from './observability/observer.ts';
import { readiness, type Part } from './observability/readiness.ts';
import { serveObservability } from './observability/routes.ts';
import { traced } from './observability/traced.ts';
import type { Tracing } from './observability/tracing.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions.ts';
import { TrustedDocuments } from './trusted/trusted-documents.ts';
import { serveWebSockets } from './websocket/server.ts';

export interface GatewayOptions {
  /** In this process. A Subgraph of the platform is one; so is a toy of a test. */
  readonly subgraphs: readonly LocalSubgraph<Viewer>[];
  /** In other processes. Whoever made them closes them, after the gateway. */
  readonly remotes?: readonly Transport<Viewer>[];
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
  /** Counts what happens, and serves it at /metrics to those who may read it: everybody, unless given. */
  readonly metrics?: Metrics;
  readonly mayReadMetrics?: (request: IncomingMessage) => boolean;
  /** Sends spans of operations and fetches to a collector. Whoever opened it closes it, after the gateway. */
  readonly tracing?: Tracing | undefined;
  /** For /ready: what has to answer. */
  readonly parts?: readonly Part[];
  /** Names of what is still loading: until there is none, operations are refused with 503 STARTING. */
  readonly loading?: () => readonly string[];
  /** Who asks. As a developer says, unless given. */
  readonly identify?: Identify;
  /** Proxies in front of it, whose `X-Forwarded-For` is believed. None unless given. */
  readonly proxies?: readonly string[];
  /** Within this time a request must have arrived whole; 10 s unless given. */
  readonly requestTimeoutMs?: Millis;
  /** Other limits than the standard ones: for benches, which have one address for thousands of clients. */
  readonly entryLimits?: Partial<EntryLimits>;
  /** What viewers without a key may run in production. Nothing unless given. */
  readonly trusted?: TrustedDocuments;
}

export interface Gateway extends AsyncDisposable {
  /** Such as http://127.0.0.1:4000, without a slash at the end. */
  readonly url: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** `feeds`: how many executions an event of every upstream costs together. */
  readonly counts: {
    readonly sockets: number;
    readonly upstreams: number;
    readonly feeds: number;
    readonly clients: number;
  };
  /**
   * Goes on with another supergraph over the same subgraphs. Live subscriptions keep their streams; one that selects what is
   * gone ends with SUBSCRIPTION_SCHEMA_RELOAD. Rejects, and changes nothing, when the text is no supergraph.
   */
  replaceSupergraph(supergraphSdl: string): Promise<void>;
  /** Tells subscribers, finishes what is running and lets go of the port. The subgraphs stay open. */
  close(): Promise<void>;
}

/** Plans of queries and mutations that a runtime made; what the stock executor plans is not among them. */
const plansOf = ({ federation }: Runtime): number => federation.executor.counts.prepared;

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
  const entryLimits = { ...standardEntryLimits, ...options.entryLimits };
  const mask = errorMask({ logger, hideSuggestions: production });
  const trusted = options.trusted ?? new TrustedDocuments();
  const { metrics, tracing } = options;
  const observe = observer(logger, metrics, tracing);
  const transports = [
    ...subgraphs.map((subgraph) => inProcess(subgraph, { finish: withInputCodes })),
    ...(options.remotes ?? []),
  ];
  const watched = (transport: Transport<Viewer>): Transport<Viewer> => {
    const counted = metrics ? measured(transport, metrics) : transport;
    return tracing ? traced(counted, tracing) : counted;
  };
  const parts = {
    transports: transports.map(watched),
    production,
    mask,
    logger,
    entryLimits,
    trusted,
    observe,
  };
  let runtime = await createRuntime(supergraphSdl, parts);
  let earlierPlans = 0;
  // Asked for at every operation, because it may have been replaced.
  const current = {
    apollo: () => runtime.apollo,
    documents: () => runtime.documents,
    admit: (asked: Asked<Viewer>) => runtime.admit(asked),
    executor: () => runtime.federation.executor,
    observe,
  };
  const subscriptions = new FederatedSubscriptions<Viewer>({
    federation: runtime.federation,
    scopeOf: viewerKey,
    publicViewer: anonymous,
    newRequestId: newId,
    formatError: mask,
    isRefusal: (error) => publicCode(error) !== undefined,
    logger,
  });

  const identify = options.identify ?? developmentIdentity(production);
  const app = createApp(mask, { requestTimeoutMs: options.requestTimeoutMs });
  const { loading = () => [], parts: needed = [] } = options;
  const isStarting = (): boolean => loading().length > 0;
  refuseWhileStarting(app, isStarting);
  const proxies = proxyList(options.proxies ?? []);
  const addressOf = (request: IncomingMessage): string => addressFrom(request, proxies);
  graphqlRoute(app, {
    apollo: current.apollo,
    identify,
    observe,
    mask,
    addressOf,
  });
  const [longWay] = app.server.listeners('request') as RequestListener[];
  if (!longWay) throw new Error('Fastify does not listen to requests.');
  app.server.removeAllListeners('request');
  app.server.on(
    'request',
    shortWay(
      {
        ...current,
        identify,
        mask,
        addressOf,
        textOf: (hash) => trusted.byHash(hash),
        isOpen: () => closing === undefined && !isStarting(),
      },
      longWay,
    ),
  );
  serveObservability(app, {
    metrics,
    mayReadMetrics: options.mayReadMetrics ?? (() => true),
    ready: readiness({ parts: needed, loading, isStopping: () => closing !== undefined }),
  });
  if (clientsFolder !== undefined) await servePages(app, clientsFolder);
  if (!production) serveExplorer(app);
  for (const [address, document] of Object.entries(json)) app.get(address, async () => document);
  const sockets = serveWebSockets(app.server, {
    addressOf,
    ...current,
    trusted,
    socketsPerAddress: entryLimits.socketsPerAddress,
    isStarting,
    subscriptions,
    identify,
    mask,
    logger,
    ...(metrics && { dropped: metrics.dropped }),
    ...(options.pingMs !== undefined && { pingMs: options.pingMs }),
  });
  const counts = () => ({ sockets: sockets.size, ...subscriptions.counts });
  metrics?.watch(() => ({ ...counts(), plans: earlierPlans + plansOf(runtime) + subscriptions.plans }));

  let closing: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await sockets.close();
    subscriptions.close();
    await closeApp(app);
    await runtime.apollo.stop();
  };
  const replaceSupergraph = async (sdl: string): Promise<void> => {
    const before = runtime;
    runtime = await createRuntime(sdl, parts);
    earlierPlans += plansOf(before);
    subscriptions.reload(runtime.federation, (text) => runtime.documents.check(text));
    await before.apollo.stop();
  };
  let address: string;
  try {
    // For "localhost" Fastify would open a second server on ::1, which would not know WebSockets.
    address = await app.listen({ port, host: host === 'localhost' ? '127.0.0.1' : host });
  } catch (error) {
    await stop();
    throw error;
  }
  const close = (): Promise<void> => (closing ??= stop());
  return {
    url: address,
    get schema() {
      return runtime.federation.supergraph.apiSchema;
    },
    get counts() {
      return counts();
    },
    replaceSupergraph,
    close,
    [Symbol.asyncDispose]: close,
  };
}
