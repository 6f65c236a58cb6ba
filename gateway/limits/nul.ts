import { GraphQLError, type ASTNode, type ASTVisitor, type ValidationContext } from 'graphql';

/** A text with the character U+0000 cannot be stored by every database, and nobody can type one. */
export function nulRefused(node?: ASTNode): GraphQLError {
  return new GraphQLError('A text may not hold the character U+0000.', {
    ...(node && { nodes: node }),
    extensions: { code: 'BAD_INPUT', http: { status: 400 } },
  });
}

/** Refuses BAD_INPUT for the character in a text of the document. */
export function nulRule(context: ValidationContext): ASTVisitor {
  return {
    StringValue(node) {
      if (node.value.includes('\0')) context.reportError(nulRefused(node));
    },
  };
}
