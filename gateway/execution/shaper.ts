import {
  GraphQLError,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, type SelectionContext } from './collect-fields.ts';
import { isJsonObject, valueAt, type JsonObject } from './json.ts';
import { leafCheck } from './leaf-values.ts';

/** What happens while one answer is shaped. */
export interface Shaping {
  /** Where we are: response names and indexes. */
  readonly path: (string | number)[];
  /** Promises of the schema that the data broke. */
  readonly errors: GraphQLError[];
}

/**
 * Turns merged data into the client's answer. Three outcomes: a value, null, or `undefined` for a null whose reason is
 * reported already, so that a non-null position passes it on without a second error.
 */
type Complete = (value: unknown, key: string | number, shaping: Shaping) => unknown;

type ShapeObject = (data: JsonObject, shaping: Shaping) => JsonObject | undefined;

interface ShapedField {
  readonly key: string;
  readonly complete: Complete;
  readonly nullable: boolean;
}

/** One pass from merged data to the client's answer, for one set of conditions. `undefined` is `data: null`. */
export function compileShaper(
  context: SelectionContext,
  rootType: GraphQLObjectType,
  selectionSet: SelectionSetNode,
): ShapeObject {
  return compileObject(context, rootType, [selectionSet]);
}

function compileObject(
  context: SelectionContext,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ShapeObject {
  const collected = [...collectFields(context, type, selectionSets)];
  const fields = collected.map(([key, nodes]) => compileField(context, type, key, nodes));
  return (data, shaping) => {
    const shaped: JsonObject = {};
    for (const { key, complete, nullable } of fields) {
      const value = complete(valueAt(data, key) ?? null, key, shaping);
      if (value !== undefined) shaped[key] = value;
      else if (nullable) shaped[key] = null;
      else return undefined;
    }
    return shaped;
  };
}

function compileField(
  context: SelectionContext,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): ShapedField {
  const name = nodes[0]?.name.value ?? '';
  if (name === '__typename') return { key, nullable: false, complete: () => parent.name };
  const field = parent.getFields()[name];
  if (!field) return { key, nullable: true, complete: () => null };
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const complete = compileType(context, field.type, selectionSets, parent.name);
  return { key, complete, nullable: !isNonNullType(field.type) };
}

function compileType(
  context: SelectionContext,
  type: GraphQLOutputType,
  selectionSets: readonly SelectionSetNode[],
  parent: string,
): Complete {
  if (isNonNullType(type)) {
    const complete = compileType(context, type.ofType, selectionSets, parent);
    return (value, key, shaping) => {
      const completed = complete(value, key, shaping);
      if (completed !== null) return completed;
      const place = placeOf(key, parent, type.ofType);
      return broken(shaping, key, `Cannot return null for non-nullable ${place}.`);
    };
  }
  if (isListType(type)) return compileList(context, type.ofType, selectionSets, parent);
  if (isLeafType(type)) {
    const isValid = leafCheck(type);
    return (value, key, shaping) => {
      if (value === null || isValid(value)) return value;
      return broken(shaping, key, `Invalid value found for ${placeOf(key, parent, type)}.`);
    };
  }
  return compileComposite(context, type, selectionSets, parent);
}

function compileList(
  context: SelectionContext,
  itemType: GraphQLOutputType,
  selectionSets: readonly SelectionSetNode[],
  parent: string,
): Complete {
  const complete = compileType(context, itemType, selectionSets, parent);
  const nullable = !isNonNullType(itemType);
  return (value, key, shaping) => {
    if (value === null) return null;
    if (!Array.isArray(value)) {
      return broken(shaping, key, `Invalid value found for ${placeOf(key, parent, itemType)}.`);
    }
    const shaped: unknown[] = [];
    let whole = true;
    shaping.path.push(key);
    // To the end also when one element is broken: every broken element is reported.
    for (const [index, element] of value.entries()) {
      const completed = complete(element ?? null, index, shaping);
      if (completed === undefined && !nullable) whole = false;
      shaped.push(completed ?? null);
    }
    shaping.path.pop();
    return whole ? shaped : undefined;
  };
}

function compileComposite(
  context: SelectionContext,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  parent: string,
): Complete {
  const shapes = new Map<string, ShapeObject>();
  const shapeOf = (name: unknown): ShapeObject | undefined => {
    const known = shapes.get(String(name));
    if (known) return known;
    const named = typeof name === 'string' ? context.schema.getType(name) : undefined;
    if (!isObjectType(named)) return undefined;
    const shape = compileObject(context, named, selectionSets);
    shapes.set(named.name, shape);
    return shape;
  };
  // Only where the data may be of several types the planner always asks for __typename.
  const standard = isAbstractType(type) ? undefined : type.name;
  return (value, key, shaping) => {
    if (value === null) return null;
    const shape = isJsonObject(value) ? shapeOf(valueAt(value, '__typename') ?? standard) : undefined;
    if (!shape) {
      return broken(shaping, key, `Invalid __typename found for object at ${placeOf(key, parent, type)}.`);
    }
    shaping.path.push(key);
    const shaped = shape(value as JsonObject, shaping);
    shaping.path.pop();
    return shaped;
  };
}

function placeOf(key: string | number, parent: string, type: GraphQLOutputType): string {
  return typeof key === 'string'
    ? `field ${parent}.${key}`
    : `array element of type ${String(type)} at index ${key}`;
}

function broken({ errors, path }: Shaping, key: string | number, message: string): undefined {
  errors.push(new GraphQLError(message, { path: [...path, key], extensions: { code: 'INVALID_GRAPHQL' } }));
}
