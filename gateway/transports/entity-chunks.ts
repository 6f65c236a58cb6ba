import { GraphQLError, type ExecutionResult } from 'graphql';
import { maxRepresentations, type SubgraphOperation } from '../execution/transport.ts';

/** The operation in parts that a subgraph takes, and their answers as one. Nearly always there is one part. */
export function inChunks(operation: SubgraphOperation): readonly SubgraphOperation[] {
  const { representations } = operation.variables;
  if (!Array.isArray(representations) || representations.length <= maxRepresentations) return [operation];
  const chunks: SubgraphOperation[] = [];
  for (let begin = 0; begin < representations.length; begin += maxRepresentations) {
    const part: unknown = representations.slice(begin, begin + maxRepresentations);
    chunks.push({ ...operation, variables: { ...operation.variables, representations: part } });
  }
  return chunks;
}

/** The entities of all parts in order, and the errors with the paths that they would have had in one answer. */
export function joined(
  parts: readonly SubgraphOperation[],
  answers: readonly ExecutionResult[],
): ExecutionResult {
  const entities: unknown[] = [];
  const errors: GraphQLError[] = [];
  for (const [index, part] of parts.entries()) {
    const { data, errors: ownErrors = [] } = answers[index] ?? {};
    for (const error of ownErrors) errors.push(moved(error, entities.length));
    const found: unknown = data?.['_entities'];
    // A part that was not answered leaves its places empty, and the others' where they are.
    const places = part.variables['representations'] as readonly unknown[];
    entities.push(...(Array.isArray(found) ? (found as unknown[]) : places.map(() => null)));
  }
  return { data: { _entities: entities }, ...(errors.length > 0 && { errors }) };
}

function moved(error: GraphQLError, by: number): GraphQLError {
  const [root, place, ...rest] = error.path ?? [];
  if (by === 0 || root === undefined || typeof place !== 'number') return error;
  return new GraphQLError(error.message, {
    path: [root, place + by, ...rest],
    extensions: error.extensions,
    ...(error.originalError && { originalError: error.originalError }),
  });
}
