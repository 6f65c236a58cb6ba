import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isJsonObject, valueAt, type JsonObject } from './json.ts';
import { typesBehind } from './type-tests.ts';

export type Rewrite = (value: unknown) => void;

const onType = '... on ';

/** What the planner wants changed in data on their way: a field that goes by another name, or a value that is set. */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => compileRewrite(schema, rewrite));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const name = rewrite.path.at(-1) ?? '';
  const change = (object: JsonObject): void => {
    if (rewrite.kind === 'ValueSetter') object[name] = rewrite.setValueTo;
    else {
      const value = valueAt(object, name);
      if (value === undefined || value === null) return;
      object[rewrite.renameKeyTo] = value;
      object[name] = undefined;
    }
  };
  return rewrite.path
    .slice(0, -1)
    .reduceRight<Rewrite>((inner, element) => descend(schema, element, inner), each(change));
}

function descend(schema: GraphQLSchema, element: string, inner: Rewrite): Rewrite {
  if (!element.startsWith(onType)) return each((object) => inner(valueAt(object, element)));
  const types = typesBehind(schema, element.slice(onType.length));
  return each((object) => {
    const type = valueAt(object, '__typename');
    if (typeof type !== 'string' || types.has(type)) inner(object);
  });
}

function each(change: (object: JsonObject) => void): Rewrite {
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) change(value);
  };
  return visit;
}
