import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { badInput } from '../../platform/errors.ts';
import type { PhoneAlgorithm } from '../domain/mobile-token.ts';

const maxSpki = 200;

/** A phone's public key as it was sent: SPKI, DER, base64 or base64url. Refuses BAD_INPUT for any other. */
export function readPublicKey(text: string, algorithm: PhoneAlgorithm): string {
  try {
    if (text.length > maxSpki || !/^[\w+/-]+={0,2}$/.test(text)) throw new RangeError('not base64');
    const der = Buffer.from(text, 'base64');
    const key = createPublicKey({ key: der, type: 'spki', format: 'der' });
    const known =
      algorithm === 'ED25519'
        ? key.asymmetricKeyType === 'ed25519'
        : key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    if (known) return key.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch {
    // Said below: a parser's words are of no use to a caller.
  }
  throw badInput('publicKey is the SPKI of a key in DER, as base64: Ed25519 for ED25519, P-256 for ES256.', {
    field: 'publicKey',
  });
}

/** Whether the key signed the message: Ed25519 or ECDSA P-256 with SHA-256, 64 bytes each. It never throws. */
export function isSigned(
  { publicKey, algorithm }: { readonly publicKey: string; readonly algorithm: PhoneAlgorithm },
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    return checkSignature(key, algorithm, message, signature);
  } catch {
    return false;
  }
}

function checkSignature(
  key: KeyObject,
  algorithm: PhoneAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return algorithm === 'ED25519'
    ? verify(null, message, key, signature)
    : verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

let stranger: string | undefined;

/** A key that nobody has: a token of an unknown phone is checked against it, so that it takes the same work. */
export function strangersKey(): { readonly publicKey: string; readonly algorithm: PhoneAlgorithm } {
  stranger ??= generateKeyPairSync('ed25519')
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64');
  return { publicKey: stranger, algorithm: 'ED25519' };
}
