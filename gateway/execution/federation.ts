import { ApolloGateway, type ServiceMap } from './apollo-gateway.ts';
import type { ApolloServerOptionsWithGateway } from './apollo-types.ts';
import { dataSources } from './data-source.ts';
import { Executor } from './executor.ts';
import { withCompletionErrors } from './shape.ts';
import { loadSupergraph, plannerConfig, type LoadedSupergraph } from './supergraph.ts';
import { parseResult } from './text-result.ts';
import type { Caller, Transport } from './transport.ts';

/** The least that the runtime asks of a logger. */
export interface RuntimeLogger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface FederationOptions<V> {
  readonly supergraphSdl: string;
  readonly transports: readonly Transport<V>[];
  readonly logger: RuntimeLogger;
}

/** A supergraph with its transports: plans operations, keeps the plans, fetches and joins. */
export interface Federation<V> {
  readonly supergraph: LoadedSupergraph;
  readonly transports: ReadonlyMap<string, Transport<V>>;
  readonly services: ServiceMap;
  readonly logger: RuntimeLogger;
  /** Runs queries and mutations. What it does not know, the stock executor does. */
  readonly executor: Executor<V>;
  /** For ApolloServer. The context of an operation must be a Caller. */
  readonly gateway: ApolloServerOptionsWithGateway['gateway'];
}

/** Mebibytes of query plans that are kept. The default of 30 let hostile operations fill a gigabyte. */
const planCacheMiB = 2;

export function createFederation<V>(options: FederationOptions<V>): Federation<V> {
  const { supergraphSdl, logger } = options;
  const transports = new Map(options.transports.map((transport) => [transport.subgraph, transport]));
  const services = dataSources(options.transports);

  const apollo = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => {
      const service = services[name];
      if (!service) throw new Error(`The supergraph names a subgraph "${name}" that has no transport.`);
      return service;
    },
    queryPlannerConfig: plannerConfig,
    experimental_approximateQueryPlanStoreMiB: planCacheMiB,
    // Otherwise any client could ask for the query plan with a header.
    __exposeQueryPlanExperimental: false,
    logger: {
      debug: () => undefined,
      info: (message: string) => logger.debug(message),
      warn: (message: string) => logger.warn(message),
      error: (message: string) => logger.error(message),
    },
  });

  const supergraph = loadSupergraph(supergraphSdl);
  const executor = new Executor(supergraph, transports);
  return {
    supergraph,
    transports,
    services,
    logger,
    executor,
    gateway: {
      onSchemaLoadOrUpdate: (listener) => apollo.onSchemaLoadOrUpdate(listener),
      stop: () => apollo.stop(),
      async load(loadOptions) {
        const stock = await apollo.load(loadOptions);
        return {
          executor: async (requestContext) => {
            const { source, document, request, context } = requestContext;
            const prepared = executor.prepare(source, document, request.operationName ?? undefined);
            if (!prepared) return withCompletionErrors(await stock.executor(requestContext));
            const variables = request.variables ?? {};
            const { coerced, errors } = prepared.coerce(variables);
            if (errors) return { errors };
            return parseResult(await prepared.execute(variables, coerced, context as Caller<V>));
          },
        };
      },
    },
  };
}
