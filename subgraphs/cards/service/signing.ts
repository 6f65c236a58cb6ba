import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import type { IsoInstant, Millis } from '../../platform/units.ts';
import type { CardsDatabase, CardsTransaction } from '../store/database.ts';
import { findSigningKey, insertSigningKey, type SigningKey } from '../store/signing-keys.ts';

/**
 * How long a rotated-in key is published before it signs. Venues learn keys from events, within a second or so; one that
 * is a little late must not turn a guest away.
 */
export const keyLeadMs: Millis = 5 * 60_000;

/** The key of a moment, ready to sign the first part of a token. */
export interface CurrentKey {
  readonly kid: string;
  /** `<part>.<base64url(Ed25519 over its ASCII)>` */
  seal(part: string): string;
}

export interface Signer {
  currentKey(at: Date): Promise<CurrentKey>;
}

/** Reads the current key for each presentation, since another process may have rotated it; parses each key once. */
export function createSigner(database: CardsDatabase): Signer {
  const parsed = new Map<string, KeyObject>();
  return {
    async currentKey(at) {
      const key = await findSigningKey(database.reader, at.toISOString());
      if (!key) throw new Error('There is no key to sign presentations with: ensureSigningKey has not run.');
      const privateKey = parsed.get(key.kid) ?? parsePrivateKey(key);
      parsed.set(key.kid, privateKey);
      return {
        kid: key.kid,
        seal: (part) => `${part}.${sign(null, Buffer.from(part, 'ascii'), privateKey).toString('base64url')}`,
      };
    },
  };
}

/**
 * Makes and publishes the first key. Two processes that start on an empty database at once may make one each: both are
 * published, so tokens of both are good.
 */
export async function ensureSigningKey(database: CardsDatabase, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await database.write(async (trx) => {
    if ((await findSigningKey(trx, now)) === null) await publishKey(trx, now, now);
  });
}

/** Publishes a new key, which signs from `keyLeadMs` later. Tokens of the old key stay good for the rest of their life. */
export async function rotateSigningKey(database: CardsDatabase, clock: Clock): Promise<{ kid: string }> {
  const now = clock.now();
  const signsFrom = new Date(now.getTime() + keyLeadMs).toISOString();
  return database.write((trx) => publishKey(trx, now.toISOString(), signsFrom));
}

async function publishKey(
  trx: CardsTransaction,
  createdAt: IsoInstant,
  signsFrom: IsoInstant,
): Promise<{ kid: string }> {
  const pair = generateKeyPairSync('ed25519');
  const key: SigningKey = {
    kid: newId(),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    createdAt,
    signsFrom,
  };
  await insertSigningKey(trx, key);
  const payload = { keyId: key.kid, publicKey: key.publicKey, publishedAt: createdAt };
  await appendEvent(trx, { topic: 'presentation-key.published', payload }, createdAt);
  return { kid: key.kid };
}

function parsePrivateKey(key: SigningKey): KeyObject {
  return createPrivateKey({ key: Buffer.from(key.privateKey, 'base64'), type: 'pkcs8', format: 'der' });
}
