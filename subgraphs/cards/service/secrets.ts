import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { badInput } from '../../platform/errors.ts';

/** What a sealed text is for. It is part of the key: what was sealed for one purpose opens for no other. */
export type SealPurpose = 'holder-email' | 'outgoing-mail' | 'signing-key';

/** What a keyed hash is for: the same words under two purposes have nothing in common. */
export type DigestPurpose = 'holder-email' | 'one-time-code' | 'wellbeing-pseudonym' | 'attempt-actor';

/** One or two master keys of at least 32 bytes: the first seals, each opens. */
export type MasterKeys = readonly [Buffer] | readonly [Buffer, Buffer];

/**
 * Seals texts that lie in the database, each row with a key of its own: a row copied to another id, or into another
 * column, does not open.
 */
export interface Sealer {
  /** `v1.<iv>.<data>.<tag>`, base64url: AES-256-GCM under HKDF-SHA-256(master, purpose + id). */
  seal(purpose: SealPurpose, id: string, plaintext: string): string;
  /** Tries the current key, then the former one. Throws CannotOpen when neither fits, and for what was never sealed. */
  open(purpose: SealPurpose, id: string, sealed: string): string;
  /** Whether the current key opens it. When not, it waits for the nightly job to be sealed anew. */
  isCurrent(purpose: SealPurpose, id: string, sealed: string): boolean;
  /** HMAC-SHA-256 under the current key, 64 hexadecimal digits: to find what may not be readable. */
  digest(purpose: DigestPurpose, value: string): string;
  /** The digest under every live key, the current one first: to find what was stored before the keys were changed. */
  digests(purpose: DigestPurpose, value: string): readonly string[];
}

/** Neither key opens this text. It says nothing of key or content. */
export class CannotOpen extends Error {
  constructor(purpose: SealPurpose) {
    super(`What was sealed as ${purpose} does not open with the keys in CARDS_SECRET.`);
    this.name = 'CannotOpen';
  }
}

const minKeyBytes = 32;
const ivBytes = 12;

/** Known to everybody who can read this file: for development on one machine, and for nothing else. */
export const developmentSecret: MasterKeys = [
  createHash('sha256').update('cards in development only: everybody knows this').digest(),
];

/**
 * `<base64>` or `<base64 now>,<base64 former>`, each of at least 32 bytes. Refuses BAD_INPUT with what would be right,
 * never with what was given.
 */
export function parseMasterKeys(text: string): MasterKeys {
  const [current, former, ...more] = text.split(',').map(readKey);
  if (!current || former === null || more.length > 0) {
    throw badInput(
      'CARDS_SECRET is one or two keys, the current one first, separated by a comma, each base64 of at least 32 random bytes.',
    );
  }
  return former === undefined ? [current] : [current, former];
}

function readKey(part: string): Buffer | null {
  const text = part.trim();
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length >= minKeyBytes ? key : null;
}

export function createSealer(keys: MasterKeys): Sealer {
  const [current] = keys;
  const opened = (key: Buffer, purpose: SealPurpose, id: string, sealed: string): string | null => {
    const [version, iv, data, tag, ...more] = sealed.split('.');
    if (version !== 'v1' || !iv || data === undefined || !tag || more.length > 0) return null;
    try {
      const decipher = createDecipheriv('aes-256-gcm', rowKey(key, purpose, id), bytes(iv), {
        authTagLength: 16,
      });
      decipher.setAuthTag(bytes(tag));
      return Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  };
  const digests = keys.map(
    (key) => (purpose: DigestPurpose, value: string) =>
      createHmac('sha256', derive(key, `digest\0${purpose}`))
        .update(value)
        .digest('hex'),
  );

  return {
    seal(purpose, id, plaintext) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', rowKey(current, purpose, id), iv);
      const data = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return `v1.${[iv, data, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.')}`;
    },
    open(purpose, id, sealed) {
      for (const key of keys) {
        const text = opened(key, purpose, id, sealed);
        if (text !== null) return text;
      }
      throw new CannotOpen(purpose);
    },
    isCurrent: (purpose, id, sealed) => opened(current, purpose, id, sealed) !== null,
    digest: (purpose, value) => digests[0]?.(purpose, value) ?? '',
    digests: (purpose, value) => digests.map((digest) => digest(purpose, value)),
  };
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function rowKey(master: Buffer, purpose: SealPurpose, id: string): Buffer {
  return derive(master, `seal\0${purpose}\0${id}`);
}

function derive(master: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'open-culture-card/cards', info, 32));
}
