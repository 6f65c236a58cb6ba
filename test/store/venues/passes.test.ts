import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { grantPass } from '../../../subgraphs/venues/service/pass-grant.ts';
import { ownPasses } from '../../../subgraphs/venues/service/pass-own.ts';
import { undoPass } from '../../../subgraphs/venues/service/pass-undo.ts';
import { recordVisit } from '../../../subgraphs/venues/service/visit-record.ts';
import { undoVisit } from '../../../subgraphs/venues/service/visit-undo.ts';
import { mergeCards } from '../../../subgraphs/venues/store/card-identity.ts';
import { engines } from '../../support/databases.ts';
import { family, holder, openStage, token, type Stage } from './stage.ts';
import { give, given, offeringWith, checkPasses, swimming, told, visit, word } from './visit-stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
const days = (count: number): number => count * 86_400_000;

describe.each(engines)('a series pass on $name', (engine) => {
  let stage: Stage;
  let offeringId: string;
  let card: string;
  beforeEach(async () => {
    stage = await openStage(engine);
    offeringId = await swimming(stage);
    card = newId();
  });
  afterEach(() => checkPasses(stage));

  const own = (cardId = card) => ownPasses(stage.env, { role: 'HOLDER', cardId }, cardId);

  it('is given with the visits of its terms, and the day of giving is the first of its days', async () => {
    expect(await give(stage, offeringId, { card })).toMatchObject({
      kind: 'pass',
      visits: 30,
      used: 0,
      expiresOn: '2027-01-20',
    });
    expect(await told(stage, 'redemption.recorded')).toMatchObject([
      { cardId: card, offeringId, performanceId: null, offeringKind: 'SERIES_PASS', category: 'CULTURE' },
    ]);
  });

  it('is given until the day that its terms name', async () => {
    const pass = { visits: 40, validDays: null, validUntil: '2026-12-31' };
    const seasonal = await offeringWith(stage, 'SERIES_PASS', { pass });
    expect(await give(stage, seasonal, { card })).toMatchObject({ visits: 40, expiresOn: '2026-12-31' });
    stage.clock.set('2027-01-01T10:00:00.000Z');
    expect(await give(stage, seasonal)).toMatchObject({
      code: 'PASS_EXPIRED',
      facts: { expiredOn: '2026-12-31' },
    });
  });

  describe('given by mistake', () => {
    const takeBack = (passId: string, requestId = newId(), viewer = stage.staff) =>
      undoPass(stage.env, viewer, { passId, requestId });

    it('is taken back once, the card can be given another, and its use is not counted', async () => {
      const { id } = await given(stage, offeringId, card);
      const requestId = newId();
      const undone = await takeBack(id, requestId);
      expect(undone).toMatchObject({ id, status: 'CANCELLED', cancelledAt: stage.clock.now().toISOString() });
      expect(await takeBack(id, requestId)).toEqual(undone);
      expect(await takeBack(id)).toEqual(undone);
      expect(await own()).toEqual([]);
      expect(word(await visit(stage, offeringId, { card }))).toBe('NO_PASS');
      expect(await told(stage, 'pass.cancelled')).toMatchObject([
        { passId: id, cardId: card, offeringId, venueId: stage.venueId },
      ]);
      const again = await given(stage, offeringId, card);
      expect(await own()).toMatchObject([{ id: again.id, status: 'VALID' }]);
      expect(word(await visit(stage, offeringId, { card }))).toBe('visit');
    });

    it('stays while a visit is taken of it, and the answer says what to do', async () => {
      const { id } = await given(stage, offeringId, card);
      const taken = await visit(stage, offeringId, { card });
      if (taken.kind !== 'visit') throw new Error(taken.code);
      await expect(takeBack(id)).rejects.toMatchObject({
        code: 'BAD_INPUT',
        facts: { problem: 'PASS_HAS_VISITS', used: 1 },
      });
      await undoVisit(stage.env, stage.staff, { visitId: taken.id, requestId: newId() });
      expect(await takeBack(id)).toMatchObject({ status: 'CANCELLED', used: 0 });
    });

    it('only the own staff takes back, and a pass that is not there is not found', async () => {
      const { id } = await given(stage, offeringId, card);
      await expect(takeBack(id, newId(), stage.otherStaff)).rejects.toEqual(code('FORBIDDEN'));
      await expect(takeBack(newId())).rejects.toEqual(code('NOT_FOUND'));
      expect(await own()).toMatchObject([{ id, status: 'VALID' }]);
    });

    it('a visit and taking back at the same moment: one of them wins', async () => {
      for (let turn = 0; turn < 8; turn += 1) {
        const guest = newId();
        const { id } = await given(stage, offeringId, guest);
        const [visited, undone] = await Promise.allSettled([
          visit(stage, offeringId, { card: guest }),
          takeBack(id),
        ]);
        const isIn = visited.status === 'fulfilled' && word(visited.value) === 'visit';
        expect(isIn).toBe(undone.status === 'rejected');
      }
    });
  });

  it('is one at a time, and a new one can be given when it is over', async () => {
    await given(stage, offeringId, card);
    await visit(stage, offeringId, { card });
    expect(await give(stage, offeringId, { card })).toMatchObject({
      code: 'PASS_GIVEN_ALREADY',
      facts: { visits: 30, used: 1, left: 29, expiresOn: '2027-01-20' },
    });
    stage.clock.advance(days(60));
    expect(word(await give(stage, offeringId, { card }))).toBe('pass');
    expect((await own())?.map(({ used }) => used)).toEqual([0, 1]);
  });

  it('is for personal cards', async () => {
    expect(word(await give(stage, offeringId, { kind: 'COMMUNITY' }))).toBe('PERSONAL_CARD_NEEDED');
  });

  it('a visit takes one, whoever comes along, and is told once', async () => {
    const pass = await given(stage, offeringId, card);
    const answer = await visit(stage, offeringId, { card }, { lines: family(2) });
    expect(answer).toMatchObject({ kind: 'visit', passId: pass.id, tickets: 3, status: 'VALID' });
    expect(await own()).toMatchObject([{ used: 1, visits: 30 }]);
    expect(await told(stage, 'visit.recorded')).toMatchObject([
      { cardId: card, passId: pass.id, offeringKind: 'SERIES_PASS', tickets: 3 },
    ]);
  });

  it('without a pass, with one that is used up or over, a visit is refused with the numbers', async () => {
    expect(word(await visit(stage, offeringId, { card }))).toBe('NO_PASS');
    const short = await swimming(stage, 1);
    await given(stage, short, card);
    expect(word(await visit(stage, short, { card }))).toBe('visit');
    expect(await visit(stage, short, { card })).toMatchObject({
      code: 'PASS_USED_UP',
      facts: { visits: 1, used: 1, left: 0, expiresOn: '2027-01-20' },
    });
    await given(stage, offeringId, card);
    stage.clock.set('2027-01-20T21:59:59.000Z');
    expect(word(await visit(stage, offeringId, { card }))).toBe('visit');
    stage.clock.set('2027-01-20T22:00:00.000Z');
    expect(await visit(stage, offeringId, { card })).toMatchObject({
      code: 'PASS_EXPIRED',
      facts: { expiredOn: '2027-01-20', visits: 30, used: 1 },
    });
  });

  it('a refused visit leaves nothing behind', async () => {
    const requestId = newId();
    await visit(stage, offeringId, { card }, { requestId });
    await given(stage, offeringId, card);
    expect(word(await visit(stage, offeringId, { card }, { requestId }))).toBe('visit');
  });

  it('the card is checked as at any door', async () => {
    await given(stage, offeringId, card);
    const at = (who: object, lines = holder) => visit(stage, offeringId, { card, ...who }, { lines });
    expect(word(await at({ presentation: 'nothing' }))).toBe('PRESENTATION_INVALID');
    expect(word(await at({ venue: stage.otherVenueId }))).toBe('PRESENTATION_INVALID');
    expect(word(await at({ livesMs: -1_000 }))).toBe('PRESENTATION_EXPIRED');
    expect(word(await at({}, family(5)))).toBe('LINE_NOT_ALLOWED');
    expect(word(await at({}, [{ type: 'CHILD', count: 1 }]))).toBe('LINE_NOT_ALLOWED');
    expect(word(await give(stage, offeringId, { card, venue: stage.otherVenueId }))).toBe(
      'PRESENTATION_INVALID',
    );
  });

  it('the same request gives the same answer, also when the token has expired; another wish is an error', async () => {
    const presentation = token(stage, { card });
    const grant = { requestId: newId() };
    const pass = await give(stage, offeringId, { presentation }, grant);
    const wish = { requestId: newId() };
    const first = await visit(stage, offeringId, { presentation }, wish);
    stage.clock.advance(3_600_000);
    expect(await visit(stage, offeringId, { presentation }, wish)).toEqual(first);
    const again = await give(stage, offeringId, { presentation }, grant);
    expect(again).toMatchObject({ kind: 'pass', id: 'id' in pass ? pass.id : null, used: 1 });
    expect(await own()).toMatchObject([{ used: 1 }]);
    const reused = visit(stage, offeringId, { presentation }, { ...wish, lines: family(1) });
    await expect(reused).rejects.toEqual(code('REQUEST_ID_REUSED'));
    await expect(visit(stage, offeringId, { presentation }, grant)).rejects.toEqual(
      code('REQUEST_ID_REUSED'),
    );
  });

  it('a visit that is undone is on the pass again, once, and its event says which it was', async () => {
    await given(stage, offeringId, card);
    const answer = await visit(stage, offeringId, { card });
    if (answer.kind !== 'visit') throw new Error(answer.code);
    const undo = (requestId: string) => undoVisit(stage.env, stage.staff, { visitId: answer.id, requestId });
    const requestId = newId();
    expect(await undo(requestId)).toMatchObject({ status: 'CANCELLED' });
    expect(await undo(requestId)).toMatchObject({ status: 'CANCELLED' });
    expect(await undo(newId())).toMatchObject({ status: 'CANCELLED' });
    expect(await own()).toMatchObject([{ used: 0, sequence: 3 }]);
    expect(await told(stage, 'visit.cancelled')).toMatchObject([
      { visitId: answer.id, passId: answer.passId, recordedAt: answer.recordedAt },
    ]);
  });

  it('a card that takes another over has its passes, and uses the one that ends first', async () => {
    const old = newId();
    const [first, second] = [await given(stage, offeringId, old), await given(stage, offeringId, card)];
    await visit(stage, offeringId, { card: old });
    await stage.database.write((trx) => mergeCards(trx, old, card));
    expect((await own())?.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    for (const who of [old, card]) expect(word(await visit(stage, offeringId, { card: who }))).toBe('visit');
    expect((await own())?.reduce((sum, { used }) => sum + used, 0)).toBe(3);
    expect(word(await give(stage, offeringId, { card: old }))).toBe('PASS_GIVEN_ALREADY');
  });

  it('is used up with what both passes of a merged card have', async () => {
    const short = await swimming(stage, 1);
    const old = newId();
    await given(stage, short, old);
    await given(stage, short, card);
    await stage.database.write((trx) => mergeCards(trx, old, card));
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(word(await visit(stage, short, { card })));
    expect(answers).toEqual(['visit', 'visit', 'PASS_USED_UP']);
  });

  it('is given and used by the staff of its venue, and seen by its holder', async () => {
    await given(stage, offeringId, card);
    const presentation = token(stage, { card });
    const wish = { presentation, offeringId, requestId: newId(), lines: holder };
    for (const viewer of [
      stage.otherStaff,
      { role: 'HOLDER', cardId: card },
      { role: 'NATIONAL' },
    ] as const) {
      await expect(grantPass(stage.env, viewer, wish)).rejects.toEqual(code('FORBIDDEN'));
      await expect(recordVisit(stage.env, viewer, wish)).rejects.toEqual(code('FORBIDDEN'));
    }
    expect(await ownPasses(stage.env, stage.staff, card)).toBeNull();
    expect(await ownPasses(stage.env, { role: 'HOLDER', cardId: newId() }, card)).toBeNull();
  });

  it('needs an offering of its kind with its terms', async () => {
    const library = await offeringWith(stage, 'FEE_BENEFIT', {});
    const empty = await offeringWith(stage, 'SERIES_PASS', {});
    await expect(give(stage, library)).rejects.toEqual(code('BAD_INPUT'));
    await expect(give(stage, empty)).rejects.toEqual(code('BAD_INPUT'));
    await expect(visit(stage, library)).rejects.toEqual(code('BAD_INPUT'));
    await expect(visit(stage, newId())).rejects.toEqual(code('NOT_FOUND'));
  });
});
