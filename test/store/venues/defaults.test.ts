import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { NewPerformance } from '../../../subgraphs/venues/domain/catalogue.ts';
import { noTerms } from '../../../subgraphs/venues/domain/terms.ts';
import { addPerformances } from '../../../subgraphs/venues/service/add-performances.ts';
import { createOffering } from '../../../subgraphs/venues/service/create-offering.ts';
import {
  capSuggestion,
  setVenueDefaults,
  venueDefaults,
} from '../../../subgraphs/venues/service/defaults.ts';
import { publishOfferings } from '../../../subgraphs/venues/service/publish-offerings.ts';
import { saveRule } from '../../../subgraphs/venues/store/copies.ts';
import { findCounters } from '../../../subgraphs/venues/store/ledger.ts';
import { findPerformances } from '../../../subgraphs/venues/store/offerings.ts';
import { engines } from '../../support/databases.ts';
import { atDoor, checkLedger, newOffering, onStage, openStage, said, type Stage } from './stage.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

describe.each(engines)("a venue's defaults on $name", (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });
  afterEach(() => checkLedger(stage));

  /** A performance next week that says nothing of its cap and window. */
  const bare = async (changes: Partial<NewPerformance> = {}, venueId = stage.venueId): Promise<string> => {
    const performance: NewPerformance = {
      id: newId(),
      startsAt: '2026-11-29T16:00:00.000Z',
      endsAt: '2026-11-29T18:00:00.000Z',
      tickets: 667,
      ticketBasis: null,
      ...changes,
    };
    const offering = newOffering(stage, { performances: [performance], venueId });
    await publishOfferings(stage.database, [offering], stage.clock.now());
    return performance.id;
  };
  const capOf = async (id: string): Promise<number | null | undefined> =>
    (await findCounters(stage.database.reader, [id]))[0]?.cap;

  it('are given to its new performances, not to the old, not to another venue, not over what is said', async () => {
    const before = await bare();
    const { venueId } = stage;
    const set = await setVenueDefaults(stage.env, stage.staff, {
      venueId,
      cap: 20,
      redemptionWindow: 'SAME_DAY',
      ticketBasis: 'ON_SALE',
    });
    expect(set.warnings).toMatchObject([{ en: containing('666') }]);
    const after = await bare();
    expect(
      await Promise.all(
        [before, after, await bare({ cap: null }), await bare({}, stage.otherVenueId)].map(capOf),
      ),
    ).toEqual([null, 20, null, null]);
    const [stored] = await findPerformances(stage.database.reader, [after]);
    expect(stored).toMatchObject({ redemptionWindow: 'SAME_DAY', ticketBasis: 'ON_SALE' });
    expect(said(await atDoor(stage, after))).toBe('OUTSIDE_WINDOW');
    expect(said(await atDoor(stage, before))).toBe('VALID');
  });

  it('stay as they were where a change leaves them out; days go with their window', async () => {
    const { venueId } = stage;
    const set = (changes: object) => setVenueDefaults(stage.env, stage.staff, { venueId, ...changes });
    await set({ cap: 20, redemptionWindow: 'DAYS_BEFORE', windowDays: 3, oncePerProduction: true });
    await set({ cap: 15 });
    expect(await venueDefaults(stage.env, stage.staff, venueId)).toEqual({
      cap: 15,
      redemptionWindow: 'DAYS_BEFORE',
      windowDays: 3,
      oncePerProduction: true,
      ticketBasis: null,
      cancelUntilMinutes: null,
    });
    await Promise.all([
      set({ redemptionWindow: 'SAME_DAY' }),
      set({ ticketBasis: 'CAPACITY' }),
      set({ cap: null }),
    ]);
    expect(await venueDefaults(stage.env, stage.staff, venueId)).toMatchObject({
      cap: null,
      redemptionWindow: 'SAME_DAY',
      windowDays: null,
      ticketBasis: 'CAPACITY',
    });
    await expect(set({ windowDays: 3 })).rejects.toEqual(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('reach what its staff creates: cap, window and once per production, unless it says otherwise', async () => {
    const { env, staff, venueId } = stage;
    await setVenueDefaults(env, staff, {
      venueId,
      cap: 12,
      redemptionWindow: 'SAME_DAY',
      oncePerProduction: true,
    });
    const performance = {
      startsAt: '2026-11-29T16:00:00.000Z',
      endsAt: '2026-11-29T18:00:00.000Z',
      tickets: 100,
      ticketBasis: null,
      cap: null,
    };
    const dates = { performances: [performance, { ...performance, cap: 30 }], recurring: null };
    const create = (oncePerProduction: boolean | null) =>
      createOffering(env, staff, {
        venueId,
        requestId: newId(),
        kind: 'PRODUCTION',
        title: { fi: 'Näytelmä', sv: 'Pjäs', en: 'Play' },
        description: null,
        genreIds: [],
        oncePerProduction,
        facts: { ageFrom: null, ageTo: null, languages: [], images: [], terms: noTerms },
        dates,
        courseCap: null,
        publish: true,
      });
    const made = await create(null);
    expect([made.oncePerProduction, (await create(false)).oncePerProduction]).toEqual([true, false]);
    const more = await addPerformances(env, staff, { offeringId: made.id, requestId: newId(), dates });
    expect(new Set(await Promise.all(more.map(({ id }) => capOf(id))))).toEqual(new Set([12, 30]));
    expect(more.map(({ redemptionWindow }) => redemptionWindow)).toEqual(['SAME_DAY', 'SAME_DAY']);
  });

  it('do not go under a floor that is in force', async () => {
    const floor = {
      id: newId(),
      key: 'cap.floor_pct',
      scope: 'NATION',
      scopeId: null,
      scopeName: null,
      value: '3',
      statement: 'as printed',
      validFrom: null,
      validTo: null,
      source: 'document',
    };
    await setVenueDefaults(stage.env, stage.staff, { venueId: stage.venueId, cap: 20 });
    const caps: unknown[] = [];
    for (const status of ['DRAFT', 'IN_FORCE']) {
      await stage.database.write((trx) => saveRule(trx, { ...floor, status }));
      caps.push(await capOf(await bare()));
    }
    expect(caps).toEqual([20, 21]);
  });

  it('a cap is suggested from its own past, with the turn-aways; strangers are told nothing', async () => {
    const ids: string[] = [];
    for (let evening = 0; evening < 5; evening++) ids.push(await onStage(stage, { cap: 2 }));
    await onStage(stage, { cap: 50 }, { venueId: stage.otherVenueId });
    for (const id of ids) for (let guest = 0; guest < 3; guest++) await atDoor(stage, id);
    const ask = (tickets: number | null, viewer = stage.staff) =>
      capSuggestion(stage.env, viewer, stage.venueId, tickets);
    expect(await ask(null)).toMatchObject({ cap: null, performances: 0 });
    stage.clock.advance(86_400_000);
    expect(await ask(null)).toMatchObject({ cap: 3, performances: 5, explanation: { en: containing('3') } });
    expect(await ask(300)).toMatchObject({ cap: 9, floor: 9 });
    expect(await ask(300, stage.otherStaff)).toBeNull();
    expect(await venueDefaults(stage.env, { role: 'NATIONAL' }, stage.venueId)).toBeNull();
    await expect(
      setVenueDefaults(stage.env, stage.otherStaff, { venueId: stage.venueId, cap: 1 }),
    ).rejects.toEqual(expect.objectContaining({ code: 'FORBIDDEN' }));
    stage.clock.advance(366 * 86_400_000);
    expect(await ask(null)).toMatchObject({ performances: 0 });
  });
});
