import type { ExecutionResult, GraphQLError } from 'graphql';

export interface NormalAnswer {
  readonly data: unknown;
  /** Message, path and code of each error, in a fixed order: parallel fetches report in any. */
  readonly errors: readonly string[];
}

/** An answer with what clients can tell apart. Broken promises of the schema count as errors. */
export function normalised(result: ExecutionResult): NormalAnswer {
  const completion = (result.extensions?.['valueCompletion'] ?? []) as readonly GraphQLError[];
  const errors = [...(result.errors ?? []), ...completion].map(({ message, path, extensions }) => {
    const code = extensions?.['code'];
    // Ours names the type of the object, the stock one the type of the fragment around the field.
    const text = code === 'INVALID_GRAPHQL' ? message.replace(/field \w+\./, 'field ') : message;
    return JSON.stringify([text, path ?? null, code ?? null, extensions?.['facts'] ?? null]);
  });
  return {
    data: result.data === undefined ? null : JSON.parse(JSON.stringify(result.data)),
    errors: errors.toSorted(),
  };
}

/**
 * The answer with all that was reported below a null that went up as one error: where several non-null fields of one object
 * fail, the specification leaves open which of them is reported, and whether more than one is. `onlyCode`: all others are
 * compared as they are.
 */
export function lenient(answer: NormalAnswer, onlyCode?: string): NormalAnswer {
  const errors = answer.errors.map((text) => {
    const [, where, code] = JSON.parse(text) as [string, (string | number)[] | null, string | null];
    if (onlyCode !== undefined && code !== onlyCode) return text;
    const path = where ?? [];
    let value = answer.data;
    let depth = 0;
    while (isObject(value) && depth < path.length) value = value[String(path[depth++])];
    return value === null && depth < path.length ? `below ${JSON.stringify(path.slice(0, depth))}` : text;
  });
  return { data: answer.data, errors: [...new Set(errors)] };
}

/**
 * The answer without the places in lists. In a list of several types the stock executor counts only the entities that it
 * asked for and puts errors at the wrong index: in `reviewed`, which is [Book b2, null, Film f3, Film f1], it reports
 * "f3.cast is refused" at 0, because f3 is the first Film. `isInPlace` and `misplaced` say whether ours are right.
 */
export function withoutIndexes({ data, errors }: NormalAnswer): NormalAnswer {
  return { data, errors: errors.map((text) => text.replaceAll(/(?<=[[,])\d+(?=[,\]])/g, '#')).toSorted() };
}

/** Errors that name an entity (`b3.title fails`) and are at another one's place. */
export function misplaced({ data, errors }: NormalAnswer): string[] {
  return errors.filter((text) => {
    const [message, path] = JSON.parse(text) as [string, (string | number)[] | null];
    const id = /^(\w\d)\./.exec(message)?.[1];
    let value = data;
    for (const key of (path ?? []).slice(0, -1)) value = isObject(value) ? value[String(key)] : undefined;
    return id !== undefined && isObject(value) && typeof value['id'] === 'string' && value['id'] !== id;
  });
}

/** Where two answers differ, as sentences. */
export function differences(expected: NormalAnswer, actual: NormalAnswer): string[] {
  const found: string[] = [];
  compare(expected.data, actual.data, 'data', found);
  for (const error of expected.errors) if (!actual.errors.includes(error)) found.push(`missing ${error}`);
  for (const error of actual.errors) if (!expected.errors.includes(error)) found.push(`unexpected ${error}`);
  if (found.length === 0 && expected.errors.length !== actual.errors.length) {
    found.push(`${actual.errors.length} errors instead of ${expected.errors.length}`);
  }
  return found;
}

function compare(expected: unknown, actual: unknown, at: string, found: string[]): void {
  if (isObject(expected) && isObject(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      compare(expected[key], actual[key], `${at}.${key}`, found);
    }
    if (Array.isArray(expected) !== Array.isArray(actual)) found.push(`${at} is not a list in both`);
  } else if (expected !== actual) {
    found.push(`${at}: ${JSON.stringify(expected)} became ${JSON.stringify(actual)}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
