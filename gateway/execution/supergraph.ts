import { Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlannerConfig } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

/**
 * What plans: subgraphs that share many fields can make the planner try millions of plans for a short query, so it stops
 * at these bounds and takes the best plan so far.
 */
export const plannerConfig: QueryPlannerConfig = {
  exposeDocumentNodeInFetchNode: true,
  debug: { maxEvaluatedPlans: 1_000, pathsLimit: 2_000 },
};

/** A supergraph, read once, in the forms that planning, validating and joining need. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly api: Schema;
  /** Everything, also what clients do not see. */
  readonly fullSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  /** Whether a subgraph answers for an interface without knowing the types behind it. */
  readonly hasInterfaceObjects: boolean;
}

export function loadSupergraph(sdl: string): LoadedSupergraph {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const api = supergraph.apiSchema();
  return {
    sdl,
    api,
    apiSchema: api.toGraphQLJSSchema(),
    fullSchema: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph, plannerConfig),
    hasInterfaceObjects: /\bisInterfaceObject:\s*true\b/.test(sdl),
  };
}
