import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';

type IsValid = (value: unknown) => boolean;

const builtIn: Readonly<Record<string, IsValid>> = {
  [GraphQLString.name]: (value) => typeof value === 'string',
  [GraphQLID.name]: (value) => typeof value === 'string' || Number.isInteger(value),
  [GraphQLInt.name]: (value) => Number.isInteger(value),
  [GraphQLFloat.name]: (value) => Number.isFinite(value),
  [GraphQLBoolean.name]: (value) => typeof value === 'boolean',
};

/** Whether a subgraph's value may go to clients. It also keeps enum values back that they do not know. */
export function leafCheck(type: GraphQLLeafType): IsValid {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return builtIn[type.name] ?? (() => true);
}
