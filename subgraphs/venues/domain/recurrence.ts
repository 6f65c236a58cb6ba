import { addDays } from '../../platform/clock.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import { daysBetween, isTime } from './check-values.ts';
import { momentOf, weekdayOf } from './opening-hours.ts';
import { problem, type Problem } from './problem.ts';

/** Weekly on these weekdays at these times, from one date to another, except on some dates; Helsinki time. */
export interface Recurrence {
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly times: readonly { readonly starts: string; readonly ends: string }[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly except: readonly LocalDate[];
}

export interface Span {
  readonly startsAt: IsoInstant;
  readonly endsAt: IsoInstant;
}

/** The most performances that one call makes. */
export const mostPerformances = 500;
const longestDays = 732;
const mostTimes = 20;

/** The dates of the rule, by their start. An end that is not after its start is on the next day. */
export function expand({ weekdays, times, from, to, except }: Recurrence): Span[] {
  const left = new Set(except);
  const spans: Span[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (left.has(date) || !weekdays.includes(weekdayOf(date))) continue;
    for (const { starts, ends } of times) {
      spans.push({
        startsAt: momentOf(date, starts),
        endsAt: momentOf(ends > starts ? date : addDays(date, 1), ends),
      });
    }
  }
  return spans.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

/** A rule that gives at least one performance, and not more than one call may make. */
export function checkRecurrence(rule: Recurrence): Problem[] {
  const { weekdays, times, from, to } = rule;
  if (weekdays.length === 0) return [problem('MISSING', 'recurring.weekdays')];
  if (weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
    return [problem('OUT_OF_RANGE', 'recurring.weekdays', { least: 1, most: 7 })];
  }
  if (times.length === 0) return [problem('MISSING', 'recurring.times')];
  if (times.length > mostTimes) return [problem('TOO_MANY', 'recurring.times', { most: mostTimes })];
  if (times.some(({ starts, ends }) => !isTime(starts) || starts === '24:00' || !isTime(ends))) {
    return [problem('NOT_A_TIME', 'recurring.times')];
  }
  if (to < from) return [problem('ENDS_BEFORE_START', 'recurring.to')];
  if (daysBetween(from, to) > longestDays) {
    return [problem('TOO_FAR_AWAY', 'recurring.to', { days: longestDays })];
  }
  const count = expand(rule).length;
  if (count === 0) return [problem('NOTHING_IN_RULE', 'recurring')];
  return count > mostPerformances
    ? [problem('TOO_MANY', 'recurring', { most: mostPerformances, is: count })]
    : [];
}
