import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { auditLedgers } from '../../../subgraphs/venues/service/ledger-audit.ts';
import { verifyEverything } from '../../../subgraphs/venues/service/verify-everything.ts';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { atDoor, onStage, openStage } from '../../store/venues/stage.ts';
import { engines } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const audit =
  'query ($day: Date) { ledgerAudit(day: $day) { day at performances entries faults head found { kind id code facts { name value } } } }';
const anyone: Viewer = { role: 'ANONYMOUS' };
const night = '2026-11-23T02:00:00.000Z';

interface Seen {
  readonly ledgerAudit: Readonly<Record<string, unknown>> | null;
}

describe.each(engines)('the nightly recount of the ledgers on $name', (engine) => {
  const desk = useDesk(engine);
  const run = () => auditLedgers(desk.stage.env, desk.stage.options.logger);
  const seen = async (viewer: Viewer = anyone, day: string | null = null) =>
    (await ask<Seen>(desk.subgraph, audit, { day }, viewer)).data.ledgerAudit;
  /** Says that one more was used than was; gives the way back. */
  const falsify = async (performanceId: string): Promise<() => Promise<void>> => {
    const set = (by: number) => () =>
      desk.stage.database.write(async (trx) => {
        await trx
          .updateTable('ledger')
          .set((eb) => ({ used: eb('used', '+', by) }))
          .where('performance_id', '=', performanceId)
          .where('sequence', '=', 2)
          .execute();
      });
    await set(1)();
    return set(-1);
  };

  it('is told to everybody, with one hash for all ledgers; before the first night there is none', async () => {
    const performanceId = await onStage(desk.stage);
    await atDoor(desk.stage, performanceId);
    expect(await seen()).toBeNull();
    desk.stage.clock.set(night);
    expect(await run()).toBe(true);
    const { head } = await verifyEverything(desk.stage.database);
    expect(await seen()).toEqual({
      day: '2026-11-23',
      at: night,
      performances: 1,
      entries: 2,
      faults: 0,
      head,
      found: null,
    });
    expect(head).toMatch(/^[0-9a-f]{64}$/u);
    expect(JSON.stringify(await seen())).not.toContain(performanceId);
  });

  it('another entry is another hash', async () => {
    const performanceId = await onStage(desk.stage);
    const before = await verifyEverything(desk.stage.database);
    await atDoor(desk.stage, performanceId);
    expect((await verifyEverything(desk.stage.database)).head).not.toBe(before.head);
  });

  it('is done once a night, whoever comes first, and made up for by day', async () => {
    const [here, there] = [desk.stage.env, (await openStage(engine)).env];
    const { logger } = desk.stage.options;
    desk.stage.clock.set('2026-11-23T01:29:59.000Z');
    expect(await run()).toBe(false);
    desk.stage.clock.set('2026-11-23T01:30:00.000Z');
    const both = await Promise.all([auditLedgers(here, logger), auditLedgers(there, logger)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await run()).toBe(false);
    desk.stage.clock.set('2026-11-24T12:00:00.000Z');
    expect(await run()).toBe(true);
    expect(await seen()).toMatchObject({ day: '2026-11-24' });
    expect(await seen(anyone, '2026-11-23')).toMatchObject({ day: '2026-11-23' });
    expect(await seen(anyone, '2026-11-22')).toBeNull();
  });

  it('a night whose process died is done by another after six hours', async () => {
    desk.stage.clock.set(night);
    const { reader } = desk.stage.database;
    await desk.stage.database.write((trx) =>
      trx
        .insertInto('ledger_audit')
        .values({
          day: '2026-11-23',
          started_at: night,
          finished_at: null,
          performances: 0,
          entries: 0,
          faults: 0,
          head: null,
        })
        .execute(),
    );
    desk.stage.clock.set('2026-11-23T07:59:59.000Z');
    expect(await run()).toBe(false);
    expect(await seen()).toBeNull();
    desk.stage.clock.set('2026-11-23T08:00:00.000Z');
    expect(await run()).toBe(true);
    const rows = await reader.selectFrom('ledger_audit').select('finished_at').execute();
    expect(rows).toEqual([{ finished_at: '2026-11-23T08:00:00.000Z' }]);
  });

  it('everybody learns how many faults there are; which ones, only the venue and the national centre', async () => {
    const performanceId = await onStage(desk.stage);
    await atDoor(desk.stage, performanceId);
    const mend = await falsify(performanceId);
    desk.stage.clock.set(night);
    await run();
    await mend();
    const codes = ['ENTRY_CHANGED', 'USED_WRONG', 'COUNTER_DIFFERS'];
    const found = codes.map((code) => ({ kind: 'PERFORMANCE', id: performanceId, code }));
    expect(await seen()).toMatchObject({ faults: expect.any(Number) as unknown, found: null });
    expect(((await seen())?.['faults'] as number) >= 3).toBe(true);
    for (const viewer of [desk.stage.staff, { role: 'NATIONAL' }] as const) {
      expect((await seen(viewer))?.['found']).toEqual(
        expect.arrayContaining(found.map((each) => expect.objectContaining(each) as unknown)),
      );
    }
    expect((await seen(desk.stage.otherStaff))?.['found']).toEqual([]);
    expect((await seen({ role: 'HOLDER', cardId: newId() }))?.['found']).toBeNull();
  });

  it('one performance, one venue or everything is recounted; an id that is not there is NOT_FOUND', async () => {
    const first = await onStage(desk.stage);
    const second = await onStage(desk.stage, {}, { venueId: desk.stage.otherVenueId });
    await atDoor(desk.stage, first);
    const { database, venueId, otherVenueId } = desk.stage;
    expect(await verifyEverything(database)).toMatchObject({ performances: 2, entries: 3, faults: [] });
    expect(await verifyEverything(database, { performanceId: first })).toMatchObject({
      performances: 1,
      entries: 2,
    });
    expect(await verifyEverything(database, { venueId: otherVenueId })).toMatchObject({
      performances: 1,
      entries: 1,
    });
    const mend = await falsify(first);
    expect((await verifyEverything(database, { performanceId: second })).faults).toEqual([]);
    expect((await verifyEverything(database, { venueId: otherVenueId })).faults).toEqual([]);
    const { faults } = await verifyEverything(database, { venueId });
    expect(faults[0]).toMatchObject({ kind: 'PERFORMANCE', subjectId: first, venueId });
    await mend();
    for (const part of [{ performanceId: newId() }, { venueId: newId() }]) {
      await expect(verifyEverything(database, part)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
