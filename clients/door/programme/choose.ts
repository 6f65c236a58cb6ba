import type { PerformanceSummary } from '../../shared/operations/performances.ts';
import { compareTimes, localDay, spanOf } from '../../shared/time.ts';

export interface ProgrammeGroups {
  readonly today: readonly PerformanceSummary[];
  readonly later: readonly PerformanceSummary[];
  /** Over already, but its tickets may still have to be written down. */
  readonly earlier: readonly PerformanceSummary[];
}

/** A venue's performances as the door needs them: what is on or still comes today first. */
export function groupProgramme(all: readonly PerformanceSummary[], now: Date): ProgrammeGroups {
  const sorted = [...all].sort((a, b) => compareTimes(spanOf(a), spanOf(b)));
  const today: PerformanceSummary[] = [];
  const later: PerformanceSummary[] = [];
  const earlier: PerformanceSummary[] = [];
  for (const one of sorted) {
    if (one.endsAt !== null && Date.parse(one.endsAt) <= now.getTime()) earlier.push(one);
    else if (Date.parse(one.startsAt) <= now.getTime() || localDay(new Date(one.startsAt)) === localDay(now))
      today.push(one);
    else later.push(one);
  }
  return { today, later, earlier };
}

/** The performance most people at the door come for: the one going on or next, not cancelled, and rather one with a clock time. */
export function likelyPerformance({
  today,
  later,
  earlier,
}: ProgrammeGroups): PerformanceSummary | undefined {
  const open = [...today, ...later].filter(({ status }) => status === 'SCHEDULED');
  return open[0] ?? today[0] ?? later[0] ?? earlier[earlier.length - 1];
}
