import {
  GraphQLError,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type ASTVisitor,
  type GraphQLNamedType,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/**
 * Refuses ALIAS_NOT_ALLOWED: an alias that is the name of another field of the same type, or begins with `__`.
 *
 * The executor reads the keys of an entity from the merged answer, where an alias stands in the place of the field whose
 * name it has: `{ me { id: note orders } }` would fetch the orders of whoever `note` names. `fullSchema` is the
 * supergraph's, because keys may be hidden from clients.
 */
export function aliasRule(fullSchema: GraphQLSchema): ValidationRule {
  const names = new Map<string, ReadonlySet<string>>();
  const namesOf = (type: string): ReadonlySet<string> => {
    const known = names.get(type) ?? fieldNames(fullSchema, fullSchema.getType(type));
    names.set(type, known);
    return known;
  };
  return (context: ValidationContext): ASTVisitor => ({
    Field(node) {
      const alias = node.alias?.value;
      if (alias === undefined || alias === node.name.value) return;
      const parent = context.getParentType();
      if (!alias.startsWith('__') && !(parent && namesOf(parent.name).has(alias))) return;
      context.reportError(
        new GraphQLError(
          `The alias "${alias}" is not allowed here: it is the name of another field or begins with "__".`,
          { nodes: node, extensions: { code: 'ALIAS_NOT_ALLOWED' } },
        ),
      );
    },
  });
}

/** The fields that an object of this type may have: for an interface or union those of every type behind it. */
function fieldNames(schema: GraphQLSchema, type: GraphQLNamedType | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const name of Object.keys(type.getFields())) names.add(name);
  }
  if (isAbstractType(type)) {
    for (const possible of schema.getPossibleTypes(type)) {
      for (const name of Object.keys(possible.getFields())) names.add(name);
    }
  }
  return names;
}
