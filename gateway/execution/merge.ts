import { isJsonObject, valueAt, type JsonObject } from './json.ts';

/**
 * Adds what a fetch answered to an object that is already there. Objects are merged, lists of the same length element by
 * element, everything else is replaced. Places that asked for the same entity may share one object: it is merged once.
 */
export function merge(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    const value = source[key];
    const existing = valueAt(target, key);
    if (value === undefined || value === existing) continue;
    if (isJsonObject(value) && isJsonObject(existing)) merge(existing, value);
    else if (Array.isArray(value) && Array.isArray(existing) && value.length === existing.length) {
      mergeList(existing, value);
    } else target[key] = value;
  }
}

function mergeList(target: unknown[], source: readonly unknown[]): void {
  for (const [index, value] of source.entries()) {
    const existing = target[index];
    if (existing === value) continue;
    if (isJsonObject(existing) && isJsonObject(value)) merge(existing, value);
    else if (Array.isArray(existing) && Array.isArray(value) && existing.length === value.length) {
      mergeList(existing, value);
    } else target[index] = value;
  }
}
