import { isAbstractType, type GraphQLSchema } from 'graphql';

/** The names of the object types that a type condition lets through. */
export function typesBehind(schema: GraphQLSchema, condition: string): ReadonlySet<string> {
  const type = schema.getType(condition);
  const possible = type && isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return new Set([condition, ...possible.map(({ name }) => name)]);
}
