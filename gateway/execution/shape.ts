import { GraphQLError, type ExecutionResult } from 'graphql';

/**
 * When a subgraph leaves out what the schema promises, the plan executor nulls the nearest field that may be null and
 * reports it as `extensions.valueCompletion`. To a client that is an error like any other, so it becomes one.
 */
export function withCompletionErrors(result: ExecutionResult): ExecutionResult {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  if (!Array.isArray(valueCompletion)) return result;
  const errors = valueCompletion.filter((entry) => entry instanceof GraphQLError);
  const { data = null } = result;
  return {
    data,
    ...(errors.length > 0 && { errors }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
  };
}
