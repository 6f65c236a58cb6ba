import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { redeem } from '../../../subgraphs/venues/service/redeem.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { setCap } from '../../../subgraphs/venues/service/set-cap.ts';
import { saveRule } from '../../../subgraphs/venues/store/copies.ts';
import { findCounters } from '../../../subgraphs/venues/store/ledger.ts';
import { engines } from '../../support/databases.ts';
import {
  atDoor,
  checkLedger,
  family,
  holder,
  newPerformance,
  onStage,
  openStage,
  said,
  signingKey,
  token,
  type Stage,
} from './stage.ts';

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
const containing = (text: string): unknown => expect.stringContaining(text);

describe.each(engines)('a card is used at a door on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const used = async (performanceId: string): Promise<number | undefined> =>
    (await findCounters(stage.database.reader, [performanceId]))[0]?.used;
  const topics = async (): Promise<string[]> => {
    const rows = await stage.database.reader.selectFrom('outbox').select('topic').orderBy('seq').execute();
    return rows.map(({ topic }) => topic);
  };
  const rows = async (table: 'redemption' | 'turn_away' | 'request'): Promise<number> =>
    (await stage.database.reader.selectFrom(table).selectAll().execute()).length;

  it('holder and children take places, an assistant does not; the event and the lines are stored with it', async () => {
    const performanceId = await onStage(stage);
    const answer = await atDoor(stage, performanceId, {
      lines: [...family(2), { type: 'ASSISTANT', count: 1 }],
    });
    expect(answer).toMatchObject({ kind: 'redemption', tickets: 4, counted: 3, status: 'VALID' });
    expect(await used(performanceId)).toBe(3);
    expect(await topics()).toEqual(['redemption.recorded']);
    const [event] = await stage.database.reader.selectFrom('outbox').select('payload').execute();
    expect(JSON.parse(event?.payload ?? '')).toMatchObject({
      performanceId,
      offeringKind: 'PRODUCTION',
      tickets: 4,
    });
  });

  it('the 21st card at a cap of 20 is refused with the numbers and counted as a turn-away', async () => {
    const performanceId = await onStage(stage, { cap: 20 });
    for (let guest = 0; guest < 20; guest++) expect(said(await atDoor(stage, performanceId))).toBe('VALID');
    expect(await atDoor(stage, performanceId)).toMatchObject({
      code: 'CAP_REACHED',
      facts: { cap: 20, used: 20, held: 0, remaining: 0, wanted: 1 },
    });
    expect([await used(performanceId), await rows('redemption'), await rows('turn_away')]).toEqual([
      20, 20, 1,
    ]);
  });

  it('a family gets all of its tickets or none', async () => {
    const performanceId = await onStage(stage, { cap: 2 });
    expect(await atDoor(stage, performanceId, { lines: family(2) })).toMatchObject({ code: 'CAP_REACHED' });
    expect(await used(performanceId)).toBe(0);
    expect(said(await atDoor(stage, performanceId, { lines: family(1) }))).toBe('VALID');
  });

  it('without a cap everybody comes in', async () => {
    const performanceId = await onStage(stage, { cap: null });
    for (let guest = 0; guest < 5; guest++) expect(said(await atDoor(stage, performanceId))).toBe('VALID');
  });

  it('the same card comes once to a performance, also when it is full', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    const card = newId();
    await atDoor(stage, performanceId, { card });
    expect(await atDoor(stage, performanceId, { card })).toMatchObject({
      code: 'ALREADY_SEEN',
      facts: { performanceId },
    });
    expect(await rows('turn_away')).toBe(0);
  });

  it('a production may be seen once, in another performance neither', async () => {
    const [first, second] = [newPerformance(stage), newPerformance(stage)];
    await onStage(stage, {}, { oncePerProduction: true, performances: [first, second] });
    const card = newId();
    expect(said(await atDoor(stage, first.id, { card }))).toBe('VALID');
    expect(said(await atDoor(stage, second.id, { card }))).toBe('ALREADY_SEEN');
    expect(said(await atDoor(stage, second.id))).toBe('VALID');
  });

  it('a community card comes as often as it likes', async () => {
    const performanceId = await onStage(stage);
    const card = newId();
    for (let time = 0; time < 3; time++) {
      const presentation = token(stage, { card, kind: 'COMMUNITY' });
      const lines = [{ type: 'COMMUNITY_WORKER', count: 1 } as const];
      expect(said(await atDoor(stage, performanceId, { presentation, lines }))).toBe('VALID');
    }
    expect(await used(performanceId)).toBe(3);
  });

  it('the same day rule of a venue closes its door the evening before and says which rule it is', async () => {
    await stage.database.write((trx) =>
      saveRule(trx, {
        id: newId(),
        key: 'redeem.window',
        scope: 'VENUE',
        scopeId: stage.venueId,
        scopeName: 'Kuopion kaupunginteatteri',
        value: 'SAME_DAY',
        statement: 'redeem only on the day of performance',
        status: 'IN_FORCE',
        validFrom: '2025-01-01',
        validTo: null,
        source: 'Kuopio slides 2025-09-11',
      }),
    );
    const tomorrow = { startsAt: '2026-11-23T16:30:00.000Z', endsAt: '2026-11-23T19:00:00.000Z' };
    const performanceId = await onStage(stage, tomorrow);
    expect(await atDoor(stage, performanceId)).toMatchObject({
      code: 'OUTSIDE_WINDOW',
      facts: { opensAt: '2026-11-22T22:00:00.000Z' },
      rule: { key: 'redeem.window', since: '2025-01-01', source: 'Kuopio slides 2025-09-11' },
    });
    stage.clock.set('2026-11-22T22:00:00.000Z');
    expect(said(await atDoor(stage, performanceId))).toBe('VALID');
  });

  describe('presentations', () => {
    it.each([
      ['changed by one character', (t: string) => `${t.startsWith('e') ? 'f' : 'e'}${t.slice(1)}`],
      ['with another signature', (t: string) => `${t.slice(0, -10)}AAAAAAAAAA`],
      ['without a signature', (t: string) => t.split('.')[0] ?? ''],
      ['that is no token', () => 'no token'],
      ['that is empty', () => ''],
      ['that is huge', () => `${'e'.repeat(100_000)}.${'A'.repeat(86)}`],
    ])('a token %s is refused', async (_, forge) => {
      const performanceId = await onStage(stage);
      const presentation = forge(token(stage));
      expect(said(await atDoor(stage, performanceId, { presentation }))).toBe('PRESENTATION_INVALID');
    });

    it('a token signed by a stranger is refused, with or without a known key id', async () => {
      const performanceId = await onStage(stage);
      const stranger = signingKey();
      for (const key of [stranger, { ...stranger, keyId: stage.keys.keyId }]) {
        const presentation = token(stage, { key });
        expect(said(await atDoor(stage, performanceId, { presentation }))).toBe('PRESENTATION_INVALID');
      }
    });

    it('a token for another venue is refused', async () => {
      const performanceId = await onStage(stage);
      const presentation = token(stage, { venue: stage.otherVenueId });
      expect(said(await atDoor(stage, performanceId, { presentation }))).toBe('PRESENTATION_INVALID');
    });

    it('an old token is refused', async () => {
      const performanceId = await onStage(stage);
      const presentation = token(stage);
      stage.clock.advance(600_001);
      expect(said(await atDoor(stage, performanceId, { presentation }))).toBe('PRESENTATION_EXPIRED');
    });
  });

  describe('the same request again', () => {
    it('gives the same redemption, also after the token has expired and the cap is full', async () => {
      const performanceId = await onStage(stage, { cap: 1 });
      const wish = { presentation: token(stage), requestId: newId() };
      const first = await atDoor(stage, performanceId, wish);
      stage.clock.advance(3_600_000);
      expect(await atDoor(stage, performanceId, wish)).toEqual(first);
      expect([await used(performanceId), await rows('redemption')]).toEqual([1, 1]);
    });

    it('with a renewed token of the same card is the same request', async () => {
      const performanceId = await onStage(stage);
      const [card, requestId] = [newId(), newId()];
      const first = await atDoor(stage, performanceId, { card, requestId });
      expect(await atDoor(stage, performanceId, { card, requestId })).toEqual(first);
    });

    it.each([
      ['another card', {}],
      ['other lines', { lines: family(1) }],
    ])('with %s is an error', async (_, change) => {
      const performanceId = await onStage(stage);
      const [card, requestId] = [newId(), newId()];
      await atDoor(stage, performanceId, { card, requestId });
      const again = 'lines' in change ? { card, requestId, ...change } : { requestId };
      await expect(atDoor(stage, performanceId, again)).rejects.toEqual(code('REQUEST_ID_REUSED'));
    });

    it('after a full house gives the same refusal and counts one turn-away', async () => {
      const performanceId = await onStage(stage, { cap: 1 });
      const first = await atDoor(stage, performanceId);
      const [card, requestId] = [newId(), newId()];
      const refused = await atDoor(stage, performanceId, { card, requestId });
      if (first.kind !== 'redemption') throw new Error('the first guest was refused');
      await cancelRedemption(stage.env, stage.staff, { redemptionId: first.id, requestId: newId() });
      expect(await atDoor(stage, performanceId, { card, requestId })).toEqual(refused);
      expect(await rows('turn_away')).toBe(1);
      expect(said(await atDoor(stage, performanceId, { card }))).toBe('VALID');
    });

    it('of two venues with the same key are two requests', async () => {
      const requestId = newId();
      const here = await onStage(stage);
      const there = await onStage(stage, {}, { venueId: stage.otherVenueId });
      expect(said(await atDoor(stage, here, { requestId }))).toBe('VALID');
      const presentation = token(stage, { venue: stage.otherVenueId });
      const input = { presentation, performanceId: there, lines: holder, requestId };
      expect(said(await redeem(stage.env, stage.otherStaff, input))).toBe('VALID');
    });
  });

  it('what cannot be used is an error with a code, and nothing is stored', async () => {
    const performanceId = await onStage(stage);
    const theirs = await onStage(stage, {}, { venueId: stage.otherVenueId });
    await expect(atDoor(stage, newId())).rejects.toEqual(code('NOT_FOUND'));
    await expect(atDoor(stage, theirs)).rejects.toEqual(code('FORBIDDEN'));
    await expect(atDoor(stage, performanceId, { requestId: 'short' })).rejects.toEqual(code('BAD_INPUT'));
    await expect(atDoor(stage, performanceId, { lines: [{ type: 'HOLDER', count: -1 }] })).rejects.toEqual(
      code('BAD_INPUT'),
    );
    await expect(atDoor(stage, performanceId, { lines: [{ type: 'HOLDER', count: 1e9 }] })).rejects.toEqual(
      code('BAD_INPUT'),
    );
    for (const viewer of [
      { role: 'ANONYMOUS' },
      { role: 'NATIONAL' },
      { role: 'HOLDER', cardId: 'c' },
      { role: 'DISPLAY', venueId: stage.venueId },
    ] as const) {
      const input = { presentation: token(stage), performanceId, lines: holder, requestId: newId() };
      await expect(redeem(stage.env, viewer, input)).rejects.toEqual(code('FORBIDDEN'));
    }
    expect([await rows('redemption'), await rows('request'), await rows('turn_away')]).toEqual([0, 0, 0]);
  });

  it('a performance that is over admits nobody', async () => {
    const over = { startsAt: '2026-11-21T16:30:00.000Z', endsAt: '2026-11-21T19:00:00.000Z' };
    expect(said(await atDoor(stage, await onStage(stage, over)))).toBe('OUTSIDE_WINDOW');
  });

  it('a cap may be lowered to what is used and no further; the same cap again is no entry', async () => {
    const performanceId = await onStage(stage, { cap: 20, tickets: 667 });
    await atDoor(stage, performanceId, { lines: family(2) });
    expect(await setCap(stage.env, stage.staff, { performanceId, cap: 2 })).toMatchObject({
      code: 'CAP_BELOW_USED',
      facts: { cap: 2, used: 3, held: 0 },
    });
    expect(await setCap(stage.env, stage.staff, { performanceId, cap: 3 })).toMatchObject({
      kind: 'capSet',
      warnings: [{ en: containing('21') }],
    });
    await setCap(stage.env, stage.staff, { performanceId, cap: 3 });
    const [counter] = await findCounters(stage.database.reader, [performanceId]);
    expect(counter).toMatchObject({ cap: 3, used: 3, sequence: 3 });
    expect(said(await atDoor(stage, performanceId))).toBe('CAP_REACHED');
    await setCap(stage.env, stage.staff, { performanceId, cap: null });
    expect(said(await atDoor(stage, performanceId))).toBe('VALID');
    for (const cap of [-1, 1.5, 1e9, undefined]) {
      await expect(setCap(stage.env, stage.staff, { performanceId, cap })).rejects.toEqual(code('BAD_INPUT'));
    }
    await expect(setCap(stage.env, stage.otherStaff, { performanceId, cap: 5 })).rejects.toEqual(
      code('FORBIDDEN'),
    );
  });
});
