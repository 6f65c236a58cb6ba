import { describe, expect, test } from 'vitest';
import { doNightWork } from '../../subgraphs/cards/service/nightly.ts';
import { readerKind } from '../../subgraphs/cards/domain/reading.ts';
import { readLogExtent } from '../../subgraphs/cards/domain/retention.ts';
import type { RetentionReport } from '../../subgraphs/cards/service/retention.ts';
import { logReads } from '../../subgraphs/cards/store/read-log.ts';
import { engines } from '../support/databases.ts';
import { openTestCards, type TestCards } from './card-support.ts';

async function look({ services, clock }: TestCards, times: number): Promise<void> {
  const reading = {
    cardId: 'card',
    actorRole: 'NATIONAL',
    organisationId: null,
    purpose: 'CARD_OPENED',
    fields: ['children'],
    requestId: 'r',
    at: clock.now().toISOString(),
  } as const;
  await services.database.write((trx) =>
    logReads(
      trx,
      Array.from({ length: times }, () => reading),
    ),
  );
}

/** Works in the night of this day, and says what its report says of the read log. */
async function night(cards: TestCards, day: string): Promise<RetentionReport['readLog']> {
  cards.clock.set(`${day}T02:00:00.000Z`);
  expect(await doNightWork(cards.services)).toBe(true);
  const { report } = await cards.services.database.reader
    .selectFrom('retention_run')
    .select('report')
    .where('day', '=', day)
    .executeTakeFirstOrThrow();
  return (JSON.parse(report) as RetentionReport).readLog;
}

async function change({ services }: TestCards, position: number): Promise<void> {
  await services.database.write((trx) =>
    trx.updateTable('read_log').set({ at: 'then' }).where('position', '=', position).execute(),
  );
}

describe.each(engines)('a night that was broken off on $name', ({ location }) => {
  test('is taken over after six hours, and not before', async () => {
    await using cards = await openTestCards(await location());
    const { services, clock } = cards;
    clock.set('2026-11-24T02:00:00.000Z');
    // As a process leaves it that was killed at its work.
    const row = {
      day: '2026-11-24',
      started_at: '2026-11-24T02:00:00.000Z',
      finished_at: null,
      report: '{}',
    };
    await services.database.write((trx) => trx.insertInto('retention_run').values(row).execute());
    clock.set('2026-11-24T07:59:59.999Z');
    expect(await doNightWork(services)).toBe(false);
    clock.set('2026-11-24T08:00:00.000Z');
    expect(await doNightWork(services)).toBe(true);
    expect(await doNightWork(services)).toBe(false);
  });
});

describe.each(engines)('the read log at night on $name', ({ location }) => {
  test('a night recomputes what came since the last one, and on Sundays everything', async () => {
    await using cards = await openTestCards(await location());
    await look(cards, 3);
    expect(await night(cards, '2026-11-23')).toMatchObject({ verifiedFrom: 0, chained: 3, brokenAt: null });
    await look(cards, 2);
    expect(await night(cards, '2026-11-24')).toMatchObject({
      verifiedFrom: 3,
      head: { position: 5 },
      brokenAt: null,
    });
    await change(cards, 2);
    expect(await night(cards, '2026-11-25')).toMatchObject({ verifiedFrom: 5, brokenAt: null });
    expect(await night(cards, '2026-11-29')).toMatchObject({ verifiedFrom: 0, brokenAt: 2 });
    expect(readLogExtent('2026-11-29')).toBe('ALL');
    expect(readLogExtent('2026-11-30')).toBe('SINCE_NOTED');
  });

  test('a break is told every night again, and a head that was cut off too', async () => {
    await using cards = await openTestCards(await location());
    await look(cards, 3);
    await night(cards, '2026-11-23');
    await look(cards, 3);
    await cards.services.database.write((trx) =>
      trx.deleteFrom('read_log').where('position', '=', 3).execute(),
    );
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-29'])
      expect((await night(cards, day)).brokenAt).toBe(3);
  });
});

test('every role that can have looked at a card is told as a kind of organisation', () => {
  expect(readerKind('ISSUER_STAFF')).toBe('ISSUER');
  expect(readerKind('COORDINATOR')).toBe('NETWORK');
  expect(readerKind('NATIONAL')).toBe('NATIONAL');
  expect(readerKind('DISPLAY')).toBe('VENUE');
  expect(readerKind('SYSTEM')).toBe('SERVICE');
});
