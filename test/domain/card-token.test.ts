import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodePayload,
  encodePayload,
  presentationLifeMs,
  tokenPayload,
  type TokenPayload,
} from '../../subgraphs/cards/domain/token.ts';

const now = new Date('2026-11-22T10:00:00.500Z');
const payload = tokenPayload(
  { cardId: 'card-1', kind: 'PERSONAL', lines: { HOLDER: 1, CHILD: 2, ASSISTANT: 1 } },
  { kid: 'key-1', jti: 'jti-1', venueId: 'venue-1', now },
);
const encodeAnything = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the payload of a presentation token', () => {
  it('says opaque ids, the allowed lines and when it ends, and nothing else', () => {
    expect(payload).toEqual({
      v: 1,
      kid: 'key-1',
      jti: 'jti-1',
      card: 'card-1',
      kind: 'PERSONAL',
      venue: 'venue-1',
      lines: { HOLDER: 1, CHILD: 2, ASSISTANT: 1 },
      exp: 1_795_342_200,
    });
    expect(new Date(payload.exp * 1000).toISOString()).toBe('2026-11-22T10:10:00.000Z');
  });

  it('lives ten minutes at most', () => {
    expect(payload.exp * 1000 - now.getTime()).toBeLessThanOrEqual(presentationLifeMs);
  });

  it('is base64url of JSON, as Node reads it', () => {
    expect(JSON.parse(Buffer.from(encodePayload(payload), 'base64url').toString())).toEqual(payload);
    expect(encodePayload(payload)).toMatch(/^[\w-]+$/);
  });

  it('comes back as it was', () => {
    const id = fc.stringMatching(/^[\w-]{1,64}$/);
    const lines = fc.constantFrom<TokenPayload['lines']>({ HOLDER: 1 }, { COMMUNITY_WORKER: 1, CHILD: 4 });
    fc.assert(
      fc.property(id, id, id, lines, fc.integer(), (kid, card, venue, allowed, exp) => {
        const one: TokenPayload = {
          v: 1,
          kid,
          jti: 'j',
          card,
          kind: 'COMMUNITY',
          venue,
          lines: allowed,
          exp,
        };
        expect(decodePayload(encodePayload(one))).toEqual(one);
      }),
    );
  });

  it('of any other shape is null', () => {
    const wrong: unknown[] = [
      null,
      [],
      'text',
      7,
      {},
      { ...payload, v: 2 },
      { ...payload, kid: '' },
      { ...payload, card: 'a b' },
      { ...payload, venue: 'x'.repeat(65) },
      { ...payload, jti: 5 },
      { ...payload, kind: 'OTHER' },
      { ...payload, exp: '1795342200' },
      { ...payload, exp: 1.5 },
      { ...payload, lines: {} },
      { ...payload, lines: [1] },
      { ...payload, lines: { HOLDER: 0 } },
      { ...payload, lines: { HOLDER: 1.5 } },
      { ...payload, lines: { CHILD: 100 } },
      { ...payload, lines: { VIP: 1 } },
      { ...payload, issuer: 'i1' },
    ];
    expect(wrong.filter((value) => decodePayload(encodeAnything(value)) !== null)).toEqual([]);
    expect(decodePayload(encodeAnything(payload))).toEqual(payload);
  });

  it('that is garbage, empty or huge is null and never an exception', () => {
    for (const part of ['', '=', '%%%', 'a', 'x'.repeat(100_000), '🎭'])
      expect(decodePayload(part)).toBeNull();
    fc.assert(fc.property(fc.string(), (part) => decodePayload(part) === null));
  });
});
