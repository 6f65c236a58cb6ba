import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCode, type CardCode } from '../../subgraphs/cards/domain/code.ts';
import { findWaitingCodes } from '../../subgraphs/cards/store/batches.ts';
import type { DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import { system } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, tampere, type TestCards } from './card-support.ts';
import { deskOf, form, given, otherStaff, type Desk } from './cards-register-support.ts';

const requestFor = (count: number): object => ({ issuerId: kuopio.partnerId, count, requestId: newId() });

describe.each(engines)('printed cards on $name', ({ location }) => {
  let place: DatabaseLocation;
  let cards: TestCards;
  let desk: Desk;
  beforeAll(async () => {
    place = await location();
    cards = await openTestCards(place);
    desk = deskOf(cards);
  });
  afterAll(async () => cards[Symbol.asyncDispose]());

  const reader = (): TestCards['services']['database']['reader'] => cards.services.database.reader;
  const batchOf = async (count: number): Promise<{ id: string; codes: CardCode[] }> => {
    const said = await desk.do('createCardBatch', requestFor(count));
    const id = String(said['id']);
    return { id, codes: await findWaitingCodes(reader(), id, { from: 1, to: count }) };
  };

  it('a batch of 500 has 500 right and different codes, on ten sheets', async () => {
    const wish = requestFor(500);
    const said = await desk.do('createCardBatch', wish);
    expect(said).toMatchObject({ __typename: 'CardBatch', count: 500, waiting: 500, sheets: 10 });
    expect(await desk.do('createCardBatch', wish)).toEqual(said);
    expect(await desk.do('createCardBatch', { ...wish, count: 3 })).toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
    const codes = await findWaitingCodes(reader(), String(said['id']), { from: 1, to: 500 });
    expect(new Set(codes).size).toBe(500);
    expect(codes.filter((code) => isRefusal(parseCode(code)))).toEqual([]);
  });

  it('a code is unknown at every door until its card is handed over, then it is that card', async () => {
    const { id, codes } = await batchOf(2);
    const said = await desk.do('issueCard', form({ printedCode: codes[0] }));
    expect(given(said).code.replaceAll('-', '')).toBe(codes[0]);
    expect(await desk.read(`{ cardBatch(id: "${id}") { waiting count } }`)).toEqual({
      cardBatch: { waiting: 1, count: 2 },
    });
    expect(await desk.do('issueCard', form({ printedCode: codes[0] }))).toMatchObject({
      code: 'CODE_ALREADY_ISSUED',
    });
  });

  it('replaces a lost card', async () => {
    const { codes } = await batchOf(1);
    const { id } = given(await desk.do('issueCard', form()));
    const wish = { cardId: id, reason: 'LOST', printedCode: codes[0], requestId: newId() };
    const said = await desk.do('replaceCard', wish);
    expect(String(said['cardCode']).replaceAll('-', '')).toBe(codes[0]);
    const second = { ...wish, requestId: newId() };
    expect(await desk.do('replaceCard', second)).toMatchObject({ code: 'CODE_ALREADY_ISSUED' });
  });

  it('of another unit is refused like one that was never printed, and stays with that unit', async () => {
    const { codes } = await batchOf(1);
    const wish = form({ issuerId: tampere.partnerId, printedCode: codes[0] });
    expect(await desk.do('issueCard', wish, otherStaff)).toMatchObject({ code: 'CODE_NOT_PRINTED' });
    expect(await desk.do('issueCard', form({ printedCode: codes[0] }))).toMatchObject({
      __typename: 'IssuedCard',
    });
  });

  it('a handover that the rules refuse leaves the printed card free', async () => {
    const { codes } = await batchOf(1);
    const young = { birthYear: 2011, postcode: '70100', children: 0, grandchildren: 0 };
    const wish = form({ printedCode: codes[0] });
    expect(await desk.do('issueCard', { ...wish, holder: young })).toMatchObject({
      code: 'HOLDER_TOO_YOUNG',
    });
    expect(await desk.do('issueCard', wish)).toMatchObject({ __typename: 'IssuedCard' });
  });

  it('a sheet is a PDF of five pages of ten, without those that were handed over', async () => {
    const { id, codes } = await batchOf(51);
    const sheet = async (number: number): Promise<Buffer> => {
      const { cardBatch } = await desk.read(`{ cardBatch(id: "${id}") { sheet(number: ${number}) } }`);
      return Buffer.from((cardBatch as { sheet: string }).sheet, 'base64');
    };
    const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    const first = await sheet(1);
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(first)).toBe(5);
    expect(first.length).toBeLessThan(300_000);
    expect(pagesOf(await sheet(2))).toBe(1);
    await desk.do('issueCard', form({ printedCode: codes[50] }));
    await expect(sheet(2)).rejects.toThrow('BAD_INPUT');
    for (const number of [0, 3, -1]) await expect(sheet(number)).rejects.toThrow('BAD_INPUT');
  });

  it('are seen and made by their own unit alone', async () => {
    const { id } = await batchOf(1);
    expect(await desk.read(`{ cardBatch(id: "${id}") { id } }`, otherStaff)).toEqual({ cardBatch: null });
    const list = `{ cardBatches(issuerId: "${kuopio.partnerId}", first: 2) { nodes { waiting } totalCount } }`;
    expect(await desk.read(list)).toMatchObject({ cardBatches: { nodes: [{ waiting: 1 }, {}] } });
    for (const viewer of [otherStaff, { role: 'NATIONAL' }, { role: 'ANONYMOUS' }] as const) {
      await expect(desk.read(list, viewer)).rejects.toThrow('FORBIDDEN');
      expect(await desk.do('createCardBatch', requestFor(1), viewer)).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('with BAD_INPUT and the field for a wrong count, unit or key', async () => {
    for (const [field, change] of [
      ['count', { count: 0 }],
      ['count', { count: 501 }],
      ['count', { count: -1 }],
      ['issuerId', { issuerId: 'a b' }],
      ['requestId', { requestId: '' }],
    ] as const) {
      const wish = { ...requestFor(1), ...change };
      expect(await desk.do('createCardBatch', wish)).toMatchObject({ code: 'BAD_INPUT', field });
    }
    const late = await desk.do('createCardBatch', { ...requestFor(1), issuerId: 'unknown-unit' }, system);
    expect(late).toMatchObject({ code: 'ISSUER_NOT_TAKING_PART' });
  });
});
