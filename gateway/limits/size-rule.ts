import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { limits } from './limits.ts';

/** What one selection set comes to with its fragments written out. */
interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly directives: number;
}

const nothing: Size = { depth: 0, aliases: 0, fields: 0, directives: 0 };

/**
 * Refuses OPERATION_TOO_DEEP, TOO_MANY_ALIASES, TOO_MANY_DIRECTIVES and TOO_MANY_ROOT_FIELDS, counted with every fragment written out, so that a
 * short text cannot grow into a large operation. Introspection is not counted: production refuses it, and the
 * explorer's own query is deeper than any other.
 */
export function sizeRule(context: ValidationContext): ASTVisitor {
  const fragments = new Map<string, Size>();

  const fragmentSize = (name: string): Size => {
    const known = fragments.get(name);
    if (known) return known;
    // Also the answer for a fragment that spreads itself, which another rule refuses.
    fragments.set(name, nothing);
    const definition = context.getFragment(name);
    const size = definition ? sizeOf(definition.selectionSet) : nothing;
    fragments.set(name, size);
    return size;
  };

  const sizeOf = (selectionSet: SelectionSetNode): Size => {
    let depth = 0;
    let aliases = 0;
    let fields = 0;
    let directives = 0;
    for (const node of selectionSet.selections) {
      directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD) {
        if (node.name.value === '__schema' || node.name.value === '__type') continue;
        const inside = node.selectionSet ? sizeOf(node.selectionSet) : nothing;
        depth = Math.max(depth, inside.depth + 1);
        aliases += inside.aliases + (node.alias ? 1 : 0);
        directives += inside.directives;
        fields += 1;
      } else {
        const inside =
          node.kind === Kind.INLINE_FRAGMENT ? sizeOf(node.selectionSet) : fragmentSize(node.name.value);
        depth = Math.max(depth, inside.depth);
        aliases += inside.aliases;
        directives += inside.directives;
        fields += inside.fields;
      }
    }
    return { depth, aliases, fields, directives };
  };

  return {
    OperationDefinition(operation) {
      const { depth, aliases, fields, directives } = sizeOf(operation.selectionSet);
      const allDirectives = directives + (operation.directives?.length ?? 0);
      const refuse = (code: string, what: string, is: number, most: number): void => {
        if (is <= most) return;
        const message = `The operation ${what}; at most ${most} are allowed.`;
        context.reportError(tooLarge(operation, code, message));
      };
      refuse('OPERATION_TOO_DEEP', `has ${depth} levels of fields`, depth, limits.depth);
      refuse('TOO_MANY_ALIASES', `has ${aliases} aliases`, aliases, limits.aliases);
      refuse('TOO_MANY_DIRECTIVES', `has ${allDirectives} directives`, allDirectives, limits.directives);
      refuse('TOO_MANY_ROOT_FIELDS', `has ${fields} root fields`, fields, limits.rootFields);
    },
  };
}

function tooLarge(node: OperationDefinitionNode, code: string, message: string): GraphQLError {
  return new GraphQLError(message, { nodes: node, extensions: { code } });
}
