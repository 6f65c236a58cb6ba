import type { Algorithm, Sign } from './token.ts';

/** A key pair of this phone. The private half cannot be read, not even by this page. */
export interface PhoneKeys {
  readonly algorithm: Algorithm;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Ed25519; ECDSA on P-256 where the browser does not have it. Their signatures are of one length. */
export async function makeKeys(): Promise<PhoneKeys> {
  try {
    const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    return { algorithm: 'ED25519', ...pick(pair) };
  } catch {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    return { algorithm: 'ES256', ...pick(pair) };
  }
}

function pick({ privateKey, publicKey }: CryptoKeyPair): Omit<PhoneKeys, 'algorithm'> {
  return { privateKey, publicKey };
}

export function signer({ algorithm, privateKey }: Pick<PhoneKeys, 'algorithm' | 'privateKey'>): Sign {
  const how = algorithm === 'ED25519' ? { name: 'Ed25519' } : { name: 'ECDSA', hash: 'SHA-256' };
  return async (message) => new Uint8Array(await crypto.subtle.sign(how, privateKey, message));
}

/** SPKI, DER, base64. */
export async function publicText({ publicKey }: PhoneKeys): Promise<string> {
  return base64(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
}

export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
