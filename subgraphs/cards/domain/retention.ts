import { localDate } from '../../platform/clock.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import { traceMs } from './account.ts';
import { revocationKeptDays } from './phone.ts';

/** How long after its last day a card still leads to its holder, in months: until then it can be renewed. */
export const linkedMonths = 12;
/** How long an idempotency key is remembered, in days. */
const requestDays = 30;
/** How long wrong codes are remembered, in days: longer than any window in which they are counted. */
const attemptDays = 2;
/** How many calendar years a first wellbeing answer waits for renewals to be compared with. */
const firstAnswerYears = 5;

/** What the nightly job may do away with at a moment. */
export interface Due {
  /** Cards whose last day was before this one. */
  readonly lastDayBefore: LocalDate;
  /** One-time codes that stopped working before this moment, and accounts that waited for confirmation since before it. */
  readonly traceBefore: IsoInstant;
  /** Mail that was worth sending only until before this moment. */
  readonly now: IsoInstant;
  /** Counted misses whose counting began before this moment and that lock nobody. */
  readonly attemptsBefore: IsoInstant;
  readonly requestsBefore: IsoInstant;
  /** Phones revoked before this moment: every device has heard of it, or asks for the whole list. */
  readonly revokedBefore: IsoInstant;
  readonly firstAnswersBeforeYear: number;
}

export function dueAt(now: Date): Due {
  const today = localDate(now);
  return {
    lastDayBefore: yearEarlier(today),
    traceBefore: new Date(now.getTime() - traceMs).toISOString(),
    now: now.toISOString(),
    attemptsBefore: new Date(now.getTime() - attemptDays * 86_400_000).toISOString(),
    requestsBefore: new Date(now.getTime() - requestDays * 86_400_000).toISOString(),
    revokedBefore: new Date(now.getTime() - revocationKeptDays * 86_400_000).toISOString(),
    firstAnswersBeforeYear: Number(today.slice(0, 4)) - firstAnswerYears,
  };
}

/** The same day twelve months earlier; of 29 February the 28th. */
function yearEarlier(day: LocalDate): LocalDate {
  const earlier = `${String(Number(day.slice(0, 4)) - linkedMonths / 12).padStart(4, '0')}${day.slice(4)}`;
  return earlier.endsWith('-02-29') ? earlier.replace('-02-29', '-02-28') : earlier;
}

/**
 * How much of the read log is recomputed in the night of a Helsinki day: once a week all of it, else what came since the
 * last night that found it whole. A change far back is noticed within a week.
 */
export function readLogExtent(day: LocalDate): 'ALL' | 'SINCE_NOTED' {
  const isSunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
  return isSunday ? 'ALL' : 'SINCE_NOTED';
}
