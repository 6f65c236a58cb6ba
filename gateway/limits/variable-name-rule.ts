import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/** Refuses VARIABLE_NAME_RESERVED: the executor sends the keys of entities in a variable of this name. */
export function variableNameRule(context: ValidationContext): ASTVisitor {
  return {
    VariableDefinition(node) {
      if (node.variable.name.value !== 'representations') return;
      context.reportError(
        new GraphQLError('A variable cannot be named "$representations".', {
          nodes: node,
          extensions: { code: 'VARIABLE_NAME_RESERVED' },
        }),
      );
    },
  };
}
