import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { isPromise, type Awaitable } from './awaiting.ts';
import { isJsonObject, type JsonObject } from './json.ts';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** How a subgraph library keeps a type's reference resolver. */
interface EntityExtensions {
  readonly apollo?: { readonly subgraph?: { readonly resolveReference?: ReferenceResolver } };
}

type ReferenceResolver = (
  reference: JsonObject,
  context: unknown,
  info: Parameters<Resolver>[3],
) => Awaitable<unknown>;

/**
 * Lets `_entities` of this schema answer at once what its reference resolvers know at once: the subgraph library makes two
 * promises for every entity, which costs more than many an entity itself. Anything unusual is left to the library.
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export function answerEntitiesDirectly(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  if (!field?.resolve || direct.has(field.resolve)) return;
  field.resolve = directly(schema, field.resolve);
}

const direct = new WeakSet<Resolver>();

/** An object type that may stand in `_entities`, with what makes it from a reference. */
interface EntityType {
  readonly name: string;
  readonly resolve: ReferenceResolver | undefined;
}

function directly(schema: GraphQLSchema, library: Resolver): Resolver {
  const types = entityTypes(schema);
  const resolver: Resolver = (source, args: { representations: readonly unknown[] }, context, info) => {
    const { representations } = args;
    const asked: EntityType[] = [];
    for (const reference of representations) {
      const type = isJsonObject(reference) ? types.get(String(reference['__typename'])) : undefined;
      // An interface, or what is no type at all.
      if (!type) return library(source, args, context, info);
      asked.push(type);
    }
    return asked.map(({ name, resolve }, index) => {
      const reference = representations[index] as JsonObject;
      const entity = resolve ? resolve(reference, context, info) : reference;
      return isPromise(entity) ? entity.then((found) => named(found, name)) : named(entity, name);
    });
  };
  direct.add(resolver);
  return resolver;
}

function entityTypes(schema: GraphQLSchema): ReadonlyMap<string, EntityType> {
  const types = new Map<string, EntityType>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const { apollo } = type.extensions as EntityExtensions;
    types.set(type.name, { name: type.name, resolve: apollo?.subgraph?.resolveReference });
  }
  return types;
}

/** The entity with the name by which the union tells its type. */
function named(entity: unknown, name: string): unknown {
  if (typeof entity !== 'object' || entity === null || entity instanceof Error) return entity;
  const known = (entity as JsonObject)['__typename'];
  if (known === name) return entity;
  if (known !== undefined || !Object.isExtensible(entity)) return { ...entity, __typename: name };
  return Object.defineProperty(entity, '__typename', { value: name });
}
