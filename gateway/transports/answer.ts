import { GraphQLError, type ExecutionResult } from 'graphql';

type Json = Readonly<Record<string, unknown>>;

/** An answer as a subgraph gives it. Throws an Error when the text is something else: HTML, garbage, half an answer. */
export function readAnswer(subgraph: string, text: string): ExecutionResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('it answered something that is not JSON');
  }
  const result = toResult(subgraph, json);
  if (!result) throw new Error('it answered JSON that is not a GraphQL result');
  return result;
}

/** A GraphQL result from JSON that came from a subgraph; undefined when it is none. */
export function toResult(subgraph: string, json: unknown): ExecutionResult | undefined {
  if (!isRecord(json)) return undefined;
  const { data, errors } = json;
  const hasData = data === null || isRecord(data);
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  if (data !== undefined && !hasData) return undefined;
  if (!hasErrors) return hasData ? { data } : undefined;
  return { ...(hasData && { data }), errors: errors.map((error) => toError(subgraph, error)) };
}

/** An error as the subgraph told it. Of an internal one, our log gets the id under which the subgraph's log has it. */
export function toError(subgraph: string, json: unknown): GraphQLError {
  const { message, path, extensions } = isRecord(json) ? json : {};
  const facts = isRecord(extensions) ? extensions : {};
  const { id } = facts;
  const isInternal = facts['code'] === 'INTERNAL_SERVER_ERROR';
  return new GraphQLError(typeof message === 'string' ? message : 'Unknown error', {
    ...(isPath(path) && { path }),
    extensions: facts,
    ...(isInternal && {
      originalError: new Error(`the subgraph ${subgraph} failed: see error ${String(id)} in its own log`),
    }),
  });
}

function isPath(path: unknown): path is (string | number)[] {
  return Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
