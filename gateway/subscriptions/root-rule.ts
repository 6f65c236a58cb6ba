import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/**
 * A subscription selects exactly one field at its root, without conditions: the query planner cannot plan a root that
 * may be absent. Refuses SUBSCRIPTION_ONE_ROOT_FIELD and SUBSCRIPTION_CONDITIONAL_ROOT.
 */
export function subscriptionRootRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      const roots = rootSelections(operation.selectionSet, (name) => context.getFragment(name));
      const conditional = roots.filter((node) =>
        node.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'),
      );
      if (conditional.length > 0) {
        context.reportError(
          new GraphQLError('The root of a subscription cannot have @skip or @include.', {
            nodes: conditional,
            extensions: { code: 'SUBSCRIPTION_CONDITIONAL_ROOT' },
          }),
        );
      }
      const fields = roots.filter((node) => node.kind === Kind.FIELD);
      if (fields.length > 1) {
        context.reportError(
          new GraphQLError('A subscription selects exactly one field at its root.', {
            nodes: fields,
            extensions: { code: 'SUBSCRIPTION_ONE_ROOT_FIELD' },
          }),
        );
      }
    },
  };
}

/** Every selection at the root, those inside fragments too; each fragment once. */
function rootSelections(
  selectionSet: SelectionSetNode,
  fragment: (name: string) => FragmentDefinitionNode | null | undefined,
): SelectionNode[] {
  const found: SelectionNode[] = [];
  const seen = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      found.push(node);
      if (node.kind === Kind.INLINE_FRAGMENT) visit(node.selectionSet);
      if (node.kind === Kind.FRAGMENT_SPREAD && !seen.has(node.name.value)) {
        seen.add(node.name.value);
        const definition = fragment(node.name.value);
        if (definition) visit(definition.selectionSet);
      }
    }
  };
  visit(selectionSet);
  return found;
}
