import { GraphQLError, Kind, parse, type ExecutionResult } from 'graphql';
import type { SubgraphOperation } from '../execution/transport.ts';

/** What a client is told when a subgraph does not answer: an error at each place that is missing, never where it is or why. */
export function unavailable(subgraph: string, operation: SubgraphOperation): ExecutionResult {
  const message = `The subgraph "${subgraph}" does not answer at the moment.`;
  const errors = rootPaths(operation).map(
    (path) => new GraphQLError(message, { path, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }),
  );
  return { data: null, errors };
}

/** Where the answer would have had its root fields, and of entities each one. */
function rootPaths({ document, text, variables }: SubgraphOperation): readonly (string | number)[][] {
  const { representations } = variables;
  const { definitions } = document ?? parse(text, { noLocation: true });
  const keys = definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((field) =>
          field.kind === Kind.FIELD ? [field.alias?.value ?? field.name.value] : [],
        )
      : [],
  );
  return keys.flatMap((key) =>
    key === '_entities' && Array.isArray(representations)
      ? representations.map((_, place) => [key, place])
      : [[key]],
  );
}
