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
 * Writes a value of the merged data as the client's JSON. Three outcomes: a text, which may be that of null, or `undefined`
 * for a null whose reason is reported already, so that a non-null position passes it on without a second error.
 */
type Complete = (value: unknown, key: string | number, shaping: Shaping) => string | undefined;

type ShapeObject = (data: JsonObject, shaping: Shaping) => string | undefined;

interface ShapedField {
  readonly key: string;
  /** The key as it stands before the value, such as `"name":`. */
  readonly before: string;
  readonly complete: Complete;
  readonly nullable: boolean;
}

/** The JSON of null. */
export const nullText = 'null';

/** One pass from merged data to the client's JSON, for one set of conditions. `undefined` is `data: null`. */
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
    let text = '';
    for (const { key, before, complete, nullable } of fields) {
      const value = complete(valueAt(data, key) ?? null, key, shaping);
      if (value === undefined && !nullable) return undefined;
      text += `${text === '' ? '{' : ','}${before}${value ?? nullText}`;
    }
    return text === '' ? '{}' : `${text}}`;
  };
}

function compileField(
  context: SelectionContext,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): ShapedField {
  const name = nodes[0]?.name.value ?? '';
  const before = `${JSON.stringify(key)}:`;
  if (name === '__typename') {
    const text = JSON.stringify(parent.name);
    return { key, before, nullable: false, complete: () => text };
  }
  const field = parent.getFields()[name];
  if (!field) return { key, before, nullable: true, complete: () => nullText };
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const complete = compileType(context, field.type, selectionSets, parent.name);
  return { key, before, complete, nullable: !isNonNullType(field.type) };
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
      if (completed !== nullText) return completed;
      const place = placeOf(key, parent, type.ofType);
      return broken(shaping, key, `Cannot return null for non-nullable ${place}.`);
    };
  }
  if (isListType(type)) return compileList(context, type.ofType, selectionSets, parent);
  if (isLeafType(type)) {
    const isValid = leafCheck(type);
    return (value, key, shaping) => {
      if (value === null) return nullText;
      if (isValid(value)) return leafText(value);
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
    if (value === null) return nullText;
    if (!Array.isArray(value)) {
      return broken(shaping, key, `Invalid value found for ${placeOf(key, parent, itemType)}.`);
    }
    let text = '';
    let whole = true;
    shaping.path.push(key);
    // To the end also when one element is broken: every broken element is reported.
    for (let index = 0; index < value.length; index += 1) {
      const completed = complete(value[index] ?? null, index, shaping);
      if (completed === undefined && !nullable) whole = false;
      text += `${text === '' ? '[' : ','}${completed ?? nullText}`;
    }
    shaping.path.pop();
    if (!whole) return undefined;
    return text === '' ? '[]' : `${text}]`;
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
    if (value === null) return nullText;
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

/** Texts up to this length are looked through here; longer ones are faster there. */
const shortText = 42;

/** A scalar or enum value as JSON. */
function leafText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  // What a scalar of the schema's own gives may be anything that JSON has.
  return JSON.stringify(value) ?? nullText;
}

function stringText(value: string): string {
  if (value.length > shortText) return JSON.stringify(value);
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    // Control characters, `"`, `\`, and halves of surrogate pairs.
    if (code < 32 || code === 34 || code === 92 || code >= 0xd800) return JSON.stringify(value);
  }
  return `"${value}"`;
}

function placeOf(key: string | number, parent: string, type: GraphQLOutputType): string {
  return typeof key === 'string'
    ? `field ${parent}.${key}`
    : `array element of type ${String(type)} at index ${key}`;
}

function broken({ errors, path }: Shaping, key: string | number, message: string): undefined {
  errors.push(new GraphQLError(message, { path: [...path, key], extensions: { code: 'INVALID_GRAPHQL' } }));
}
