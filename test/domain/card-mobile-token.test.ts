import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { encode as encodeQr } from 'uqr';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from '../../subgraphs/cards/domain/base45.ts';
import {
  checkSlot,
  encodeMobileToken,
  looksLikeMobileToken,
  readMobileToken,
  signedBytes,
  slotMs,
  slotOf,
  tokenHead,
  type PhoneAlgorithm,
} from '../../subgraphs/cards/domain/mobile-token.ts';
import { isSigned } from '../../subgraphs/cards/service/phone-signature.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

describe('base45', () => {
  it('writes the examples of RFC 9285', () => {
    const text = (plain: string): string => encodeBase45(new TextEncoder().encode(plain));
    expect([text('AB'), text('Hello!!'), text('base-45'), text('ietf!')]).toEqual([
      'BB8',
      '%69 VD92EX0',
      'UJCLQE7W581',
      'QED8WEX0',
    ]);
  });

  it('reads back every bytes that it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
      }),
    );
  });

  it('refuses what no bytes are written as', () => {
    for (const text of ['A', 'AB!', 'ab8', ':::', '::', 'BB8B', 'ÄÄÄ']) expect(decodeBase45(text)).toBeNull();
  });
});

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys: Record<PhoneAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }> = {
  ED25519: ed25519,
  ES256: p256,
};

function tokenOf(algorithm: PhoneAlgorithm, keyId: string, slot: number): string {
  const head = tokenHead(keyId, slot);
  const { privateKey } = keys[algorithm];
  const signature =
    algorithm === 'ED25519'
      ? sign(null, signedBytes(head), privateKey)
      : sign('sha256', signedBytes(head), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return encodeMobileToken(head, signature);
}

function isGood(algorithm: PhoneAlgorithm, text: string): boolean {
  const token = readMobileToken(text);
  if (isRefusal(token)) return false;
  const publicKey = keys[algorithm].publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return isSigned({ publicKey, algorithm }, signedBytes(token.head), token.signature);
}

const keyIds = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const slots = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe.each(['ED25519', 'ES256'] as const)('a mobile token signed with %s', (algorithm) => {
  it('says after reading what was written, and is signed', () => {
    fc.assert(
      fc.property(keyIds, slots, (keyId, slot) => {
        const text = tokenOf(algorithm, keyId, slot);
        expect(readMobileToken(text)).toMatchObject({ keyId, slot });
        expect(isGood(algorithm, text)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with any one of its characters changed', () => {
    const text = tokenOf(algorithm, '00112233445566ff', slotOf(new Date('2026-11-22T10:00:00Z')));
    for (let at = 0; at < text.length; at++) {
      for (const other of Array.from(alphabet).filter((character) => character !== text[at])) {
        // A blank before or after is not a change: scanners add it.
        if ((text.slice(0, at) + other + text.slice(at + 1)).trim() === text) continue;
        if (isGood(algorithm, text.slice(0, at) + other + text.slice(at + 1))) {
          throw new Error(`Character ${at} as "${other}" was let through.`);
        }
      }
    }
  });

  it('has 118 characters, which a QR code of version 5 at level M holds', () => {
    fc.assert(
      fc.property(keyIds, slots, (keyId, slot) => {
        const text = tokenOf(algorithm, keyId, slot);
        expect(text.length).toBe(118);
        expect(encodeQr(text, { ecc: 'M', boostEcc: false }).version).toBeLessThanOrEqual(5);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a mobile token', () => {
  const keyId = 'a1b2c3d4e5f60718';
  const now = new Date('2026-11-22T10:00:00.000Z');

  it('of another version is refused as PHONE_TOKEN_VERSION with both numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 100 }), (version, rest) => {
        fc.pre(version !== 1);
        expect(readMobileToken(`K:${encodeBase45(Uint8Array.from([version, ...rest]))}`)).toMatchObject({
          code: 'PHONE_TOKEN_VERSION',
          facts: { version, expected: 1 },
        });
      }),
    );
  });

  it('that is none is PHONE_TOKEN_UNREADABLE, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const token = readMobileToken(text);
        expect(isRefusal(token)).toBe(true);
      }),
    );
    for (const text of ['', 'K:', 'K:1', 'DEM0-0000-001A', tokenOf('ED25519', keyId, 1).slice(0, -1)]) {
      expect(readMobileToken(text)).toMatchObject({ code: 'PHONE_TOKEN_UNREADABLE' });
    }
  });

  it('is told apart from a printed code', () => {
    expect([tokenOf('ES256', keyId, 7), ' k:', 'K7M4-2Q9X-3B0T', '1K:'].map(looksLikeMobileToken)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is good for its own half minute and the ones beside it', () => {
    const slot = slotOf(now);
    expect([-2, -1, 0, 1, 2].map((off) => checkSlot(slot + off, now)?.facts ?? null)).toEqual([
      { seconds: -60 },
      null,
      null,
      null,
      { seconds: 60 },
    ]);
    expect(checkSlot(slot, new Date(now.getTime() + 2 * slotMs - 1))).toBeNull();
    expect(checkSlot(slot, new Date(now.getTime() + 2 * slotMs))).toMatchObject({
      code: 'PHONE_TOKEN_EXPIRED',
    });
  });

  it('signed to be removed is none to be shown', () => {
    const head = tokenHead(keyId, slotOf(now));
    const text = encodeMobileToken(head, sign(null, signedBytes(head, 'remove'), keys.ED25519.privateKey));
    expect(isGood('ED25519', text)).toBe(false);
  });
});
