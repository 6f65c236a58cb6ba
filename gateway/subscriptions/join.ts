import type { ExecutionResult } from 'graphql';
import { executeQueryPlan, type GraphQLDataSource } from '../execution/apollo-gateway.ts';
import type { Federation } from '../execution/federation.ts';
import { withCompletionErrors } from '../execution/shape.ts';
import type { Caller } from '../execution/transport.ts';
import type { PlannedSubscription } from './plan.ts';

export type Variables = Readonly<Record<string, unknown>>;

type RequestContext = Parameters<typeof executeQueryPlan>[2];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Fetches and joins what the rest of the plan adds to one event, and shapes the answer as the client asked for it. */
export async function joinEvent<V>(
  federation: Federation<V>,
  planned: PlannedSubscription,
  variables: Variables,
  caller: Caller<V>,
  event: ExecutionResult,
): Promise<ExecutionResult> {
  const { services, supergraph, logger } = federation;
  const { primary, plan, operation, operationName } = planned;
  const source = services[primary.serviceName];
  const standIn: GraphQLDataSource = {
    process: async (options) =>
      // The rest of the plan may ask the same subgraph again: only the primary's own text is answered by the event.
      options.request.query === primary.operation || !source ? answerOf(event) : source.process(options),
  };
  const request = {
    request: { query: primary.operation, variables, operationName },
    context: caller,
    logger,
    // The executor writes down failed paths here: without it the first failure of a subgraph becomes another failure.
    metrics: {},
  } as unknown as RequestContext;

  const result = await executeQueryPlan(
    plan,
    { ...services, [primary.serviceName]: standIn },
    request,
    operation,
    supergraph.fullSchema,
    supergraph.api,
  );
  return withCompletionErrors(result);
}

/** A copy of the data, because the executor merges the other subgraphs' answers into it. */
function answerOf(event: ExecutionResult): Answer {
  return {
    data: event.data === undefined ? null : structuredClone(event.data),
    ...(event.errors && { errors: event.errors }),
  } as Answer;
}
