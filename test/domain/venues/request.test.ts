import { describe, expect, it } from 'vitest';
import type { TicketLine } from '../../../subgraphs/venues/domain/lines.ts';
import { readPresentation } from '../../../subgraphs/venues/domain/presentation.ts';
import { checkCounts, checkRequestId, redeemText } from '../../../subgraphs/venues/domain/request.ts';
import { slugOf } from '../../../subgraphs/venues/domain/slug.ts';

const bad: unknown = expect.objectContaining({ code: 'BAD_INPUT' });
const line = (type: string, count: number): TicketLine => ({ type: type as TicketLine['type'], count });

describe('what a door sends', () => {
  it.each(['', 'short', 'with a space in it', 'x'.repeat(101), 'tab\there1234', 'ääkkönen1234'])(
    'a requestId like %j is refused',
    (requestId) => {
      expect(() => checkRequestId(requestId)).toThrow(bad);
    },
  );

  it.each([
    ['no line', []],
    ['no ticket', [line('HOLDER', 0)]],
    ['a negative count', [line('HOLDER', 1), line('CHILD', -1)]],
    ['half a ticket', [line('HOLDER', 0.5)]],
    ['a huge count', [line('HOLDER', 51)]],
    ['no number', [line('HOLDER', Number.NaN)]],
    ['a line twice', [line('HOLDER', 1), line('HOLDER', 1)]],
    ['an unknown line', [line('DOG', 1)]],
  ])('%s is refused', (_, lines) => {
    expect(() => checkCounts(lines)).toThrow(bad);
  });

  it('the same wish in another order is the same wish', () => {
    const one = redeemText('c', 'p', [line('HOLDER', 1), line('CHILD', 2)]);
    expect(redeemText('c', 'p', [line('CHILD', 2), line('HOLDER', 1)])).toBe(one);
    expect(redeemText('c', 'p', [line('HOLDER', 1)])).not.toBe(one);
    expect(redeemText('c', 'q', [line('HOLDER', 1), line('CHILD', 2)])).not.toBe(one);
  });

  it('a line of zero is as if it were not there', () => {
    expect(checkCounts([line('HOLDER', 1), line('CHILD', 0)])).toEqual([line('HOLDER', 1)]);
  });
});

describe('the payload of a presentation', () => {
  const payload = {
    v: 1,
    kid: 'k',
    jti: 'j',
    card: 'c',
    kind: 'PERSONAL',
    venue: 'v',
    lines: { HOLDER: 1, CHILD: 2 },
    exp: 1_795_341_000,
  };

  it('is read', () => {
    expect(readPresentation(payload)).toEqual({
      cardId: 'c',
      cardKind: 'PERSONAL',
      venueId: 'v',
      allowed: { HOLDER: 1, CHILD: 2 },
      expiresAt: new Date(1_795_341_000_000).toISOString(),
    });
  });

  it.each([
    ['of another version', { v: 2 }],
    ['without a card', { card: undefined }],
    ['of an unknown kind', { kind: 'GOLD' }],
    ['with an unknown line', { lines: { DOG: 1 } }],
    ['with a negative line', { lines: { HOLDER: -1 } }],
    ['that never expires', { exp: Number.POSITIVE_INFINITY }],
    ['that expires after the end of time', { exp: 1e15 }],
    ['without lines', { lines: null }],
  ])('one %s is none', (_, change) => {
    expect(readPresentation({ ...payload, ...change })).toBeNull();
  });

  it.each([null, 'text', 7, []])('%j is none', (value) => {
    expect(readPresentation(value)).toBeNull();
  });
});

describe('a slug', () => {
  it.each([
    ['Sara Hildénin taidemuseo', 'sara-hildenin-taidemuseo'],
    ['Itä-Suomen tanssin aluekeskus ITAK', 'ita-suomen-tanssin-aluekeskus-itak'],
    ['Suomen valokuvataiteen museo (2 sites)', 'suomen-valokuvataiteen-museo-2-sites'],
    ['TREenit! ry', 'treenit-ry'],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
