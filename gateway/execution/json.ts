/** Data that subgraphs answered and that is being put together. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of data. Data holds no functions, so one that is found was inherited: `constructor` is a possible alias. */
export function valueAt(object: JsonObject, key: string): unknown {
  const value = object[key];
  return typeof value === 'function' ? undefined : value;
}
