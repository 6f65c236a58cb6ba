import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { amountOf, product, sum, type Amount, type Variables } from './amount.ts';
import { always, gated, narrowed, type Condition } from './condition.ts';
import { readCosts, type FieldCost } from './table.ts';
import { givenSize } from './given-size.ts';

/** Items that a list has when the schema does not say. */
const ordinaryListSize = 10;
/** What changing something weighs more than reading it. */
const mutationWeight = 10;
/** Fields, with fragments written out, from which on the cost is infinite: fragments can multiply a short text without end. */
const maxFields = 5_000;

/** The static cost of an operation: the objects that it could give at most. Variables are those that the client sent. */
export type CostOf = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables | undefined,
) => number;

/** A size that the field above gave to some of the fields below it. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: Amount;
}

/** Fields that are answered under one name, with what is selected below each. */
interface Merged {
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  /** One of these has to hold for it to be answered at all. */
  readonly when: Condition[];
  readonly below: Selected[];
}

interface Selected {
  readonly set: SelectionSetNode;
  readonly when: Condition;
}

/**
 * Counts operations against @cost and @listSize of a supergraph, by the rules of IBM's cost specification: an object weighs 1,
 * a leaf 0, a list as much as its items. Each operation is taken apart once; afterwards only what its variables decide is
 * counted, such as what @skip and @include leave out. Throws LIST_TOO_LONG when one page is longer than any may be. The operation must be valid.
 */
export function createCostOf(supergraphSdl: string, schema: GraphQLSchema): CostOf {
  const table = readCosts(supergraphSdl);
  const known = new WeakMap<OperationDefinitionNode, Amount>();

  const costOfField = (parent: GraphQLNamedType, name: string): FieldCost | undefined => {
    const own = table.fields.get(`${parent.name}.${name}`);
    if (own || !isInterfaceType(parent)) return own;
    // Directives are on the fields of objects; the dearest of those that may stand here counts.
    const possible = schema.getPossibleTypes(parent).map((type) => table.fields.get(`${type.name}.${name}`));
    return possible.sort((a, b) => (b?.weight ?? 1) - (a?.weight ?? 1))[0];
  };

  const weightOf = (parent: GraphQLNamedType, type: GraphQLNamedType, cost?: FieldCost): number => {
    if (cost?.weight !== undefined) return cost.weight;
    const weight = table.types.get(type.name) ?? (isCompositeType(type) ? 1 : 0);
    return parent === schema.getMutationType() ? weight + mutationWeight : weight;
  };

  const count = (document: DocumentNode, operation: OperationDefinitionNode): Amount => {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    }
    let fields = 0;

    const collect = (
      type: GraphQLNamedType,
      { set, when: outer }: Selected,
      found: Map<string, Merged>,
      spread: Map<string, Condition>,
    ): void => {
      for (const node of set.selections) {
        let when = narrowed(outer, node.directives);
        if (when === undefined) continue;
        if (node.kind === Kind.FIELD) {
          const field =
            isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
          // `__typename` and introspection have no field here: they cost nothing.
          if (!field) continue;
          const key = `${type.name}.${node.alias?.value ?? node.name.value}`;
          const merged = found.get(key) ?? { parent: type, field, node, when: [], below: [] };
          merged.when.push(when);
          if (node.selectionSet) merged.below.push({ set: node.selectionSet, when });
          found.set(key, merged);
        } else {
          const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
          if (!fragment) continue;
          const condition = fragment.typeCondition && typeFromAST(schema, fragment.typeCondition);
          const inside = condition ?? type;
          if (node.kind === Kind.FRAGMENT_SPREAD) {
            const once = `${inside.name} ${node.name.value}`;
            const before = spread.get(once);
            if (before === always || before === when) continue;
            // Under a second condition it counts always: more than it may be, but looked at twice at most.
            if (before !== undefined) when = always;
            spread.set(once, when);
          }
          // An interface's fields stand on the object itself, so that the same field is not counted twice.
          const own = isAbstractType(inside) && isObjectType(type) ? type : inside;
          collect(own, { set: fragment.selectionSet, when }, found, spread);
        }
      }
    };

    const select = (type: GraphQLNamedType, sets: readonly Selected[], sized?: Sized): Amount => {
      if (fields > maxFields) return 0;
      const found = new Map<string, Merged>();
      const spread = new Map<string, Condition>();
      for (const set of sets) collect(type, set, found, spread);
      fields += found.size;
      return sum([...found.values()].map((merged) => one(merged, sized)));
    };

    const one = ({ parent, field, node, when, below }: Merged, sized?: Sized): Amount => {
      const cost = costOfField(parent, field.name);
      const { listSize } = cost ?? {};
      const type = getNamedType(field.type);
      const size = listSize ? givenSize(listSize, field, node, operation) : ordinaryListSize;
      const isSized = sized?.fields.includes(field.name) === true;
      const many = isSized ? sized.size : isListType(getNullableType(field.type)) ? size : 1;
      const forBelow = listSize?.sizedFields && { fields: listSize.sizedFields, size };
      const inside = below.length > 0 ? select(type, below, forBelow) : 0;
      const given = (node.arguments ?? []).map(({ name }) => cost?.argumentWeights.get(name.value) ?? 0);
      // Also a page of which only the total is asked for may not be too long.
      const checked = typeof size === 'function' ? (sent: Variables) => 0 * size(sent) : 0;
      const total = sum([...given, checked, product(many, sum([weightOf(parent, type, cost), inside]))]);
      return gated(when, total, operation);
    };

    const root = schema.getRootType(operation.operation);
    const cost = root ? select(root, [{ set: operation.selectionSet, when: always }]) : 0;
    return fields > maxFields ? Infinity : cost;
  };

  return (document, operation, variables = {}) => {
    let cost = known.get(operation);
    if (cost === undefined) {
      cost = count(document, operation);
      known.set(operation, cost);
    }
    return amountOf(cost, variables);
  };
}
