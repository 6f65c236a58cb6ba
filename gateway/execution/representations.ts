import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isJsonObject, valueAt, type JsonObject } from './json.ts';
import { merge } from './merge.ts';
import { typesBehind } from './type-tests.ts';

/** What a subgraph has to be told about an entity, or null when the data at hand do not have it. */
export type Represent = (entity: JsonObject) => JsonObject | null;

type Part = (entity: JsonObject, into: JsonObject) => boolean;

/** Reads keys and required fields out of the data, as the planner lists them. `schema` is the supergraph's. */
export function compileRepresent(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
): Represent {
  const parts = selections.map((selection) => compilePart(schema, selection));
  return (entity) => {
    const representation: JsonObject = {};
    for (const part of parts) if (!part(entity, representation)) return null;
    return representation;
  };
}

/** A part says whether what it needs is there. */
function compilePart(schema: GraphQLSchema, selection: QueryPlanSelectionNode): Part {
  if (selection.kind === 'InlineFragment') {
    if (selection.typeCondition === undefined) return () => true;
    const types = typesBehind(schema, selection.typeCondition);
    const represent = compileRepresent(schema, selection.selections);
    return (entity, into) => {
      if (types.has(valueAt(entity, '__typename') as string)) {
        const inner = represent(entity);
        if (inner) merge(into, inner);
      }
      return true;
    };
  }
  const name = selection.alias ?? selection.name;
  const inner = selection.selections && compileRepresent(schema, selection.selections);
  return (entity, into) => {
    const value = valueAt(entity, name);
    if (value === undefined) return false;
    into[name] = inner ? representEach(value, inner) : value;
    return true;
  };
}

function representEach(value: unknown, represent: Represent): unknown {
  if (Array.isArray(value)) return value.map((element) => representEach(element, represent));
  return isJsonObject(value) ? represent(value) : value;
}
