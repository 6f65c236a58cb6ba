import { readFileSync } from 'node:fs';
import { hashOf } from './hash.ts';

/** The operations that were known when the product was built, by the hashes with which clients name them. */
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
 * Reads the file that the build of the clients writes: `{ "<hash>": "<text>" }`. Throws when it is broken; a file that does not
 * exist holds none.
 */
export function readTrustedDocuments(file: string): TrustedDocuments {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch {
    return new TrustedDocuments();
  }
  const texts = Object.entries(JSON.parse(json) as Record<string, unknown>).map(([hash, text]) => {
    if (typeof text === 'string' && hashOf(text) === hash) return text;
    throw new Error(`${file} is broken: the text under ${hash} has another hash. Build the clients again.`);
  });
  return new TrustedDocuments(texts);
}
