import { createHash } from 'node:crypto';
import { badInput } from '../errors.ts';

/** A secret shared by gateways and subgraphs. Two may be live, so that they can be changed one process at a time. */
export interface SigningKey {
  readonly id: string;
  readonly secret: Buffer;
}

const minSecretBytes = 32;
const maxKeys = 2;

/** Known to everybody who can read this file: for development on one machine, and for nothing else. */
export const developmentKeys: readonly SigningKey[] = [
  {
    id: 'DEVELOPMENT-KEY-KNOWN-TO-ALL',
    secret: createHash('sha256').update('development only: everybody knows this').digest(),
  },
];

export const developmentKeyWarning =
  'SUBGRAPH_KEYS is not set: requests between gateway and subgraphs are signed with the DEVELOPMENT KEY, which everybody knows';

/**
 * `2026a:<base64>,2026b:<base64>`: the first key signs, every key is accepted. Each secret has at least 32 bytes.
 * Refuses BAD_INPUT with what would be right, never with what was given.
 */
export function parseSigningKeys(text: string): readonly SigningKey[] {
  const keys = text.split(',').map((part) => {
    const [, id = '', secret = ''] = /^\s*([\w.-]{1,32}):([A-Za-z0-9+/=_-]+)\s*$/.exec(part) ?? [];
    return { id, secret: Buffer.from(secret, 'base64') };
  });
  if (keys.length > maxKeys || keys.some(({ id, secret }) => id === '' || secret.length < minSecretBytes)) {
    throw badInput(
      'Signing keys are one or two of name:base64, with at least 32 bytes each, separated by a comma.',
    );
  }
  return keys;
}
