import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { undoVisit } from '../../../subgraphs/venues/service/visit-undo.ts';
import { refusalMessage } from '../../../subgraphs/venues/domain/messages.ts';
import { engines } from '../../support/databases.ts';
import { family, openStage, token, type Stage } from './stage.ts';
import { offeringWith, told, visit, word } from './visit-stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
const wednesday = { weekday: 3, opens: '10:00', closes: '18:00' } as const;
const sunday = { weekday: 7, opens: '12:00', closes: '16:00' } as const;

describe.each(engines)('open entry on $name', (engine) => {
  let stage: Stage;
  let offeringId: string;
  beforeEach(async () => {
    stage = await openStage(engine);
    const exceptions = [{ date: '2026-11-25', opens: null, closes: null, note: null }];
    const opening = { hours: [wednesday, sunday], exceptions };
    offeringId = await offeringWith(stage, 'OPEN_ENTRY', { opening });
  });

  it('takes a visit while it is open, for everybody whom the card lets in', async () => {
    const card = newId();
    const answer = await visit(stage, offeringId, { card }, { lines: family(2) });
    expect(answer).toMatchObject({ kind: 'visit', passId: null, tickets: 3, status: 'VALID' });
    expect(await told(stage, 'visit.recorded')).toMatchObject([
      { cardId: card, passId: null, offeringKind: 'OPEN_ENTRY', tickets: 3, category: 'CULTURE' },
    ]);
  });

  it('takes a community card too', async () => {
    const lines = [{ type: 'COMMUNITY_WORKER', count: 1 }] as const;
    expect(word(await visit(stage, offeringId, { kind: 'COMMUNITY' }, { lines }))).toBe('visit');
  });

  it.each([
    ['before it opens', '2026-11-22T09:59:59.000Z', '2026-11-22T10:00:00.000Z'],
    ['at the minute of closing', '2026-11-22T14:00:00.000Z', '2026-11-29T10:00:00.000Z'],
    ['on a day that is closed for once', '2026-11-25T10:00:00.000Z', '2026-11-29T10:00:00.000Z'],
    ['on a weekday without hours', '2026-11-30T10:00:00.000Z', '2026-12-02T08:00:00.000Z'],
  ])('refuses %s, and says when it opens next', async (_, now, opensAt) => {
    stage.clock.set(now);
    const answer = await visit(stage, offeringId);
    expect(answer).toMatchObject({ code: 'OUTSIDE_WINDOW', facts: { window: 'OPENING', opensAt } });
  });

  it('says so in three languages, also when nobody knows when it opens', () => {
    for (const opensAt of ['2026-11-29T10:00:00.000Z', null]) {
      const texts = Object.values(refusalMessage('OUTSIDE_WINDOW', { window: 'OPENING', opensAt }));
      expect(new Set(texts).size).toBe(3);
    }
    expect(
      refusalMessage('OUTSIDE_WINDOW', { window: 'OPENING', opensAt: '2026-11-29T10:00:00.000Z' }).fi,
    ).toBe('Täällä on nyt suljettu. Seuraavan kerran avataan 29.11. klo 12.00.');
  });

  it('the same request is one visit; a card may come again with another', async () => {
    const presentation = token(stage);
    const requestId = newId();
    const first = await visit(stage, offeringId, { presentation }, { requestId });
    stage.clock.set('2026-11-22T15:00:00.000Z');
    expect(await visit(stage, offeringId, { presentation }, { requestId })).toEqual(first);
    stage.clock.set('2026-11-22T10:05:00.000Z');
    expect(word(await visit(stage, offeringId, { presentation }))).toBe('visit');
    expect(await told(stage, 'visit.recorded')).toHaveLength(2);
  });

  it('a visit is undone by its venue, and nobody else', async () => {
    const answer = await visit(stage, offeringId);
    if (answer.kind !== 'visit') throw new Error(answer.code);
    const wish = { visitId: answer.id, requestId: newId() };
    await expect(undoVisit(stage.env, stage.otherStaff, wish)).rejects.toEqual(code('FORBIDDEN'));
    const holder = { role: 'HOLDER', cardId: answer.cardId } as const;
    await expect(undoVisit(stage.env, holder, wish)).rejects.toEqual(code('FORBIDDEN'));
    expect(await undoVisit(stage.env, stage.staff, wish)).toMatchObject({ status: 'CANCELLED' });
    await expect(undoVisit(stage.env, stage.staff, { ...wish, visitId: newId() })).rejects.toEqual(
      code('NOT_FOUND'),
    );
  });

  it('needs opening hours', async () => {
    const unsaid = await offeringWith(stage, 'OPEN_ENTRY', {});
    await expect(visit(stage, unsaid)).rejects.toEqual(code('BAD_INPUT'));
  });
});
