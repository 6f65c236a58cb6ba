import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Awaitable } from './awaiting.ts';

/** For whom an operation runs. The runtime passes `viewer` on and never looks inside it. */
export interface Caller<V> {
  readonly viewer: V;
  readonly requestId: string;
  /** The W3C trace that the request belongs to, passed on as it came. */
  readonly traceparent?: string | undefined;
  /** Where the request came from, as a key to count by. For the entries; no transport passes it on. */
  readonly address?: string;
  /** What an observer has begun for the operation. For the entries as well. */
  readonly work?: object | undefined;
}

/** Entities that one request may ask a subgraph for. A transport makes several requests of what is more. */
export const maxRepresentations = 500;

/** One operation that the query planner wrote for one subgraph. */
export interface SubgraphOperation {
  readonly text: string;
  /** The text, already parsed, when the planner hands it over. */
  readonly document?: DocumentNode | undefined;
  readonly name?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The events of one subscription. `return()` lets go of the source at once, also while `next()` waits. */
export interface EventStream {
  /** At its end the value is undefined, or a result with the errors with which the subgraph ended it. */
  next(): Promise<IteratorResult<ExecutionResult, ExecutionResult | undefined>>;
  return(): Promise<unknown>;
}

/** How one subgraph is reached. It answers failures as a result with errors; only `next()` of a stream may reject. */
export interface Transport<V> {
  readonly subgraph: string;
  execute(operation: SubgraphOperation, caller: Caller<V>): Awaitable<ExecutionResult>;
  /** `caller` is asked once for the source and once for every event, so that nothing remembered outlives an event. */
  subscribe(operation: SubgraphOperation, caller: () => Caller<V>): Promise<EventStream | ExecutionResult>;
}

/** Whether a subscription began, or was answered with errors at once. */
export function isStream(answer: EventStream | ExecutionResult): answer is EventStream {
  return 'next' in answer;
}
