import { GraphQLError, type ASTNode, type ASTVisitor, type ValidationContext } from 'graphql';
import { limits } from './limits.ts';

export function listTooLong(length: number, node?: ASTNode): GraphQLError {
  return new GraphQLError(`A list of ${length} items is too long; at most ${limits.listItems} are allowed.`, {
    ...(node && { nodes: node }),
    extensions: {
      code: 'LIST_TOO_LONG',
      facts: { items: length, limit: limits.listItems },
      http: { status: 400 },
    },
  });
}

/** Refuses LIST_TOO_LONG for a list in the document. */
export function listSizeRule(context: ValidationContext): ASTVisitor {
  return {
    ListValue(node) {
      const { length } = node.values;
      if (length > limits.listItems) context.reportError(listTooLong(length, node));
    },
  };
}
