import { addDays, localDate, localDateTime } from '../../platform/clock.ts';
import type { Text } from '../../platform/text.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import { checkText, isTime } from './check-values.ts';
import { problem, type Problem } from './problem.ts';

/** As in ISO-8601: 1 is Monday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Open on this weekday from `opens` to `closes`, Helsinki time; '24:00' is the end of the day. */
export interface OpeningHours {
  readonly weekday: Weekday;
  readonly opens: string;
  readonly closes: string;
}

/** A day that is unlike its weekday; both times null: closed. */
export interface OpeningException {
  readonly date: LocalDate;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly note: Text | null;
}

/** Where one comes in without booking. */
export interface Opening {
  readonly hours: readonly OpeningHours[];
  readonly exceptions: readonly OpeningException[];
}

export interface OpenTime {
  readonly opensAt: IsoInstant;
  readonly closesAt: IsoInstant;
}

const mostHours = 28;
const mostExceptions = 200;
const longestNote = 300;

export function weekdayOf(date: LocalDate): Weekday {
  return (((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1) as Weekday;
}

/** When it is open on a day: an exception goes before the weekday. Empty: closed. */
export function openTimesOn({ hours, exceptions }: Opening, date: LocalDate): OpenTime[] {
  const special = exceptions.filter((each) => each.date === date);
  const times = special.length > 0 ? special : hours.filter(({ weekday }) => weekday === weekdayOf(date));
  return times
    .flatMap(({ opens, closes }) =>
      opens === null || closes === null
        ? []
        : [{ opensAt: momentOf(date, opens), closesAt: momentOf(date, closes) }],
    )
    .sort((a, b) => (a.opensAt < b.opensAt ? -1 : 1));
}

/** Whether one may come in at this moment. */
export function isOpenAt(opening: Opening, at: IsoInstant): boolean {
  return openTimesOn(opening, localDate(at)).some(({ opensAt, closesAt }) => opensAt <= at && at < closesAt);
}

/** The moment at which a Helsinki clock shows this; '24:00' is the midnight after. */
export function momentOf(date: LocalDate, time: string): IsoInstant {
  return time === '24:00' ? localDateTime(addDays(date, 1), '00:00') : localDateTime(date, time);
}

/** Times that are times, in order, and no two that overlap on one day. */
export function checkOpening({ hours, exceptions }: Opening): Problem[] {
  if (hours.length > mostHours) return [problem('TOO_MANY', 'openingHours', { most: mostHours })];
  if (exceptions.length > mostExceptions) {
    return [problem('TOO_MANY', 'openingExceptions', { most: mostExceptions })];
  }
  const wrong = [
    ...hours.flatMap((each, index) => [
      ...(Number.isInteger(each.weekday) && each.weekday >= 1 && each.weekday <= 7
        ? []
        : [problem('OUT_OF_RANGE', `openingHours[${index}].weekday`, { least: 1, most: 7 })]),
      ...checkTimes(each.opens, each.closes, `openingHours[${index}]`),
    ]),
    ...exceptions.flatMap((each, index) => {
      const field = `openingExceptions[${index}]`;
      const note = checkText(each.note, `${field}.note`, longestNote);
      if (each.opens === null && each.closes === null) return note;
      if (each.opens === null || each.closes === null) return [problem('MISSING', field), ...note];
      return [...checkTimes(each.opens, each.closes, field), ...note];
    }),
  ];
  if (wrong.length > 0) return wrong;
  return [
    ...overlaps(hours, ({ weekday }) => String(weekday), 'openingHours'),
    ...overlaps(exceptions, ({ date }) => date, 'openingExceptions'),
  ];
}

function checkTimes(opens: string, closes: string, field: string): Problem[] {
  if (!isTime(opens)) return [problem('NOT_A_TIME', `${field}.opens`)];
  if (!isTime(closes)) return [problem('NOT_A_TIME', `${field}.closes`)];
  return opens < closes ? [] : [problem('ENDS_BEFORE_START', field)];
}

type Times = Pick<OpeningException, 'opens' | 'closes'>;

function overlaps<Each extends Times>(
  all: readonly Each[],
  dayOf: (each: Each) => string,
  field: string,
): Problem[] {
  const meet = (a: Each, b: Each): boolean =>
    dayOf(a) === dayOf(b) &&
    (a.opens === null || b.opens === null || (a.opens < (b.closes ?? '') && b.opens < (a.closes ?? '')));
  return all.flatMap((each, index) =>
    all.slice(0, index).some((earlier) => meet(earlier, each))
      ? [problem('OVERLAPPING_HOURS', `${field}[${index}]`)]
      : [],
  );
}
