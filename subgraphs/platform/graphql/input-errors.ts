import { GraphQLError, Kind, type ExecutionResult } from 'graphql';

/**
 * Values of custom scalars are only checked where the scalar lives, in the subgraph, and graphql-js reports them there
 * without a code. They are the client's mistake, so they get the code for that: BAD_USER_INPUT.
 */
export function withInputCodes(result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some(isInputError)) return result;
  return { ...result, errors: result.errors.map((error) => (isInputError(error) ? coded(error) : error)) };
}

function isInputError(error: GraphQLError): boolean {
  if (error.extensions['code'] !== undefined) return false;
  return isVariableError(error) || isArgumentError(error);
}

function isVariableError(error: GraphQLError): boolean {
  const [node, ...others] = error.nodes ?? [];
  return error.path === undefined && others.length === 0 && node?.kind === Kind.VARIABLE_DEFINITION;
}

/** graphql-js throws it while it reads a field's arguments, before any resolver of ours runs. */
function isArgumentError(error: GraphQLError): boolean {
  const cause = error.originalError;
  return (
    cause instanceof GraphQLError &&
    cause.originalError === undefined &&
    /^Argument "\w+" /.test(error.message)
  );
}

function coded(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    ...(error.path && { path: error.path }),
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}
