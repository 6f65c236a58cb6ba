import { GraphQLError, Kind, parse, type ExecutionResult } from 'graphql';
import type { SubgraphOperation } from '../execution/transport.ts';

/** What a client is told when a subgraph does not answer: an error at each field that is missing, never where it is or why. */
export function unavailable(subgraph: string, operation: SubgraphOperation): ExecutionResult {
  const message = `The subgraph "${subgraph}" does not answer at the moment.`;
  const errors = rootKeys(operation).map(
    (key) => new GraphQLError(message, { path: [key], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }),
  );
  return { data: null, errors };
}

/** The names under which the answer would have had its root fields. */
function rootKeys({ document, text }: SubgraphOperation): string[] {
  const { definitions } = document ?? parse(text, { noLocation: true });
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((field) =>
          field.kind === Kind.FIELD ? [field.alias?.value ?? field.name.value] : [],
        )
      : [],
  );
}
