import { createHash } from 'node:crypto';

/** The name of a document in automatic and trusted persisted queries: SHA-256 of its text, in hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
