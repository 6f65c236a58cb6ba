import { describe, expect, it } from 'vitest';
import {
  demoCardCount,
  demoCardId,
  demoCards,
  unknownDemoCode,
} from '../../subgraphs/cards/demo/demo-cards.ts';
import { parseCode } from '../../subgraphs/cards/domain/code.ts';
import { generateDemoCards } from '../../subgraphs/cards/domain/demo.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';

const issuers = ['a', 'b', 'c'].map((id) => ({ id, postcodes: ['70100'] }));
const season = { first: demoCards.length, end: demoCardCount, thisYear: 2026 };
const cards = generateDemoCards(issuers, season);

describe('the made-up cards', () => {
  it('are the same at every call', () => {
    expect(generateDemoCards(issuers, season)).toEqual(cards);
  });

  it('have good codes that all begin with DEM0, and no two alike', () => {
    const codes = [
      ...demoCards.map(({ code }) => parseCode(code)),
      ...cards.map(({ code }) => parseCode(code)),
    ];
    expect(codes.some(isRefusal)).toBe(false);
    expect(codes.every((code) => !isRefusal(code) && code.startsWith('DEM0'))).toBe(true);
    expect(new Set(codes).size).toBe(demoCardCount);
    expect(new Set(Array.from({ length: demoCardCount }, (_, index) => demoCardId(index))).size).toBe(
      demoCardCount,
    );
  });

  it('are of both kinds, mostly valid, some expired, a few suspended', () => {
    const share = (of: (card: (typeof cards)[number]) => boolean): number =>
      cards.filter(of).length / cards.length;
    expect(share((card) => card.kind === 'COMMUNITY')).toBeGreaterThan(0.02);
    expect(share((card) => card.issuedDaysAgo > 366)).toBeGreaterThan(0.02);
    expect(share((card) => card.suspended)).toBeGreaterThan(0);
    expect(share((card) => card.issuedDaysAgo < 365 && !card.suspended)).toBeGreaterThan(0.8);
  });

  it('have holders of 16 or over, also on the day of an old issue', () => {
    const ages = cards.flatMap(({ holder }) => (holder ? [2026 - holder.birthYear] : []));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(19);
    expect(cards.filter(({ kind, holder }) => (kind === 'PERSONAL') !== (holder !== null))).toEqual([]);
  });

  it('include one for each thing that a tester wants to try', () => {
    expect(demoCards.map(({ purpose, code }) => `${purpose} ${code}`)).toMatchInlineSnapshot(`
      [
        "VALID_WITH_TWO_CHILDREN DEM0-0000-001A",
        "VALID_WITHOUT_CHILDREN DEM0-0000-002C",
        "EXPIRED DEM0-0000-003E",
        "SUSPENDED DEM0-0000-0040",
        "COMMUNITY DEM0-0000-0052",
        "ISSUED_IN_TAMPERE DEM0-0000-0064",
      ]
    `);
    expect(unknownDemoCode).toBe('DEM0-0000-999S');
    expect(parseCode('DEM0-0000-001B')).toMatchObject({ code: 'CARD_CODE_MISTYPED' });
  });
});
