import type { GraphQLError } from 'graphql';
import type { Federation, RuntimeLogger } from '../execution/federation.ts';
import type { Caller, SubgraphOperation, Transport } from '../execution/transport.ts';
import { CoolDown } from './cool-down.ts';
import type { Variables } from './join.ts';
import type { PlannedSubscription } from './plan.ts';
import { SharedSource } from './shared-source.ts';
import { stableText } from './stable-text.ts';

export interface SourcesOptions {
  readonly isRefusal: (error: GraphQLError) => boolean;
  readonly logger: RuntimeLogger;
}

/** What is asked of a subgraph, and for whom. */
export interface SourceRequest<V> {
  readonly federation: Federation<V>;
  readonly planned: PlannedSubscription;
  readonly variables: Variables;
  readonly scope: string;
  /** Called for the source and for every event. */
  readonly caller: () => Caller<V>;
  /** The trace of who asked first: it is told of the beginning, while events belong to nobody's request. */
  readonly traceparent?: string | undefined;
}

interface OpenSource<V> {
  readonly source: SharedSource;
  readonly transport: Transport<V>;
}

/** The upstreams that are open: one for each subgraph, text, variables and scope, whatever is joined to its events. */
export class Sources<V> {
  readonly #options: SourcesOptions;
  readonly #open = new Map<string, OpenSource<V>>();
  readonly #coolDown = new CoolDown();
  #size = 0;

  constructor(options: SourcesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /** The source that others have open already, a new one, or why the subgraph refused it a moment ago. */
  open(
    request: SourceRequest<V>,
  ): { readonly source: SharedSource } | { readonly refusal: readonly GraphQLError[] } {
    const { planned, variables, scope } = request;
    const { serviceName: service, variableUsages = [] } = planned.primary;
    const transport = request.federation.transports.get(service);
    if (!transport) throw new Error(`No transport for the subgraph "${service}".`);
    const used = Object.fromEntries(
      Object.entries(variables).filter(([name]) => variableUsages.includes(name)),
    );
    const key = stableText([service, planned.source, used, scope, planned.everyEvent]);
    const found = this.#open.get(key);
    // After a change of schema a subgraph may be reached in another way: then others' upstream is not this one.
    if (found?.transport === transport) return found;
    const refusal = this.#coolDown.refusalOf(key);
    if (refusal) return { refusal };
    const { primary } = planned;
    const operation = {
      text: primary.operation,
      document: primary.operationDocumentNode,
      name: primary.operationName,
      variables: used,
    };
    return { source: this.#start(key, transport, operation, request) };
  }

  #start(
    key: string,
    transport: Transport<V>,
    operation: SubgraphOperation,
    { caller, planned, traceparent }: SourceRequest<V>,
  ): SharedSource {
    const { isRefusal, logger } = this.#options;
    const coolDown = this.#coolDown;
    let trace = traceparent;
    const next = (): Caller<V> => {
      const asked = trace === undefined ? caller() : { ...caller(), traceparent: trace };
      trace = undefined;
      return asked;
    };
    const source = new SharedSource(
      {
        open: () => transport.subscribe(operation, next),
        isRefusal: (errors) => errors.some(isRefusal),
        keepsNewest: !planned.everyEvent,
        worked: () => coolDown.works(key),
        refused: (errors) => coolDown.refused(key, errors),
        lost: ({ cause, attempt, waitMs }) => {
          coolDown.failed(key, attempt, waitMs);
          const why = cause === undefined ? 'ended' : `failed: ${describe(cause)}`;
          const message = `A subscription to ${transport.subgraph} ${why}; it is made again.`;
          // Once per outage is news, every attempt is noise.
          if (attempt === 0) logger.warn(message);
          else logger.debug(message);
        },
        closed: () => {
          this.#size -= 1;
          if (this.#open.get(key)?.source === source) this.#open.delete(key);
        },
      },
      coolDown.failingOf(key),
    );
    this.#open.set(key, { source, transport });
    this.#size += 1;
    return source;
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
