import { abandonedBefore, isTaken } from '../../platform/nightly.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { CardsDatabase, CardsReader } from './database.ts';
import type { ChainHead } from './read-log.ts';

/** Claims the night of a day, also one that was broken off. False: another process has done it, or is at it. */
export async function claimNight(database: CardsDatabase, day: LocalDate, at: IsoInstant): Promise<boolean> {
  return database.write(async (trx) => {
    const claimed = await trx
      .insertInto('retention_run')
      .values({ day, started_at: at, finished_at: null, report: '{}' })
      .onConflict((conflict) =>
        conflict
          .column('day')
          .doUpdateSet({ started_at: at })
          .where('retention_run.finished_at', 'is', null)
          .where('retention_run.started_at', '<=', abandonedBefore(at)),
      )
      .returning('day')
      .executeTakeFirst();
    return claimed !== undefined;
  });
}

/** Whether a night was done, or somebody is at it. */
export async function isNightDone(
  database: CardsDatabase,
  day: LocalDate,
  now: IsoInstant,
): Promise<boolean> {
  const row = await database.reader
    .selectFrom('retention_run')
    .select(['started_at', 'finished_at'])
    .where('day', '=', day)
    .executeTakeFirst();
  return isTaken(row, now);
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

/** How many nights back a whole read log is looked for. */
const nightsBack = 31;

/** The head of the read log as the last night found it that found it whole; null: there is none. */
export async function findNotedHead(db: CardsReader): Promise<ChainHead | null> {
  const nights = await db
    .selectFrom('retention_run')
    .select('report')
    .where('finished_at', 'is not', null)
    .orderBy('day', 'desc')
    .limit(nightsBack)
    .execute();
  for (const { report } of nights) {
    const { readLog } = JSON.parse(report) as { readLog?: { head: ChainHead; brokenAt: number | null } };
    if (readLog?.brokenAt === null) return readLog.head;
  }
  return null;
}
