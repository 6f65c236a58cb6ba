import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { refusalMessage } from '../../../subgraphs/venues/domain/messages.ts';
import type { FeeUse } from '../../../subgraphs/venues/domain/fee-use.ts';
import { undoFee } from '../../../subgraphs/venues/service/fee-undo.ts';
import { useFeeBenefit } from '../../../subgraphs/venues/service/fee-use.ts';
import { verifyEverything } from '../../../subgraphs/venues/service/verify-everything.ts';
import { mergeCards } from '../../../subgraphs/venues/store/card-identity.ts';
import { engines } from '../../support/databases.ts';
import { openStage, token, type Stage } from './stage.ts';
import { fee, offeringWith, told, word } from './visit-stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

describe.each(engines)('a fee benefit on $name', (engine) => {
  let stage: Stage;
  let offeringId: string;
  let card: string;
  beforeEach(async () => {
    stage = await openStage(engine);
    offeringId = await offeringWith(stage, 'FEE_BENEFIT', {
      fees: [
        { fee: 'LATE_FEE', perUseCents: 600, perYearCents: 1_000 },
        { fee: 'COPYING', perUseCents: 100, perYearCents: null },
      ],
    });
    card = newId();
  });

  it('covers a fee up to the limit of one use, and its holder pays the rest', async () => {
    expect(await fee(stage, offeringId, 250, { card })).toMatchObject({ cents: 250, coveredCents: 250 });
    expect(await fee(stage, offeringId, 900, { card })).toMatchObject({ cents: 900, coveredCents: 600 });
    expect(await told(stage, 'redemption.recorded')).toMatchObject([
      { cardId: card, offeringId, performanceId: null, offeringKind: 'FEE_BENEFIT' },
      { cardId: card },
    ]);
  });

  it('is refused over the limit of the year, with the numbers; what fits is still covered', async () => {
    await fee(stage, offeringId, 600, { card });
    const refused = await fee(stage, offeringId, 401, { card });
    expect(refused).toMatchObject({
      code: 'FEE_LIMIT_REACHED',
      facts: { fee: 'LATE_FEE', year: 2026, allowed: 1_000, used: 600, left: 400, wanted: 401 },
    });
    expect(word(await fee(stage, offeringId, 400, { card }))).toBe('feeUse');
    expect(word(await fee(stage, offeringId, 1, { card }))).toBe('FEE_LIMIT_REACHED');
    expect(word(await fee(stage, offeringId, 1))).toBe('feeUse');
    expect(await told(stage, 'redemption.recorded')).toHaveLength(3);
  });

  it('is refused in words with euros', () => {
    const facts = { allowed: 1_000, used: 600, left: 400, wanted: 401 };
    const { fi, sv, en } = refusalMessage('FEE_LIMIT_REACHED', facts);
    expect(en).toBe('The card covers at most €10.00 of these fees in a year. Left: €4.00. Needed: €4.01.');
    for (const text of [fi, sv]) expect(text?.replaceAll('\u00a0', ' ')).toContain('4,01 €');
  });

  it('a year begins at midnight in Helsinki', async () => {
    await fee(stage, offeringId, 600, { card });
    stage.clock.set('2026-12-31T21:59:59.000Z');
    expect(word(await fee(stage, offeringId, 600, { card }))).toBe('FEE_LIMIT_REACHED');
    stage.clock.set('2026-12-31T22:00:00.000Z');
    expect(await fee(stage, offeringId, 600, { card })).toMatchObject({ year: 2027, coveredCents: 600 });
  });

  it('each fee has its own limits, and one without a limit of the year has none', async () => {
    await fee(stage, offeringId, 600, { card });
    for (let count = 0; count < 15; count++) {
      const answer = await fee(stage, offeringId, 120, { card }, { feeKind: 'COPYING' });
      expect(answer).toMatchObject({ coveredCents: 100 });
    }
    const unsaid = fee(stage, offeringId, 100, { card }, { feeKind: 'INTERLIBRARY_LOAN' });
    await expect(unsaid).rejects.toEqual(code('BAD_INPUT'));
  });

  it('merged cards have one year together', async () => {
    const old = newId();
    await fee(stage, offeringId, 300, { card: old });
    await fee(stage, offeringId, 300, { card });
    await stage.database.write((trx) => mergeCards(trx, old, card));
    for (const who of [old, card]) {
      expect(await fee(stage, offeringId, 500, { card: who })).toMatchObject({
        code: 'FEE_LIMIT_REACHED',
        facts: { used: 600, left: 400, wanted: 500 },
      });
    }
  });

  it('a fee that was undone is no use: its year has the cents back, once, also after a merge', async () => {
    const old = newId();
    const first = await fee(stage, offeringId, 600, { card: old });
    const second = await fee(stage, offeringId, 400, { card: old });
    await stage.database.write((trx) => mergeCards(trx, old, card));
    expect(word(await fee(stage, offeringId, 1, { card }))).toBe('FEE_LIMIT_REACHED');
    const { id: feeUseId } = first as FeeUse;
    const requestId = newId();
    const undone = await undoFee(stage.env, stage.staff, { feeUseId, requestId });
    expect(undone).toMatchObject({ id: feeUseId, cardId: card, status: 'CANCELLED', coveredCents: 600 });
    for (const again of [requestId, newId()]) {
      expect(await undoFee(stage.env, stage.staff, { feeUseId, requestId: again })).toEqual(undone);
    }
    expect(await told(stage, 'fee.cancelled')).toMatchObject([{ feeUseId, cardId: card, offeringId }]);
    expect(await fee(stage, offeringId, 601, { card })).toMatchObject({ coveredCents: 600 });
    expect(word(await fee(stage, offeringId, 1, { card }))).toBe('FEE_LIMIT_REACHED');
    const other = undoFee(stage.env, stage.staff, { feeUseId: (second as FeeUse).id, requestId });
    await expect(other).rejects.toEqual(code('REQUEST_ID_REUSED'));
  });

  it('ten desks that undo one fee at once give its cents back once', async () => {
    const { id: feeUseId } = (await fee(stage, offeringId, 600, { card })) as FeeUse;
    await Promise.all(
      Array.from({ length: 10 }, () => undoFee(stage.env, stage.staff, { feeUseId, requestId: newId() })),
    );
    expect(await told(stage, 'fee.cancelled')).toHaveLength(1);
    for (const cents of [600, 400]) {
      expect(word(await fee(stage, offeringId, cents, { card }))).toBe('feeUse');
    }
    expect(word(await fee(stage, offeringId, 1, { card }))).toBe('FEE_LIMIT_REACHED');
  });

  it('is undone by its own venue alone', async () => {
    const { id: feeUseId } = (await fee(stage, offeringId, 100, { card })) as FeeUse;
    for (const viewer of [stage.otherStaff, { role: 'HOLDER', cardId: card }] as const) {
      const asked = undoFee(stage.env, viewer, { feeUseId, requestId: newId() });
      await expect(asked).rejects.toEqual(code('FORBIDDEN'));
    }
    const unknown = undoFee(stage.env, stage.staff, { feeUseId: newId(), requestId: newId() });
    await expect(unknown).rejects.toEqual(code('NOT_FOUND'));
  });

  it('the same request is one use; another wish with its key is an error', async () => {
    const presentation = token(stage, { card });
    const requestId = newId();
    const first = await fee(stage, offeringId, 500, { presentation }, { requestId });
    stage.clock.advance(3_600_000);
    expect(await fee(stage, offeringId, 500, { presentation }, { requestId })).toEqual(first);
    await expect(fee(stage, offeringId, 499, { presentation }, { requestId })).rejects.toEqual(
      code('REQUEST_ID_REUSED'),
    );
    expect(word(await fee(stage, offeringId, 500, { card }))).toBe('feeUse');
  });

  it('is for personal cards, checked for this venue, at the desk of its venue', async () => {
    expect(word(await fee(stage, offeringId, 1, { kind: 'COMMUNITY' }))).toBe('PERSONAL_CARD_NEEDED');
    expect(word(await fee(stage, offeringId, 1, { venue: stage.otherVenueId }))).toBe('PRESENTATION_INVALID');
    expect(word(await fee(stage, offeringId, 1, { livesMs: -1_000 }))).toBe('PRESENTATION_EXPIRED');
    const wish = { presentation: token(stage), offeringId, cents: 1, requestId: newId() };
    for (const viewer of [stage.otherStaff, { role: 'HOLDER', cardId: card }] as const) {
      const asked = useFeeBenefit(stage.env, viewer, { ...wish, feeKind: 'LATE_FEE' });
      await expect(asked).rejects.toEqual(code('FORBIDDEN'));
    }
  });

  it.each([0, -1, 1.5, 1_000_001, Number.NaN])('%s is no fee', async (cents) => {
    await expect(fee(stage, offeringId, cents)).rejects.toEqual(code('BAD_INPUT'));
  });

  it('is recounted: each year is the sum of its fees, also after one was taken back and cards were merged', async () => {
    const [one, other] = [newId(), newId()];
    const first = await fee(stage, offeringId, 300, { card: one });
    await fee(stage, offeringId, 200, { card: one });
    await fee(stage, offeringId, 100, { card: other });
    if (first.kind !== 'feeUse') throw new Error(first.code);
    await undoFee(stage.env, stage.staff, { feeUseId: first.id, requestId: newId() });
    await stage.database.write((trx) => mergeCards(trx, other, one));
    expect(await verifyEverything(stage.database)).toMatchObject({ feeYears: 1, faults: [] });

    await stage.database.write((trx) => trx.updateTable('fee_year').set({ covered_cents: 299 }).execute());
    const fault = {
      kind: 'FEE_BENEFIT',
      subjectId: offeringId,
      venueId: stage.venueId,
      code: 'FEE_YEAR_DIFFERS',
      facts: { fee: 'LATE_FEE', year: 2026, cards: 1, keptCents: 299, countedCents: 300 },
    };
    for (const part of [{}, { venueId: stage.venueId }]) {
      expect((await verifyEverything(stage.database, part)).faults).toEqual([fault]);
    }
    const elsewhere = await verifyEverything(stage.database, { venueId: stage.otherVenueId });
    expect(elsewhere).toMatchObject({ feeYears: 0, faults: [] });
    // A year that is missing altogether is as wrong as one that says too much.
    await stage.database.write((trx) => trx.deleteFrom('fee_year').execute());
    expect((await verifyEverything(stage.database)).faults).toMatchObject([
      { facts: { keptCents: 0, countedCents: 300 } },
    ]);
  });
});
