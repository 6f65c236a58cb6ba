import type { PhoneToken } from './phone-token.ts';

/** A phone as `offlineKeys` of the cards subgraph tells it: no code, no card's id, nobody's name. */
export interface KnownPhone {
  readonly publicKey: string;
  readonly algorithm: 'ED25519' | 'ES256';
  readonly kind: 'PERSONAL' | 'COMMUNITY';
  readonly childrenAllowed: number;
  /** The last valid day, in Finland. */
  readonly validUntil: string;
}

export interface KnownPhones {
  /** For the next question, as `since`. */
  readonly asOf: string;
  /** By key id. */
  readonly phones: Readonly<Record<string, KnownPhone>>;
}

/** All pages of one answer of `offlineKeys`. */
export interface PhonesAnswer {
  readonly asOf: string;
  readonly isWhole: boolean;
  readonly keys: readonly ({ readonly keyId: string } & {
    readonly [Field in keyof KnownPhone]: KnownPhone[Field] | null;
  })[];
}

/** A phone removed since then would still be let in: after so long nothing that the device knows is believed. */
const believedMs = 12 * 3_600_000;

/** What is known after an answer. A key without its parts is good no more, and is forgotten. */
export function learnPhones(known: KnownPhones | null, { asOf, isWhole, keys }: PhonesAnswer): KnownPhones {
  const phones = new Map(isWhole ? [] : Object.entries(known?.phones ?? {}));
  for (const { keyId, publicKey, algorithm, kind, childrenAllowed, validUntil } of keys) {
    const isGood = publicKey !== null && algorithm !== null && kind !== null && validUntil !== null;
    if (isGood) {
      const phone = { publicKey, algorithm, kind, childrenAllowed: childrenAllowed ?? 0, validUntil };
      phones.set(keyId, phone);
    } else phones.delete(keyId);
  }
  return { asOf, phones: Object.fromEntries(phones) };
}

/** Whether what is known is young enough to let somebody in. */
export function areBelieved({ asOf }: Pick<KnownPhones, 'asOf'>, now: number): boolean {
  const age = now - Date.parse(asOf);
  return age >= 0 && age < believedMs;
}

export function phoneOf({ phones }: KnownPhones, keyId: string): KnownPhone | null {
  return Object.hasOwn(phones, keyId) ? (phones[keyId] ?? null) : null;
}

/** Whether this phone signed the token. It never throws: a key that the browser does not know has signed nothing. */
export async function hasSigned(
  { publicKey, algorithm }: Pick<KnownPhone, 'publicKey' | 'algorithm'>,
  { signed, signature }: Pick<PhoneToken, 'signed' | 'signature'>,
): Promise<boolean> {
  const isEd25519 = algorithm === 'ED25519';
  try {
    const der = Uint8Array.from(atob(publicKey), (character) => character.charCodeAt(0));
    const kind = isEd25519 ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.importKey('spki', der, kind, false, ['verify']);
    const how = isEd25519 ? { name: 'Ed25519' } : { name: 'ECDSA', hash: 'SHA-256' };
    return await crypto.subtle.verify(how, key, signature, signed);
  } catch {
    return false;
  }
}
