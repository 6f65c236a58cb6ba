import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import { GraphQLError, print, type DocumentNode } from 'graphql';
import { buildOperationContext } from '../execution/apollo-gateway.ts';
import type { LoadedSupergraph } from '../execution/supergraph.ts';
import { liveMarks, type LiveMarks } from './live-directives.ts';

/** A subscription operation, ready to run: how its events begin and what is fetched for each of them. */
export interface PlannedSubscription extends LiveMarks {
  /** The same for every text that means the same: two clients with equal ones may share. */
  readonly normalised: string;
  readonly operationName: string | undefined;
  /** The fetch whose answer an event stands in for. */
  readonly primary: FetchNode;
  /** The text of `primary` without its name: equal ones may share an upstream. */
  readonly source: string;
  /** `primary` and, after it, what the other subgraphs add: a plan that the ordinary executor can run. */
  readonly plan: QueryPlan;
  readonly operation: ReturnType<typeof buildOperationContext>;
}

/** Plans a valid subscription document. Throws a GraphQLError when there is nothing to subscribe to. */
export function planSubscription(
  supergraph: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): PlannedSubscription {
  const named = operationName === undefined ? {} : { operationName };
  const { node } = supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.api, document, named));
  if (node?.kind !== 'Subscription') {
    throw new GraphQLError('This operation has nothing to subscribe to.', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
  const nodes = node.rest ? [node.primary, node.rest] : [node.primary];
  return {
    normalised: print(document),
    operationName,
    primary: node.primary,
    source: node.primary.operation.replace(/^subscription \w+/, 'subscription'),
    ...liveMarks(supergraph.fullSchema, document, operationName),
    plan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } },
    operation: buildOperationContext({
      schema: supergraph.apiSchema,
      operationDocument: document,
      ...named,
    }),
  };
}
