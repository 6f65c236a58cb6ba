import { isObjectType, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
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

function directly(schema: GraphQLSchema, library: Resolver): Resolver {
  const resolver: Resolver = (source, args: { representations: readonly unknown[] }, context, info) => {
    const types = args.representations.map((reference) => entityType(schema, reference));
    if (types.includes(undefined)) return library(source, args, context, info);
    return args.representations.map((reference, index) => {
      const { name, extensions } = types[index] as GraphQLObjectType;
      const resolve = (extensions as EntityExtensions).apollo?.subgraph?.resolveReference;
      const entity = resolve ? resolve(reference as JsonObject, context, info) : reference;
      return isPromise(entity) ? entity.then((found) => named(found, name)) : named(entity, name);
    });
  };
  direct.add(resolver);
  return resolver;
}

/** Undefined for an interface, and for what is no type at all. */
function entityType(schema: GraphQLSchema, reference: unknown): GraphQLObjectType | undefined {
  if (!isJsonObject(reference)) return undefined;
  const type = schema.getType(String(reference['__typename']));
  return isObjectType(type) ? type : undefined;
}

/** The entity with the name by which the union tells its type. */
function named(entity: unknown, name: string): unknown {
  if (typeof entity !== 'object' || entity === null || entity instanceof Error) return entity;
  const known = (entity as JsonObject)['__typename'];
  if (known === name) return entity;
  if (known !== undefined || !Object.isExtensible(entity)) return { ...entity, __typename: name };
  return Object.defineProperty(entity, '__typename', { value: name });
}
