import { isJsonObject, valueAt, type JsonObject } from './json.ts';

export type Path = readonly (string | number)[];

/** Where a step of the plan works: response names, and `@` for every element of a list. */
export type PlanPath = readonly string[];

/** The objects at a path of the plan, in the order of the data. What is null is left out. */
export function objectsAt(data: JsonObject, path: PlanPath): JsonObject[] {
  const found: JsonObject[] = [];
  collect(data, path, 0, found);
  return found;
}

function collect(value: unknown, path: PlanPath, depth: number, found: JsonObject[]): void {
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const element of value) collect(element, path, next, found);
  } else if (isJsonObject(value)) {
    const name = path[depth];
    if (name === undefined) found.push(value);
    else collect(valueAt(value, name), path, depth + 1, found);
  }
}

/** Where those objects are in the client's answer, in the same order. Only errors need it. */
export function pathsAt(data: JsonObject, path: PlanPath): Path[] {
  const found: Path[] = [];
  locate(data, path, 0, [], found);
  return found;
}

function locate(value: unknown, path: PlanPath, depth: number, at: Path, found: Path[]): void {
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const [index, element] of value.entries()) locate(element, path, next, [...at, index], found);
  } else if (isJsonObject(value)) {
    const name = path[depth];
    if (name === undefined) found.push(at);
    else locate(valueAt(value, name), path, depth + 1, [...at, name], found);
  }
}
