import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../subgraphs/cards/domain/card.ts';
import { placesOnSheet, sheetsOf } from '../../subgraphs/cards/domain/batch.ts';
import { codeOf, digitBase, digitCount } from '../../subgraphs/cards/domain/code.ts';
import { correct } from '../../subgraphs/cards/domain/correct.ts';
import { deskFilters, deskLimits } from '../../subgraphs/cards/domain/desk.ts';
import { merge } from '../../subgraphs/cards/domain/merge.ts';
import { registerMessage } from '../../subgraphs/cards/domain/messages-register.ts';
import {
  changeRefusalCodes,
  issueRefusalCodes,
  mergeRefusalCodes,
  renewRefusalCodes,
  replaceRefusalCodes,
} from '../../subgraphs/cards/domain/register-codes.ts';
import { renew } from '../../subgraphs/cards/domain/renew.ts';
import { rulesInForce } from '../../subgraphs/cards/domain/rules.ts';
import { spokenCode } from '../../subgraphs/cards/domain/spoken.ts';
import { code39Symbol, qrSymbol, type Symbol } from '../../subgraphs/cards/print/bars.ts';

const codes = fc
  .array(fc.integer({ min: 0, max: digitBase - 1 }), { minLength: digitCount, maxLength: digitCount })
  .map(codeOf);
const rules = rulesInForce([], '2026-11-22', null);
const issuer = { id: 'i1', networkId: 'n1', years: [2025, 2026] };
const card: Card = {
  id: 'c1',
  kind: 'PERSONAL',
  status: 'ACTIVE',
  issuerId: 'i1',
  issuedOn: '2025-12-01',
  validUntil: '2026-11-30',
  holder: { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0 },
};

describe('a code on the phone', () => {
  it('is twelve words in three groups, and two codes never sound alike', () => {
    fc.assert(
      fc.property(codes, codes, (one, other) => {
        const [said, saidOther] = [spokenCode(one), spokenCode(other)];
        for (const language of ['fi', 'sv', 'en'] as const) {
          const groups = (said[language] ?? '').split(', ').map((group) => group.split(' '));
          expect(groups.map((words) => words.length)).toEqual([4, 4, 4]);
          expect(said[language] === saidOther[language]).toBe(one === other);
        }
      }),
    );
  });

  it('has a word of its own for each of the 32 characters in each language', () => {
    const all = [0, 11, 22].map((from) =>
      codeOf(Array.from({ length: digitCount }, (_, index) => Math.min(from + index, digitBase - 1))),
    );
    for (const language of ['fi', 'sv', 'en'] as const) {
      const words = all.flatMap((code) => (spokenCode(code)[language] ?? '').split(/,? /));
      expect(new Set(words).size).toBe(32);
    }
  });
});

describe('a printed code', () => {
  beforeAll(() => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });
  });

  /** The symbol as a camera sees it: black on white, some pixels to a module. */
  function photograph({ width, height, bars }: Symbol, scale: number, tall: number): ImageData {
    const quiet = 12;
    const [w, h] = [(width + 2 * quiet) * scale, height * tall + 2 * quiet * scale];
    const data = new Uint8ClampedArray(w * h * 4).fill(255);
    for (const bar of bars) {
      for (let y = bar.y * tall; y < (bar.y + bar.height) * tall; y++)
        for (let x = bar.x * scale; x < (bar.x + bar.width) * scale; x++)
          data.fill(
            0,
            ((y + quiet * scale) * w + x + quiet * scale) * 4,
            ((y + quiet * scale) * w + x + quiet * scale) * 4 + 3,
          );
    }
    return { data, width: w, height: h, colorSpace: 'srgb' } as ImageData;
  }

  it('is read back from its QR code and from its Code 39', async () => {
    for (const code of fc.sample(codes, 10)) {
      const [qr] = await readBarcodes(photograph(qrSymbol(code), 4, 4), { formats: ['QRCode'] });
      expect(qr?.text).toBe(code);
      const [bars] = await readBarcodes(photograph(code39Symbol(code), 2, 60), { formats: ['Code39'] });
      expect(bars?.text).toBe(code);
    }
  });

  it('is on exactly one sheet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const places = Array.from({ length: sheetsOf(count) }, (_, index) => placesOnSheet(index + 1));
        for (let place = 1; place <= count; place++)
          expect(places.filter(({ from, to }) => from <= place && place <= to)).toHaveLength(1);
      }),
    );
  });
});

describe('a renewal', () => {
  it('never makes a card end sooner, and gives twelve months from the day of handover', () => {
    expect(renew(card, issuer, rules, '2026-11-22')).toEqual({
      handedOn: '2026-11-22',
      validUntil: '2027-11-21',
    });
    expect(renew(card, issuer, rules, '2025-12-01')).toMatchObject({ code: 'RENEWAL_CHANGES_NOTHING' });
    expect(renew(card, null, rules, '2026-11-22')).toMatchObject({ code: 'ISSUER_NOT_TAKING_PART' });
    const pilotEnd = { value: '2026-01-31', rule: null };
    expect(renew(card, issuer, { ...rules, pilotEnd }, '2026-11-22')).toMatchObject({ code: 'PILOT_ENDED' });
    const shorter = { value: '2026-11-30', rule: null };
    expect(renew(card, issuer, { ...rules, pilotEnd: shorter }, '2026-11-22')).toMatchObject({
      code: 'RENEWAL_CHANGES_NOTHING',
    });
  });
});

describe('a correction', () => {
  it('names the facts that differ and no others', () => {
    expect(correct(card, { children: 2, postcode: '70200' }, rules)).toMatchObject({ fields: ['postcode'] });
    expect(correct(card, { background: ['STUDENT'] }, rules)).toMatchObject({ fields: ['background'] });
    expect(correct(card, {}, rules)).toMatchObject({ fields: [] });
    expect(correct({ ...card, status: 'MERGED' }, {}, rules)).toMatchObject({ code: 'CARD_MERGED' });
  });
});

describe('a merge', () => {
  it('is of two personal cards, neither of them merged', () => {
    const other = { ...card, id: 'c2' };
    expect(merge(card, other)).toBeNull();
    expect(merge(card, card)).toMatchObject({ code: 'MERGE_NEEDS_TWO_PERSONAL_CARDS' });
    expect(merge(card, { ...other, kind: 'COMMUNITY', holder: null })).toMatchObject({
      code: 'MERGE_NEEDS_TWO_PERSONAL_CARDS',
    });
    expect(merge({ ...card, status: 'MERGED' }, other)).toMatchObject({ code: 'CARD_MERGED' });
  });
});

it('a personal card of which nobody is the holder any more is neither renewed nor merged; a community card is', () => {
  const nobodys = { ...card, id: 'c2', holder: null };
  const community: Card = { ...nobodys, kind: 'COMMUNITY' };
  const no = { code: 'CARD_NOT_IN_USE' };
  expect(renew(nobodys, issuer, rules, '2026-11-22')).toMatchObject(no);
  expect(renew(community, issuer, rules, '2026-11-22')).toHaveProperty('validUntil');
  expect(merge(nobodys, card)).toMatchObject(no);
  expect(merge(card, nobodys)).toMatchObject(no);
});

describe('the lists of a unit', () => {
  it('VALID and EXPIRED leave no active card out and show none twice, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), (days) => {
        const ends = new Date(Date.UTC(2026, 10, 22 + days)).toISOString().slice(0, 10);
        const inList = (filter: 'VALID' | 'EXPIRED'): boolean => {
          const { endsFrom = '0', endsTo = '9' } = deskLimits(filter, '2026-11-22', 30);
          return ends >= endsFrom && ends <= endsTo;
        };
        expect(inList('VALID')).toBe(!inList('EXPIRED'));
      }),
    );
    expect(deskFilters.map((filter) => deskLimits(filter, '2026-11-22', 0).status)).not.toContain('MERGED');
  });
});

it('every refusal of the register speaks three languages', () => {
  const facts = {
    year: 2026,
    minAge: 16,
    endedOn: '2026-11-21',
    validUntil: '2027-11-21',
    opensAt: '2026-11-22T10:15:00.000Z',
  };
  for (const code of [
    ...issueRefusalCodes,
    ...renewRefusalCodes,
    ...changeRefusalCodes,
    ...replaceRefusalCodes,
    ...mergeRefusalCodes,
  ]) {
    const { fi, sv, en } = registerMessage(code, facts);
    for (const text of [fi, sv, en]) expect(text).toMatch(/^[A-ZÅÄÖ].{10,}[.]$/);
    for (const text of [fi, sv, en]) expect(text).not.toMatch(/undefined|null|NaN/);
  }
});
