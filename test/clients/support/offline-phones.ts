import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { KnownPhone, KnownPhones, PhonesAnswer } from '../../../clients/door/offline/known-phones.ts';
import {
  encodeMobileToken,
  signedBytes,
  slotOf,
  tokenHead,
  type PhoneAlgorithm,
  type TokenUse,
} from '../../../subgraphs/cards/domain/mobile-token.ts';

/** A phone that shows a made-up card, with its private key. */
export interface TestPhone {
  readonly keyId: string;
  readonly known: KnownPhone;
  readonly privateKey: KeyObject;
}

export function newPhone(changes: Partial<KnownPhone> = {}): TestPhone {
  const algorithm: PhoneAlgorithm = changes.algorithm ?? 'ED25519';
  const { publicKey, privateKey } =
    algorithm === 'ED25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const known = {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    algorithm,
    kind: 'PERSONAL',
    childrenAllowed: 2,
    validUntil: '2027-11-22',
    ...changes,
  } as const;
  return { keyId: randomBytes(8).toString('hex'), known, privateKey };
}

/** What the phone shows at that moment, made by the code of the server. */
export function shows({ keyId, known, privateKey }: TestPhone, now: number, use: TokenUse = 'show'): string {
  const head = tokenHead(keyId, slotOf(new Date(now)));
  const bytes = signedBytes(head, use);
  const signature =
    known.algorithm === 'ED25519'
      ? sign(null, bytes, privateKey)
      : sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return encodeMobileToken(head, signature);
}

export function answerWith(phones: readonly TestPhone[], asOf: number, isWhole = true): PhonesAnswer {
  return {
    asOf: new Date(asOf).toISOString(),
    isWhole,
    keys: phones.map(({ keyId, known }) => ({ keyId, ...known })),
  };
}

export function knowing(phones: readonly TestPhone[], asOf: number): KnownPhones {
  return {
    asOf: new Date(asOf).toISOString(),
    phones: Object.fromEntries(phones.map(({ keyId, known }) => [keyId, known])),
  };
}
