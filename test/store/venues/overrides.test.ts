import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { LimitName, Verdict } from '../../../subgraphs/venues/domain/limits/index.ts';
import type { Override } from '../../../subgraphs/venues/domain/override.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { explain } from '../../../subgraphs/venues/service/explain.ts';
import { overrideCounts } from '../../../subgraphs/venues/service/override-counts.ts';
import type { RedeemAnswer } from '../../../subgraphs/venues/service/redeem.ts';
import { saveRule } from '../../../subgraphs/venues/store/copies.ts';
import { findOverrides } from '../../../subgraphs/venues/store/overrides.ts';
import { engines, testNow } from '../../support/databases.ts';
import {
  atDoor,
  checkLedger,
  family,
  newPerformance,
  onStage,
  openStage,
  said,
  token,
  type Stage,
} from './stage.ts';

const tomorrow = { startsAt: '2026-11-23T16:30:00.000Z', endsAt: '2026-11-23T19:00:00.000Z' };
const nextYear = '2027-01-01T00:00:00.000Z';

describe.each(engines)('limits at a door on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  const rule = (key: string, value: string): Promise<void> =>
    stage.database.write((trx) =>
      saveRule(trx, {
        id: newId(),
        key,
        scope: 'VENUE',
        scopeId: stage.venueId,
        scopeName: 'Venue',
        value,
        statement: 'as printed',
        status: 'IN_FORCE',
        validFrom: '2025-01-01',
        validTo: null,
        source: `document of ${key}`,
      }),
    );
  const counts = () => overrideCounts(stage.env, stage.staff, stage.venueId, testNow, nextYear);
  const idOf = (answer: RedeemAnswer): string => {
    if (answer.kind !== 'redemption') throw new Error(`Refused: ${answer.code}`);
    return answer.id;
  };
  const traceOf = (answer: RedeemAnswer): readonly Verdict[] => ('trace' in answer ? answer.trace : []);
  const said1 = (trace: readonly Verdict[], limit: LimitName): unknown =>
    trace.find((verdict) => verdict.limit === limit)?.passes;
  const atCourse: readonly Override[] = [{ limit: 'NO_CHILDREN_AT_COURSES', reason: 'COMES_WITH_CHILD' }];

  it('one child at a course comes with a reason, which is recorded and counted; a cancel takes it back', async () => {
    const performanceId = await onStage(stage, {}, { kind: 'COURSE' });
    const wish = { lines: family(1) };
    expect(said(await atDoor(stage, performanceId, wish))).toBe('LINE_NOT_ALLOWED');
    expect(await counts()).toEqual([]);
    const redemptionId = idOf(await atDoor(stage, performanceId, { ...wish, overrides: atCourse }));
    expect(await findOverrides(stage.database.reader, [redemptionId])).toEqual([
      { redemptionId, ...atCourse[0] },
    ]);
    expect(await counts()).toEqual([{ ...atCourse[0], count: 1 }]);
    await cancelRedemption(stage.env, stage.staff, { redemptionId, requestId: newId() });
    expect(await counts()).toEqual([]);
    for (const viewer of [stage.otherStaff, { role: 'HOLDER', cardId: 'c' } as const]) {
      expect(await overrideCounts(stage.env, viewer, stage.venueId, testNow, nextYear)).toBeNull();
    }
  });

  it('an override that nothing needed is not recorded', async () => {
    const performanceId = await onStage(stage, {}, { kind: 'COURSE' });
    expect(said(await atDoor(stage, performanceId, { overrides: atCourse }))).toBe('VALID');
    expect(await counts()).toEqual([]);
  });

  it('an override opens no full house, no old check and no second redemption', async () => {
    const overrides: readonly Override[] = [
      { limit: 'ONCE_PER_PRODUCTION', reason: 'PLACES_LEFT' },
      { limit: 'REDEMPTION_WINDOW', reason: 'OUR_MISTAKE' },
    ];
    const [first, second] = [newPerformance(stage, { cap: 1 }), newPerformance(stage, { cap: 1 })];
    await onStage(stage, {}, { oncePerProduction: true, performances: [first, second] });
    const card = newId();
    expect(said(await atDoor(stage, first.id, { card, overrides }))).toBe('VALID');
    expect(said(await atDoor(stage, first.id, { card, overrides }))).toBe('ALREADY_SEEN');
    expect(said(await atDoor(stage, first.id, { overrides }))).toBe('CAP_REACHED');
    expect(said(await atDoor(stage, second.id, { card }))).toBe('ALREADY_SEEN');
    expect(said(await atDoor(stage, second.id, { card, overrides }))).toBe('VALID');
    const presentation = token(stage, { livesMs: -1_000 });
    expect(said(await atDoor(stage, second.id, { presentation, overrides }))).toBe('PRESENTATION_EXPIRED');
    expect(await counts()).toEqual([{ ...overrides[0], count: 1 }]);
  });

  it('the same request with another override is another request', async () => {
    const performanceId = await onStage(stage, {}, { kind: 'COURSE' });
    const wish = { card: newId(), requestId: newId(), lines: family(1), overrides: atCourse };
    const first = await atDoor(stage, performanceId, wish);
    expect(await atDoor(stage, performanceId, wish)).toEqual(first);
    await expect(atDoor(stage, performanceId, { ...wish, overrides: [] })).rejects.toEqual(
      expect.objectContaining({ code: 'REQUEST_ID_REUSED' }),
    );
    for (const overrides of [
      [...atCourse, ...atCourse],
      [{ limit: 'CAP', reason: 'PLACES_LEFT' }],
      [{ limit: 'REDEMPTION_WINDOW', reason: 'a name' }],
    ] as unknown as Override[][]) {
      await expect(atDoor(stage, performanceId, { overrides })).rejects.toEqual(
        expect.objectContaining({ code: 'BAD_INPUT' }),
      );
    }
  });

  it('the third course of the year is refused, given with a reason, and free again after a cancel', async () => {
    await rule('limit.courses_per_year', '2');
    const card = newId();
    const course = (): Promise<string> => onStage(stage, {}, { kind: 'COURSE' });
    const first = idOf(await atDoor(stage, await course(), { card }));
    expect(said(await atDoor(stage, await course(), { card }))).toBe('VALID');
    const third = await course();
    expect(await atDoor(stage, third, { card })).toMatchObject({
      code: 'COURSE_LIMIT_REACHED',
      facts: { limit: 'COURSES_PER_YEAR', allowed: 2, used: 2 },
      rule: { key: 'limit.courses_per_year', since: '2025-01-01' },
    });
    const overrides: readonly Override[] = [{ limit: 'COURSES_PER_YEAR', reason: 'PLACES_LEFT' }];
    expect(said(await atDoor(stage, third, { card, overrides }))).toBe('VALID');
    expect(said(await atDoor(stage, await course(), { card }))).toBe('COURSE_LIMIT_REACHED');
    await cancelRedemption(stage.env, stage.staff, { redemptionId: first, requestId: newId() });
    expect(said(await atDoor(stage, await course(), { card }))).toBe('COURSE_LIMIT_REACHED');
    expect(said(await atDoor(stage, await onStage(stage), { card }))).toBe('VALID');
  });

  it('two courses at the same moment: of a card with one left, one', async () => {
    await rule('limit.courses_at_a_time', '1');
    const card = newId();
    const kind = { kind: 'COURSE' as const };
    const ids = [
      await onStage(stage, {}, kind),
      await onStage(stage, {}, kind),
      await onStage(stage, {}, kind),
    ];
    const answers = await Promise.all(ids.map((id) => atDoor(stage, id, { card })));
    expect(answers.map(said).sort()).toEqual(['COURSE_LIMIT_REACHED', 'COURSE_LIMIT_REACHED', 'VALID']);
  });

  it('a refusal carries what explain says, and explain changes nothing', async () => {
    await rule('redeem.window', 'SAME_DAY');
    const performanceId = await onStage(stage, tomorrow);
    const presentation = token(stage);
    const refused = await atDoor(stage, performanceId, { presentation });
    const { verdicts } = await explain(stage.env, stage.staff, { performanceId, presentation });
    expect(traceOf(refused)).toEqual(verdicts);
    expect(verdicts.filter(({ passes }) => passes === false)).toMatchObject([
      { limit: 'REDEMPTION_WINDOW', since: '2025-01-01', source: 'document of redeem.window', soft: true },
    ]);
    const overrides: readonly Override[] = [{ limit: 'REDEMPTION_WINDOW', reason: 'AGREED_BEFOREHAND' }];
    expect(said(await atDoor(stage, performanceId, { presentation, overrides }))).toBe('VALID');
  });

  it('the trace of a full house is the same when the request comes again after a cancel', async () => {
    const performanceId = await onStage(stage, { cap: 1 });
    const redemptionId = idOf(await atDoor(stage, performanceId));
    const wish = { presentation: token(stage), requestId: newId() };
    const refused = await atDoor(stage, performanceId, wish);
    expect(said1(traceOf(refused), 'CAP')).toBe(false);
    await cancelRedemption(stage.env, stage.staff, { redemptionId, requestId: newId() });
    stage.clock.advance(3_600_000);
    expect(await atDoor(stage, performanceId, wish)).toEqual(refused);
  });

  describe('explain', () => {
    it('tells the holder about the own card without a presentation, and others nothing of its uses', async () => {
      const card = newId();
      const performanceId = await onStage(stage);
      const asks = async (viewer: Parameters<typeof explain>[1]): Promise<unknown> =>
        said1((await explain(stage.env, viewer, { performanceId })).verdicts, 'ONCE_PER_PERFORMANCE');
      expect(await asks({ role: 'HOLDER', cardId: card })).toBe(true);
      await atDoor(stage, performanceId, { card });
      expect(await asks({ role: 'HOLDER', cardId: card })).toBe(false);
      expect(await asks({ role: 'HOLDER', cardId: newId() })).toBe(true);
      for (const viewer of [
        stage.staff,
        stage.otherStaff,
        { role: 'ISSUER_STAFF', issuerId: 'i' },
        { role: 'COORDINATOR', networkId: 'n' },
        { role: 'NATIONAL' },
      ] as const) {
        expect(await asks(viewer)).toBeNull();
      }
    });

    it('shows the uses of a presented card to the venue where it is good, and to nobody else', async () => {
      const card = newId();
      const performanceId = await onStage(stage);
      await atDoor(stage, performanceId, { card });
      const presentation = token(stage, { card });
      const ask = { performanceId, presentation };
      const { verdicts } = await explain(stage.env, stage.staff, ask);
      expect(said1(verdicts, 'ONCE_PER_PERFORMANCE')).toBe(false);
      for (const viewer of [
        stage.otherStaff,
        { role: 'ISSUER_STAFF', issuerId: 'i' },
        { role: 'NATIONAL' },
        { role: 'HOLDER', cardId: newId() },
        { role: 'ANONYMOUS' },
        { role: 'DISPLAY', venueId: stage.venueId },
      ] as const) {
        await expect(explain(stage.env, viewer, ask)).rejects.toEqual(
          expect.objectContaining({ code: 'FORBIDDEN' }),
        );
      }
      stage.clock.advance(600_001);
      const late = (await explain(stage.env, stage.staff, ask)).verdicts;
      expect([said1(late, 'CARD_CHECK_EXPIRY'), said1(late, 'ONCE_PER_PERFORMANCE')]).toEqual([false, null]);
    });

    it('says of a forged token that it is one, and shows no draft to strangers', async () => {
      const performanceId = await onStage(stage);
      const presentation = token(stage).replace(/.{10}$/, 'AAAAAAAAAA');
      const { verdicts } = await explain(stage.env, stage.staff, { performanceId, presentation });
      expect(verdicts[0]).toMatchObject({ limit: 'CARD_CHECK_SIGNATURE', passes: false, soft: false });
      const refused = await atDoor(stage, performanceId, { presentation });
      expect(traceOf(refused)).toEqual(verdicts);
      const draft = await onStage(stage, {}, { published: false });
      await expect(explain(stage.env, stage.otherStaff, { performanceId: draft })).rejects.toEqual(
        expect.objectContaining({ code: 'NOT_FOUND' }),
      );
    });
  });
});
