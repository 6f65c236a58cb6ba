import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { appendEvent } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import type { IsoInstant, Millis } from '../../platform/units.ts';
import type { CardsDatabase, CardsTransaction } from '../store/database.ts';
import {
  findSigningKey,
  insertSigningKey,
  listSigningKeys,
  setPrivateKey,
  type SigningKey,
} from '../store/signing-keys.ts';
import type { Sealer } from './secrets.ts';

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
export function createSigner(database: CardsDatabase, sealer: Sealer): Signer {
  const parsed = new Map<string, KeyObject>();
  return {
    async currentKey(at) {
      const key = await findSigningKey(database.reader, at.toISOString());
      if (!key) throw new Error('There is no key to sign presentations with: ensureSigningKey has not run.');
      const privateKey = parsed.get(key.kid) ?? parsePrivateKey(key, sealer);
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
export async function ensureSigningKey(database: CardsDatabase, sealer: Sealer, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await database.write(async (trx) => {
    if ((await findSigningKey(trx, now)) === null) await publishKey(trx, sealer, now, now);
  });
  await resealSigningKeys(database, sealer);
}

/**
 * Seals the private halves that lie there unsealed, from before they were, and those that only the former master key
 * opens. At every start, before anything is signed, and every night; two processes at once do the same. Throws CannotOpen
 * for a key that no master key opens. Returns how many were sealed; with `dryRun` how many would be.
 */
export async function resealSigningKeys(
  database: CardsDatabase,
  sealer: Sealer,
  dryRun = false,
): Promise<number> {
  const keys = await listSigningKeys(database.reader);
  const old = keys.filter(({ kid, privateKey }) => !sealer.isCurrent('signing-key', kid, privateKey));
  if (dryRun || old.length === 0) return old.length;
  return database.write(async (trx) => {
    for (const { kid, privateKey } of old) {
      const plain = openPrivateKey(kid, privateKey, sealer);
      await setPrivateKey(trx, kid, { from: privateKey, to: sealer.seal('signing-key', kid, plain) });
    }
    return old.length;
  });
}

/** Publishes a new key, which signs from `keyLeadMs` later. Tokens of the old key stay good for the rest of their life. */
export async function rotateSigningKey(
  database: CardsDatabase,
  sealer: Sealer,
  clock: Clock,
): Promise<{ kid: string }> {
  const now = clock.now();
  const signsFrom = new Date(now.getTime() + keyLeadMs).toISOString();
  return database.write((trx) => publishKey(trx, sealer, now.toISOString(), signsFrom));
}

async function publishKey(
  trx: CardsTransaction,
  sealer: Sealer,
  createdAt: IsoInstant,
  signsFrom: IsoInstant,
): Promise<{ kid: string }> {
  const pair = generateKeyPairSync('ed25519');
  const kid = newId();
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  const key: SigningKey = {
    kid,
    privateKey: sealer.seal('signing-key', kid, privateKey),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    createdAt,
    signsFrom,
  };
  await insertSigningKey(trx, key);
  const payload = { keyId: key.kid, publicKey: key.publicKey, publishedAt: createdAt };
  await appendEvent(trx, { topic: 'presentation-key.published', payload }, createdAt);
  return { kid: key.kid };
}

function parsePrivateKey({ kid, privateKey }: SigningKey, sealer: Sealer): KeyObject {
  const der = Buffer.from(openPrivateKey(kid, privateKey, sealer), 'base64');
  return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
}

/** PKCS #8 in base64 has no dot, a sealed text has three. */
function openPrivateKey(kid: string, stored: string, sealer: Sealer): string {
  return stored.includes('.') ? sealer.open('signing-key', kid, stored) : stored;
}
