import type { ExecutionResult } from 'graphql';
import { executeQueryPlan, type GraphQLDataSource } from '../execution/apollo-gateway.ts';
import type { Federation } from '../execution/federation.ts';
import type { Variables } from '../execution/run.ts';
import { withCompletionErrors } from '../execution/shape.ts';
import type { Caller } from '../execution/transport.ts';
import type { PlannedSubscription } from './plan.ts';

type RequestContext = Parameters<typeof executeQueryPlan>[2];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * Joins one event with the stock executor, for what ours does not know. The event answers the plan's first fetch; its data
 * are merged into.
 */
export async function stockJoin<V>(
  { services, supergraph, logger }: Federation<V>,
  { primary, plan, operation, operationName }: PlannedSubscription,
  variables: Variables,
  caller: Caller<V>,
  event: ExecutionResult,
): Promise<ExecutionResult> {
  const source = services[primary.serviceName];
  const standIn: GraphQLDataSource = {
    process: async (options) =>
      // The rest of the plan may ask the same subgraph again: only the primary's own text is answered by the event.
      options.request.query === primary.operation || !source ? (event as Answer) : source.process(options),
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
