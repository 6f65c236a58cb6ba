import {
  Kind,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { SubgraphOperation } from './transport.ts';

/** Several operations that each ask for `_entities`, as one. */
export interface JointOperation extends Pick<SubgraphOperation, 'text' | 'document'> {
  /** For each of them: where its entities stand in the answer, and the variable with its representations. */
  readonly parts: readonly { readonly key: string; readonly variable: string }[];
}

/**
 * Writes the planner's operations for one subgraph as one, in which each has an alias and a variable of its own. Variables of
 * the client mean the same in all of them. `undefined`: one of them is no single selection of `_entities`, or a variable of the
 * client has a name that would be needed.
 */
export function jointOperation(documents: readonly (DocumentNode | undefined)[]): JointOperation | undefined {
  const operations = documents.map((document) => entitiesOperation(document));
  const parts = operations.map((_, index) => ({
    key: index === 0 ? '_entities' : `_entities_${index}`,
    variable: index === 0 ? 'representations' : `representations_${index}`,
  }));
  const renamed = operations.map((operation, index) => operation && rename(operation, parts[index]));
  if (!renamed.every((operation) => operation !== undefined)) return undefined;
  const [first] = renamed;
  if (!first) return undefined;
  const variables = new Map<string, VariableDefinitionNode>();
  for (const { variableDefinitions = [] } of renamed) {
    for (const definition of variableDefinitions) variables.set(definition.variable.name.value, definition);
  }
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...first,
        variableDefinitions: [...variables.values()],
        selectionSet: {
          kind: Kind.SELECTION_SET,
          selections: renamed.flatMap(({ selectionSet }) => selectionSet.selections),
        },
      },
    ],
  };
  return { text: stripIgnoredCharacters(print(document)), document, parts };
}

function entitiesOperation(document: DocumentNode | undefined): OperationDefinitionNode | undefined {
  const [operation, ...others] = document?.definitions ?? [];
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return undefined;
  const { directives = [], variableDefinitions = [] } = operation;
  const isTaken = variableDefinitions.some(({ variable }) =>
    variable.name.value.startsWith('representations_'),
  );
  if (directives.length > 0 || isTaken) return undefined;
  const [field, ...more] = operation.selectionSet.selections;
  const isEntities = field?.kind === Kind.FIELD && field.name.value === '_entities' && !field.alias;
  return isEntities && more.length === 0 ? operation : undefined;
}

function rename(
  operation: OperationDefinitionNode,
  part: JointOperation['parts'][number] | undefined,
): OperationDefinitionNode | undefined {
  if (!part) return undefined;
  const [field] = operation.selectionSet.selections;
  const { key, variable } = part;
  return visit(operation, {
    Field: {
      enter: (node) =>
        node === field && key !== '_entities'
          ? { ...node, alias: { kind: Kind.NAME, value: key } }
          : undefined,
    },
    Variable: ({ name, ...node }) =>
      name.value === 'representations' ? { ...node, name: { kind: Kind.NAME, value: variable } } : undefined,
  });
}
