import { GraphQLError, Kind, parse, type ExecutionResult, type FieldNode } from 'graphql';
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
  const { definitions } = document ?? parse(text, { noLocation: true });
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((field) =>
          field.kind === Kind.FIELD ? fieldPaths(field, variables) : [],
        )
      : [],
  );
}

function fieldPaths(
  { alias, name, arguments: given = [] }: FieldNode,
  variables: SubgraphOperation['variables'],
): (string | number)[][] {
  const key = (alias ?? name).value;
  const list = given.find((argument) => argument.name.value === 'representations')?.value;
  const representations = list?.kind === Kind.VARIABLE ? variables[list.name.value] : undefined;
  return name.value === '_entities' && Array.isArray(representations)
    ? representations.map((_, place) => [key, place])
    : [[key]];
}
