import { GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { BoundedCache } from '../execution/bounded-cache.ts';
import type { Federation, RuntimeLogger } from '../execution/federation.ts';
import type { Caller } from '../execution/transport.ts';
import { Client, type Opened } from './client.ts';
import { schemaReload } from './ends.ts';
import { Feed, type Sink } from './feed.ts';
import { joinEvent, type Variables } from './join.ts';
import { planSubscription, type PlannedSubscription } from './plan.ts';
import { Sources } from './sources.ts';
import { stableText } from './stable-text.ts';

export type { Opened };

export interface FederatedSubscriptionsOptions<V> {
  readonly federation: Federation<V>;
  /**
   * Two clients share a feed only if this is equal for both: it must say everything that an answer may depend on and that
   * is not in the operation or its variables.
   */
  readonly scopeOf: (viewer: V) => string;
  /** For whom an operation runs that selects only what is the same for every viewer: somebody without any right. */
  readonly publicViewer: V;
  readonly newRequestId: () => string;
  /** What clients may see of an error. */
  readonly formatError: (error: GraphQLError) => GraphQLFormattedError;
  /** Whether an error is the subgraph's last word, or a failure that may pass. */
  readonly isRefusal: (error: GraphQLError) => boolean;
  readonly logger: RuntimeLogger;
}

/** Parses and validates a text against the schema that clients see now. */
export type CheckText = (
  text: string,
) => { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const maxPlans = 500;

/**
 * Federated subscriptions for any supergraph: the planner says which subgraph streams and what is joined to each event.
 * Identical subscriptions of one scope share a feed; feeds that ask a subgraph the same share its upstream.
 */
export class FederatedSubscriptions<V> {
  readonly #options: FederatedSubscriptionsOptions<V>;
  readonly #sources: Sources<V>;
  #federation: Federation<V>;
  #feeds = new Map<string, Feed<Client<V>>>();
  #planned = 0;
  #plans = new BoundedCache<PlannedSubscription>(maxPlans);

  constructor(options: FederatedSubscriptionsOptions<V>) {
    this.#options = options;
    this.#federation = options.federation;
    this.#sources = new Sources(options);
  }

  /** How many upstreams are open, how many executions an event costs at most, and for how many clients. */
  get counts(): { readonly upstreams: number; readonly feeds: number; readonly clients: number } {
    let clients = 0;
    for (const feed of this.#feeds.values()) clients += feed.clients.size;
    return { upstreams: this.#sources.size, feeds: this.#feeds.size, clients };
  }

  /** How many operations were planned since the start. */
  get plans(): number {
    return this.#planned;
  }

  /** Plans a document that was found valid, once per text. Throws a GraphQLError when it cannot be planned. */
  prepare(text: string, document: DocumentNode, operationName: string | undefined): PlannedSubscription {
    return this.#plans.getOrMake(stableText([operationName ?? null, text]), () => {
      this.#planned += 1;
      return planSubscription(this.#federation.supergraph, document, operationName);
    });
  }

  /** The variables as the operation declares them, or the errors that say what was wrong: BAD_USER_INPUT. */
  coerce(
    planned: PlannedSubscription,
    sent: Variables,
  ): { readonly variables: Variables } | { readonly errors: readonly GraphQLError[] } {
    const { apiSchema } = this.#federation.supergraph;
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

  /** Attaches a client. Whoever asked calls `leave` when it goes. */
  open(opened: Opened<V>, sink: Sink): { leave(): void } {
    const client = new Client(opened, sink);
    this.#join(client, opened);
    return client;
  }

  /**
   * Goes on with another supergraph. Every client keeps its stream: what it selects is planned anew, upstreams that did not
   * change stay open. Who selects what is gone ends with SUBSCRIPTION_SCHEMA_RELOAD.
   */
  reload(federation: Federation<V>, check: CheckText): void {
    this.#federation = federation;
    this.#plans = new BoundedCache<PlannedSubscription>(maxPlans);
    const feeds = [...this.#feeds.values()];
    this.#feeds = new Map();
    for (const feed of feeds) {
      for (const client of feed.clients) {
        const opened = this.#again(client.opened, check);
        if (opened) this.#join(client, opened);
        else client.end([schemaReload()]);
      }
    }
  }

  /** Stops every upstream. Clients are told by whoever closes their connections, so that they come back. */
  close(): void {
    for (const feed of this.#feeds.values()) feed.end();
  }

  #join(client: Client<V>, opened: Opened<V>): void {
    const { planned, variables } = opened;
    const viewer = planned.viewerIndependent ? this.#options.publicViewer : opened.viewer;
    const scope = this.#options.scopeOf(viewer);
    const key = stableText([planned.normalised, planned.operationName ?? null, variables, scope]);
    const feed = this.#feeds.get(key) ?? this.#start(key, scope, { ...opened, viewer });
    if (Array.isArray(feed)) client.end(feed);
    else client.join(feed as Feed<Client<V>>, opened);
  }

  /** A new feed, or why the subgraph refused it a moment ago. */
  #start(key: string, scope: string, shared: Opened<V>): Feed<Client<V>> | readonly GraphQLError[] {
    const { planned, variables, viewer } = shared;
    const federation = this.#federation;
    // Made anew for each event, and from the scope's viewer: nobody's connection outlives itself in a shared feed.
    const caller = (): Caller<V> => ({ viewer, requestId: this.#options.newRequestId() });
    const { traceparent } = shared;
    const source = this.#sources.open({ federation, planned, variables, scope, caller, traceparent });
    if ('refusal' in source) return source.refusal;
    const feeds = this.#feeds;
    const feed: Feed<Client<V>> = new Feed<Client<V>>({
      source: source.source,
      everyEvent: planned.everyEvent,
      answer: (event) => this.#answer(federation, shared, caller(), event),
      closed: () => {
        if (feeds.get(key) === feed) feeds.delete(key);
      },
    });
    feeds.set(key, feed);
    return feed;
  }

  #again(opened: Opened<V>, check: CheckText): Opened<V> | undefined {
    const { normalised, operationName } = opened.planned;
    const checked = check(normalised);
    if (!('document' in checked)) return undefined;
    try {
      const planned = this.prepare(normalised, checked.document, operationName);
      const coerced = this.coerce(planned, opened.variables);
      return 'variables' in coerced
        ? { planned, variables: coerced.variables, viewer: opened.viewer }
        : undefined;
    } catch (error) {
      this.#options.logger.warn(`A subscription cannot be planned with the new schema: ${describe(error)}`);
      return undefined;
    }
  }

  async #answer(
    federation: Federation<V>,
    { planned, variables }: Opened<V>,
    caller: Caller<V>,
    event: ExecutionResult,
  ): Promise<Buffer> {
    try {
      return this.#serialise(await joinEvent(federation, planned, variables, caller, event));
    } catch (error) {
      const originalError = error instanceof Error ? error : new Error(String(error));
      return this.#serialise({ errors: [new GraphQLError(originalError.message, { originalError })] });
    }
  }

  #serialise({ data = null, errors }: ExecutionResult): Buffer {
    return Buffer.from(JSON.stringify({ data, errors: errors?.map(this.#options.formatError) }));
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
