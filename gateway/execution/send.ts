import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import type { Awaitable } from './awaiting.ts';
import { valueAt, type JsonObject } from './json.ts';
import type { PlanContext, Run } from './run.ts';
import type { SubgraphOperation } from './transport.ts';

export type Send<V> = (run: Run<V>, variables: JsonObject) => Awaitable<ExecutionResult>;

/** How an operation reaches a subgraph. Throws when the plan names one that has no transport. */
export function compileSend<V>(
  { transports }: PlanContext<V>,
  subgraph: string,
  { text, document, name }: Omit<SubgraphOperation, 'variables'>,
): Send<V> {
  const transport = transports.get(subgraph);
  if (!transport) throw new Error(`The plan names a subgraph "${subgraph}" that has no transport.`);
  return (run, variables) => transport.execute({ text, document, name, variables }, run.caller);
}

/** What a fetch of the plan asks. */
export function operationOf(node: FetchNode): Omit<SubgraphOperation, 'variables'> {
  return { text: node.operation, document: node.operationDocumentNode, name: node.operationName };
}

/** Of the client's variables those that a fetch uses; what was not given stays away, so that defaults hold. */
export function variablesOf<V>({ variableUsages = [] }: FetchNode, { variables }: Run<V>): JsonObject {
  const used: JsonObject = {};
  for (const name of variableUsages) {
    const value = valueAt(variables, name);
    if (value !== undefined) used[name] = value;
  }
  return used;
}
