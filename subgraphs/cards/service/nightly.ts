import type { Millis } from '../../platform/units.ts';
import { nightDueAt } from '../domain/retention.ts';
import { chainReadLog } from '../store/read-log.ts';
import { claimNight, isNightDone, releaseNight, saveNight } from '../store/retention-runs.ts';
import { runRetention } from './retention.ts';
import type { CardsServices } from './services.ts';

/** The nightly job when it is due and nobody has done it: also in the morning, when nothing ran at night. */
export async function doNightWork(services: CardsServices): Promise<boolean> {
  const { database, clock, logger } = services;
  const now = clock.now();
  const day = nightDueAt(now);
  if (day === null || (await isNightDone(database, day))) return false;
  if (!(await claimNight(database, day, now.toISOString()))) return false;
  try {
    const report = await runRetention(services, false);
    await saveNight(database, day, clock.now().toISOString(), report);
    logger.info({ retention: report.counts, readLog: report.readLog }, 'the nightly job is done');
    if (report.readLog.brokenAt !== null) {
      logger.error({ position: report.readLog.brokenAt }, 'the read log is not what was chained');
    }
    return true;
  } catch (error) {
    await releaseNight(database, day);
    throw error;
  }
}

const everyMs: Millis = 60_000;

export interface NightShift {
  /** Resolves when what is under way is finished. */
  stop(): Promise<void>;
}

/** Once a minute: chains the read log, and asks whether the night's work is due. Several processes may do so at once. */
export function startNightShift(services: CardsServices): NightShift {
  let working: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    try {
      await chainReadLog(services.database);
      await doNightWork(services);
    } catch (error) {
      services.logger.error({ err: error }, 'the night work will be tried again');
    } finally {
      working = undefined;
    }
  };
  const timer = setInterval(() => {
    working ??= work();
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
