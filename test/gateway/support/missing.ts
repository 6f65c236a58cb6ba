type Path = readonly (string | number)[];

/** Values that differ from one answer to the next, although nothing is wrong. */
const changing = new Set(['asOf', 'token']);

/** Where `partial` has null and `whole` has something, by paths such as `venue.name`; throws when anything else differs. */
export function missingIn(partial: unknown, whole: unknown, path: Path = []): string[] {
  if (partial === null) return whole === null ? [] : [path.join('.')];
  if (changing.has(String(path.at(-1)))) return [];
  if (Array.isArray(partial) && Array.isArray(whole) && partial.length === whole.length) {
    return partial.flatMap((one, n) => missingIn(one, whole[n], [...path, n]));
  }
  if (isRecord(partial) && isRecord(whole) && String(Object.keys(partial)) === String(Object.keys(whole))) {
    return Object.keys(partial).flatMap((key) => missingIn(partial[key], whole[key], [...path, key]));
  }
  if (partial === whole) return [];
  throw new Error(`At ${path.join('.')} another value stands than when all is well.`);
}

/** Whether something is left of an answer: a value at a root field. */
export function hasData(data: unknown): boolean {
  return isRecord(data) && Object.values(data).some((value) => value !== null);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
