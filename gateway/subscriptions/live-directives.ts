import {
  Kind,
  TypeInfo,
  isAbstractType,
  isObjectType,
  separateOperations,
  visit,
  visitWithTypeInfo,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

const independent = 'viewerIndependent';
const everyEvent = 'everyEvent';

/** What the schema says about an operation: the subgraphs' directives of these names, found in the supergraph. */
export interface LiveMarks {
  /** Everything selected carries `@viewerIndependent`: whoever asks gets the same. */
  readonly viewerIndependent: boolean;
  /** The root field carries `@everyEvent`: no event may be left out. */
  readonly everyEvent: boolean;
}

/** Reads the marks of one operation. `schema` is the one with the directives, not what clients see. */
export function liveMarks(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): LiveMarks {
  const operation = separateOperations(document)[operationName ?? ''] ?? document;
  const types = new TypeInfo(schema);
  let viewerIndependent = true;
  let every = false;
  visit(
    operation,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        if (node.name.value === '__typename' || !parent) return;
        const definitions = definitionsOf(schema, parent, node.name.value);
        viewerIndependent &&= definitions.length > 0 && definitions.every((on) => isIndependent(on, node));
        every ||=
          parent === schema.getSubscriptionType() &&
          definitions.some((on) => named(on, everyEvent) !== undefined);
      },
    }),
  );
  return { viewerIndependent, everyEvent: every };
}

/** The directives of a field, once for every object type that may answer it. */
function definitionsOf(
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  field: string,
): (readonly ConstDirectiveNode[])[] {
  const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  return objects.filter(isObjectType).map((type) => type.getFields()[field]?.astNode?.directives ?? []);
}

function isIndependent(
  directives: readonly ConstDirectiveNode[],
  { arguments: given = [] }: FieldNode,
): boolean {
  const mark = named(directives, independent);
  if (!mark) return false;
  const unlessGiven = mark.arguments?.find(({ name }) => name.value === 'unlessGiven')?.value;
  const except = unlessGiven?.kind === Kind.LIST ? unlessGiven.values : [];
  return !except.some((value) =>
    given.some(({ name }) => value.kind === Kind.STRING && value.value === name.value),
  );
}

function named(directives: readonly ConstDirectiveNode[], name: string): ConstDirectiveNode | undefined {
  return directives.find((directive) => directive.name.value === name);
}
