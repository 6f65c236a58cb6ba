import { GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { BoundedCache } from '../execution/bounded-cache.ts';
import type { Federation, RuntimeLogger } from '../execution/federation.ts';
import type { Caller, SubgraphOperation } from '../execution/transport.ts';
import { Feed, type Sink } from './feed.ts';
import { joinEvent, type Variables } from './join.ts';
import { planSubscription, type PlannedSubscription } from './plan.ts';
import { stableText } from './stable-text.ts';

export interface FederatedSubscriptionsOptions<V> {
  readonly federation: Federation<V>;
  /** Two clients share a feed only if this is equal for both: it must say everything that an answer may depend on. */
  readonly scopeOf: (viewer: V) => string;
  readonly newRequestId: () => string;
  /** What clients may see of an error. */
  readonly formatError: (error: GraphQLError) => GraphQLFormattedError;
  /** Whether an error is the subgraph's last word, or a failure that may pass. */
  readonly isRefusal: (error: GraphQLError) => boolean;
  readonly logger: RuntimeLogger;
}

export interface Opened<V> {
  readonly planned: PlannedSubscription;
  /** As coerced by `coerce`. */
  readonly variables: Variables;
  readonly viewer: V;
}

const maxPlans = 500;

/**
 * Federated subscriptions for any supergraph: the planner says which subgraph streams and what is joined to each event.
 * Identical subscriptions of one scope share a feed.
 */
export class FederatedSubscriptions<V> {
  readonly #options: FederatedSubscriptionsOptions<V>;
  readonly #feeds = new Map<string, Feed>();
  readonly #plans = new BoundedCache<PlannedSubscription>(maxPlans);

  constructor(options: FederatedSubscriptionsOptions<V>) {
    this.#options = options;
  }

  /** How many upstreams are open, and for how many clients. */
  get counts(): { readonly upstreams: number; readonly clients: number } {
    let clients = 0;
    for (const feed of this.#feeds.values()) clients += feed.clients;
    return { upstreams: this.#feeds.size, clients };
  }

  /** Plans a document that was found valid, once per text. Throws a GraphQLError when it cannot be planned. */
  prepare(text: string, document: DocumentNode, operationName: string | undefined): PlannedSubscription {
    return this.#plans.getOrMake(stableText([operationName ?? null, text]), () =>
      planSubscription(this.#options.federation.supergraph, document, operationName),
    );
  }

  /** The variables as the operation declares them, or the errors that say what was wrong: BAD_USER_INPUT. */
  coerce(
    planned: PlannedSubscription,
    sent: Variables,
  ): { readonly variables: Variables } | { readonly errors: readonly GraphQLError[] } {
    const { apiSchema } = this.#options.federation.supergraph;
    const definitions = planned.operation.operation.variableDefinitions ?? [];
    const { coerced, errors } = getVariableValues(apiSchema, definitions, sent);
    if (coerced) return { variables: coerced };
    return {
      errors: errors.map(
        ({ message, nodes }) =>
          new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } }),
      ),
    };
  }

  /** Attaches a client. Returns how it leaves. */
  open(opened: Opened<V>, sink: Sink): () => void {
    const { planned, variables, viewer } = opened;
    const scope = this.#options.scopeOf(viewer);
    const key = stableText([planned.normalised, planned.operationName ?? null, variables, scope]);
    let feed = this.#feeds.get(key);
    if (!feed) {
      feed = this.#start(key, opened);
      this.#feeds.set(key, feed);
    }
    const joined = feed;
    joined.attach(sink);
    return () => joined.detach(sink);
  }

  /** Stops every upstream. Clients are told by whoever closes their connections, so that they come back. */
  close(): void {
    for (const feed of this.#feeds.values()) feed.end();
  }

  #start(key: string, opened: Opened<V>): Feed {
    const { federation, isRefusal, logger, newRequestId } = this.#options;
    const { planned, variables, viewer } = opened;
    const { primary } = planned;
    const transport = federation.transports.get(primary.serviceName);
    if (!transport) throw new Error(`No transport for the subgraph "${primary.serviceName}".`);
    const operation: SubgraphOperation = {
      text: primary.operation,
      document: primary.operationDocumentNode,
      name: primary.operationName,
      variables: only(variables, primary.variableUsages ?? []),
    };
    // Made anew for each event, and from the scope's viewer: nobody's connection outlives itself in a shared feed.
    const caller = (): Caller<V> => ({ viewer, requestId: newRequestId() });

    return new Feed({
      open: () => transport.subscribe(operation, caller),
      answer: (event) => this.#answer(opened, caller(), event),
      isRefusal: (errors) => errors.some(isRefusal),
      lost: (cause, attempt) => {
        const why = cause === undefined ? 'ended' : `failed: ${describe(cause)}`;
        const message = `A subscription to ${primary.serviceName} ${why}; it is made again.`;
        // Once per outage is news, every attempt is noise.
        if (attempt === 0) logger.warn(message);
        else logger.debug(message);
      },
      closed: () => this.#feeds.delete(key),
    });
  }

  async #answer(opened: Opened<V>, caller: Caller<V>, event: ExecutionResult): Promise<string> {
    const { federation } = this.#options;
    try {
      const { planned, variables } = opened;
      return this.#serialise(await joinEvent(federation, planned, variables, caller, event));
    } catch (error) {
      const originalError = asError(error);
      return this.#serialise({ errors: [new GraphQLError(originalError.message, { originalError })] });
    }
  }

  #serialise({ data = null, errors }: ExecutionResult): string {
    return JSON.stringify({ data, errors: errors?.map(this.#options.formatError) });
  }
}

function only(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

function describe(cause: unknown): string {
  return asError(cause).message;
}
