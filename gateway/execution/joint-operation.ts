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

/** How one of several operations is told from the others in the one that they make. */
export interface JointPart {
  /** Where its entities stand in the answer. */
  readonly key: string;
  /** The variable with its representations. */
  readonly variable: string;
}

export function jointPart(index: number): JointPart {
  return index === 0
    ? { key: '_entities', variable: 'representations' }
    : { key: `_entities_${index}`, variable: `representations_${index}` };
}

/**
 * Writes the planner's operations for one subgraph as one, in which each is its `jointPart`. Variables of the client mean the
 * same in all of them. `undefined`: one of them is no single selection of `_entities`, or a variable of the client has a name
 * that would be needed.
 */
export function jointOperation(
  documents: readonly (DocumentNode | undefined)[],
): Pick<SubgraphOperation, 'text' | 'document'> | undefined {
  const operations = documents.map(entitiesOperation);
  if (!operations.every((operation) => operation !== undefined)) return undefined;
  const renamed = operations.map((operation, index) => rename(operation, jointPart(index)));
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
  return { text: stripIgnoredCharacters(print(document)), document };
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

function rename(operation: OperationDefinitionNode, { key, variable }: JointPart): OperationDefinitionNode {
  const [field] = operation.selectionSet.selections;
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
