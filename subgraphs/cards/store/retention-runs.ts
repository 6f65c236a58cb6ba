import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { CardsDatabase } from './database.ts';

/** Claims the night of a day. False: another process has done it, or is at it. */
export async function claimNight(database: CardsDatabase, day: LocalDate, at: IsoInstant): Promise<boolean> {
  return database.write(async (trx) => {
    const claimed = await trx
      .insertInto('retention_run')
      .values({ day, started_at: at, finished_at: null, report: '{}' })
      .onConflict((conflict) => conflict.column('day').doNothing())
      .returning('day')
      .executeTakeFirst();
    return claimed !== undefined;
  });
}

export async function isNightDone(database: CardsDatabase, day: LocalDate): Promise<boolean> {
  const row = await database.reader
    .selectFrom('retention_run')
    .select('day')
    .where('day', '=', day)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveNight(
  database: CardsDatabase,
  day: LocalDate,
  at: IsoInstant,
  report: object,
): Promise<void> {
  await database.write((trx) =>
    trx
      .updateTable('retention_run')
      .set({ finished_at: at, report: JSON.stringify(report) })
      .where('day', '=', day)
      .execute(),
  );
}

/** Gives a night back, so that it is tried again: it failed. */
export async function releaseNight(database: CardsDatabase, day: LocalDate): Promise<void> {
  await database.write((trx) => trx.deleteFrom('retention_run').where('day', '=', day).execute());
}
