import { doNight, startNightShift as startShift } from '../../platform/nightly.ts';
import type { Repeated } from '../../platform/repeated.ts';
import { readLogExtent } from '../domain/retention.ts';
import { chainReadLog } from '../store/read-log.ts';
import { claimNight, isNightDone, releaseNight, saveNight } from '../store/retention-runs.ts';
import { runRetention } from './retention.ts';
import type { CardsServices } from './services.ts';

/** The nightly job when it is due and nobody has done it: also in the morning, when nothing ran at night. */
export async function doNightWork(services: CardsServices): Promise<boolean> {
  const { database, clock, logger } = services;
  const report = await doNight(clock, {
    isDone: (day) => isNightDone(database, day, clock.now().toISOString()),
    claim: (day, at) => claimNight(database, day, at),
    work: (day) => runRetention(services, false, readLogExtent(day)),
    save: (day, at, done) => saveNight(database, day, at, done),
    release: (day) => releaseNight(database, day),
  });
  if (report === null) return false;
  logger.info({ retention: report.counts, readLog: report.readLog }, 'the nightly job is done');
  if (report.readLog.brokenAt !== null) {
    logger.error({ position: report.readLog.brokenAt }, 'the read log is not what was chained');
  }
  return true;
}

/** Once a minute: chains the read log, and asks whether the night's work is due. Several processes may do so at once. */
export function startNightShift(services: CardsServices): Repeated {
  return startShift(
    async () => {
      await chainReadLog(services.database);
      await doNightWork(services);
    },
    (error) => services.logger.error({ err: error }, 'the night work will be tried again'),
  );
}
