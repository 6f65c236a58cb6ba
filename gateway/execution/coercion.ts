import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isNonNullType,
  typeFromAST,
  type GraphQLError,
  type GraphQLSchema,
  type TypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { valueAt, type JsonObject } from './json.ts';
import type { Variables } from './run.ts';

/** The variables with the operation's defaults, or what is wrong with them. */
export type Coerced =
  | { readonly coerced: JsonObject; readonly errors?: never }
  | { readonly errors: readonly GraphQLError[]; readonly coerced?: never };

type IsPlain = (value: unknown) => boolean;

/** Values that coercion leaves as they are. */
const plainValues: Readonly<Record<string, IsPlain>> = {
  [GraphQLID.name]: (value) => typeof value === 'string',
  [GraphQLString.name]: (value) => typeof value === 'string',
  [GraphQLBoolean.name]: (value) => typeof value === 'boolean',
  // True for whole numbers of 32 bits only.
  [GraphQLInt.name]: (value) => typeof value === 'number' && (value | 0) === value,
};

/**
 * Reads the variables of one operation. Plain values of plain types are looked at and taken as they are; as soon as
 * anything else comes, graphql-js decides about all of them, so that there is one opinion of what is right.
 */
export function compileCoercion(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (variables: Variables) => Coerced {
  const plain = definitions.map(({ variable, type }) => ({
    name: variable.name.value,
    isPlain: plainOf(schema, type),
  }));
  return (variables) => {
    const coerced: JsonObject = {};
    for (const { name, isPlain } of plain) {
      const value = valueAt(variables, name);
      if (!isPlain(value)) return carefully(schema, definitions, variables);
      coerced[name] = value;
    }
    return { coerced };
  };
}

function carefully(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Variables,
): Coerced {
  const { coerced, errors } = getVariableValues(schema, definitions, variables);
  return coerced ? { coerced } : { errors };
}

function plainOf(schema: GraphQLSchema, node: TypeNode): IsPlain {
  const type = typeFromAST(schema, node);
  const name = isNonNullType(type) ? String(type.ofType) : String(type);
  return plainValues[name] ?? (() => false);
}
