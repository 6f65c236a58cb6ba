import {
  isTypeDefinitionNode,
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
} from 'graphql';

/** What @listSize says of a field. */
export interface ListSize {
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  /** Fields of what the field gives that are lists of this size, such as the nodes of a connection. */
  readonly sizedFields?: readonly string[];
}

export interface FieldCost {
  /** Of @cost; instead of the weight of the field's type. */
  readonly weight?: number;
  readonly listSize?: ListSize;
  /** Of @cost on its arguments: added when the argument is given. */
  readonly argumentWeights: ReadonlyMap<string, number>;
}

/** What a supergraph says of costs, by `Type.field` and by type. What is in neither costs the ordinary. */
export interface CostTable {
  readonly fields: ReadonlyMap<string, FieldCost>;
  readonly types: ReadonlyMap<string, number>;
}

/** Reads @cost and @listSize (https://specs.apollo.dev/cost/v0.1), which composition leaves in the supergraph. */
export function readCosts(supergraphSdl: string): CostTable {
  const fields = new Map<string, FieldCost>();
  const types = new Map<string, number>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const weight = weightOf(definition.directives);
    if (weight !== undefined) types.set(definition.name.value, weight);
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue;
    }
    for (const field of definition.fields ?? []) {
      const cost = fieldCost(field);
      if (cost) fields.set(`${definition.name.value}.${field.name.value}`, cost);
    }
  }
  return { fields, types };
}

function fieldCost({ directives, arguments: inputs = [] }: FieldDefinitionNode): FieldCost | undefined {
  const weight = weightOf(directives);
  const listSize = argumentsOf(directives, 'listSize') as ListSize | undefined;
  const argumentWeights = weightsOf(inputs);
  if (weight === undefined && !listSize && argumentWeights.size === 0) return undefined;
  return { ...(weight !== undefined && { weight }), ...(listSize && { listSize }), argumentWeights };
}

function weightsOf(inputs: readonly InputValueDefinitionNode[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { name, directives } of inputs) {
    const weight = weightOf(directives);
    if (weight !== undefined) weights.set(name.value, weight);
  }
  return weights;
}

function weightOf(directives: readonly { readonly name: { readonly value: string } }[] | undefined) {
  return argumentsOf(directives as readonly ConstDirectiveNode[], 'cost')?.['weight'] as number | undefined;
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const directive = directives?.find((one) => one.name.value === name);
  if (!directive) return undefined;
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name: argument, value }) => [
      argument.value,
      valueFromASTUntyped(value),
    ]),
  );
}
