import { namedHash } from '../trusted/named-document.ts';
import type { PreparedRequest } from '../prepared.ts';

/** The operation that was known under this hash when the product was built. */
export type TextOf = (hash: string) => string | undefined;

/** Keys that mean something to JavaScript: only a careful reader should take them in, or refuse them. */
const unusual = new Set(['__proto__', 'constructor']);
const maxDepth = 50;

/** What a body asks for: a text, or the hash of a known one, and nothing unusual. Otherwise undefined. */
export function readAsked(body: unknown, textOf: TextOf): Omit<PreparedRequest, 'caller'> | undefined {
  if (!isRecord(body) || isUnusual(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  const text = extensions === undefined || extensions === null ? query : textNamed(query, extensions, textOf);
  if (typeof text !== 'string') return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    return undefined;
  }
  if (variables !== undefined && variables !== null && !isRecord(variables)) return undefined;
  return { text, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function textNamed(query: unknown, extensions: unknown, textOf: TextOf): string | undefined {
  if (query !== undefined || !isRecord(extensions)) return undefined;
  const { persistedQuery, ...others } = extensions;
  if (!isRecord(persistedQuery) || persistedQuery['version'] !== 1) return undefined;
  const hash = namedHash(extensions);
  return hash === undefined || Object.keys(others).length > 0 ? undefined : textOf(hash);
}

/** Also when it is deeper than any ordinary one: how deep it is, a sender decides. */
function isUnusual(value: object, depth = 0): boolean {
  if (depth > maxDepth) return true;
  for (const key in value) {
    if (unusual.has(key)) return true;
    const inner: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof inner === 'object' && inner !== null && isUnusual(inner, depth + 1)) return true;
  }
  return false;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
