import { localDate, localDateTime, type Clock } from './clock.ts';
import { repeat, type Repeated } from './repeated.ts';
import type { IsoInstant, LocalDate, Millis } from './units.ts';

/** Helsinki time: cards are not used, and the statistics of the day are closed. */
const nightly = '03:30';

/** The Helsinki day whose night is due at this moment; null: before half past three. */
export function nightDueAt(now: Date): LocalDate | null {
  const today = localDate(now);
  return now.toISOString() >= localDateTime(today, nightly) ? today : null;
}

const abandonedMs: Millis = 6 * 3_600_000;

/** Whoever claimed a night at or before this moment and has not finished it has died: another process may do it. */
export function abandonedBefore(now: IsoInstant): IsoInstant {
  return new Date(Date.parse(now) - abandonedMs).toISOString();
}

/** Whether a night was done, or somebody is at it. Undefined: nobody has claimed it. */
export function isTaken(
  run: { readonly started_at: IsoInstant; readonly finished_at: IsoInstant | null } | undefined,
  now: IsoInstant,
): boolean {
  return run !== undefined && (run.finished_at !== null || run.started_at > abandonedBefore(now));
}

/** A job of the night, and where it is written down that it was done. */
export interface NightJob<Report> {
  isDone(day: LocalDate): Promise<boolean>;
  /** False: another process has done it, or is at it. */
  claim(day: LocalDate, at: IsoInstant): Promise<boolean>;
  work(day: LocalDate): Promise<Report>;
  save(day: LocalDate, at: IsoInstant, report: Report): Promise<void>;
  /** Gives the night back, so that it is tried again: it failed. */
  release(day: LocalDate): Promise<void>;
}

/** Does the job when it is due and nobody has done it: also in the morning, when nothing ran at night. Null: it was not. */
export async function doNight<Report>(clock: Clock, job: NightJob<Report>): Promise<Report | null> {
  const now = clock.now();
  const day = nightDueAt(now);
  if (day === null || (await job.isDone(day))) return null;
  if (!(await job.claim(day, now.toISOString()))) return null;
  try {
    const report = await job.work(day);
    await job.save(day, clock.now().toISOString(), report);
    return report;
  } catch (error) {
    await job.release(day);
    throw error;
  }
}

const everyMs: Millis = 60_000;

/** Asks once a minute, one at a time, whether there is work. `failed` is told of what was thrown; it is tried again. */
export function startNightShift(
  look: () => Promise<unknown>,
  failed: (error: unknown) => void,
  intervalMs: Millis = everyMs,
): Repeated {
  return repeat({ everyMs: intervalMs, work: look, failed });
}
