import {
  Kind,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLField,
  type OperationDefinitionNode,
} from 'graphql';
import type { Amount, Variables } from './amount.ts';
import type { ListSize } from './table.ts';
import { limits } from '../limits.ts';
import { listTooLong } from '../list-size.ts';

/** How long a list is at most: the largest of its slicing arguments, else what the schema assumes. */
export function givenSize(
  { slicingArguments = [], assumedSize = 0 }: ListSize,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  operation: OperationDefinitionNode,
): Amount {
  const parts = slicingArguments.map((name) => argument(name, field, node, operation));
  const valueOf = (part: Given, variables: Variables): unknown =>
    'read' in part ? part.read(variables) : part.value;
  const sizeFor = (variables: Variables): number =>
    largest(
      parts.map((part) => valueOf(part, variables)),
      assumedSize,
    );
  return parts.some((part) => 'read' in part) ? sizeFor : sizeFor({});
}

/** A value, or how to read it from the variables: in a box, because a value may be anything. */
type Given = { readonly value: unknown } | { readonly read: (variables: Variables) => unknown };

/** What the client, or the schema for it, gives as this argument; or how to read that from the variables. */
function argument(
  name: string,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  operation: OperationDefinitionNode,
): Given {
  const standard: unknown = field.args.find((one) => one.name === name)?.defaultValue;
  const value = node.arguments?.find((one) => one.name.value === name)?.value;
  if (!value) return { value: standard };
  if (value.kind !== Kind.VARIABLE) return { value: valueFromASTUntyped(value) };
  const variable = value.name.value;
  const declared = operation.variableDefinitions?.find((one) => one.variable.name.value === variable);
  const preset: unknown = declared?.defaultValue ? valueFromASTUntyped(declared.defaultValue) : standard;
  return {
    read: (variables) => (Object.hasOwn(variables, variable) ? variables[variable] : preset),
  };
}

function largest(values: readonly unknown[], assumedSize: number): number {
  const sizes = values.filter((value) => typeof value === 'number');
  if (sizes.length === 0) return assumedSize;
  const size = Math.max(0, ...sizes);
  if (size > limits.listItems) throw listTooLong(size);
  return size;
}
