import { readFileSync } from 'node:fs';
import { hashOf } from './hash.ts';

/** The operations that were known when the product was built, now or earlier, by the hashes with which clients name them. */
export class TrustedDocuments {
  readonly #texts: ReadonlySet<string>;
  readonly #byHash: ReadonlyMap<string, string>;

  constructor(texts: Iterable<string> = []) {
    this.#texts = new Set(texts);
    this.#byHash = new Map([...this.#texts].map((text) => [hashOf(text), text]));
  }

  get size(): number {
    return this.#texts.size;
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  /** The text with this SHA-256 in lower-case hexadecimal. */
  byHash(hash: string): string | undefined {
    return this.#byHash.get(hash);
  }
}

/**
 * Reads a file that a build of the clients has written: `{ "<hash>": "<text>" }`. Undefined when it cannot be read; throws when
 * it is something else.
 */
export function readTexts(file: string): readonly string[] | undefined {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return Object.entries(recordIn(json, file)).map(([hash, text]) => {
    if (typeof text === 'string' && hashOf(text) === hash) return text;
    throw new Error(`${file} is broken: the text under ${hash.slice(0, 64)} has another hash.`);
  });
}

function recordIn(json: string, file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error(`${file} is broken: it is not JSON.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(`${file} is broken: it is not an object of texts by their hashes.`);
}
