import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Awaitable } from './awaiting.ts';
import type { JsonObject } from './json.ts';
import type { Caller, Transport } from './transport.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What steps are compiled for. */
export interface PlanContext<V> {
  readonly transports: ReadonlyMap<string, Transport<V>>;
  /** The supergraph's schema, also what clients do not see. */
  readonly fullSchema: GraphQLSchema;
}

/** An answer that is there already: the event of a subscription. Its data are merged into. */
export interface Given {
  readonly fetch: FetchNode;
  readonly result: ExecutionResult;
}

/** One operation on its way. */
export interface Run<V> {
  /** As the client sent them: each subgraph coerces what it is sent. */
  readonly variables: JsonObject;
  /** With the operation's defaults: what @skip and @include look at. */
  readonly coerced: JsonObject;
  readonly caller: Caller<V>;
  readonly given: Given | undefined;
  readonly data: JsonObject;
  readonly errors: GraphQLError[];
}

/** A step of a plan. It never throws or rejects. */
export type Step<V> = (run: Run<V>) => Awaitable<void>;
