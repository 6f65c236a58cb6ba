import { GraphQLError } from 'graphql';
import type { Path } from './places.ts';

/** A subgraph's error as the client's: with the path in the client's answer, its own code and facts, and who said it. */
export function subgraphError(
  error: GraphQLError,
  serviceName: string,
  path: Path | undefined,
): GraphQLError {
  const message = error.message || `Error while fetching subquery from service "${serviceName}"`;
  const extensions = { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName };
  return new GraphQLError(message, { originalError: error, path: path ?? null, extensions });
}

/** What a step of the plan threw. A broken promise of a subgraph is our failure to the client, so it has no code. */
export function stepError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
