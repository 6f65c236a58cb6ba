import type { Language } from './i18n/language.ts';
import { locales } from './i18n/language.ts';

/** Every screen tells the time of the venues, whatever the device believes. */
const timeZone = 'Europe/Helsinki';

export interface WallClock {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const digits = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** What a clock on the wall in Finland shows. Parsed from digits: televisions before 2017 have no formatToParts. */
export function wallClock(at: Date): WallClock {
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0] = (digits.format(at).match(/\d+/g) ?? []).map(
    Number,
  );
  return { year, month, day, hour: hour % 24, minute };
}

/** Local day as `2026-11-22`: equal strings are the same day. */
export function localDay(at: Date): string {
  const { year, month, day } = wallClock(at);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `18.30` in Finnish and Swedish, `18:30` in English. */
export function clockTime(at: Date, language: Language): string {
  const { hour, minute } = wallClock(at);
  return `${two(hour)}${language === 'en' ? ':' : '.'}${two(minute)}`;
}

/** Weekday, day and month: `sunnuntai 22. marraskuuta`. */
export function longDate(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
}

/** Short weekday, day and month, for lists: `su 22.11.` */
export function shortDate(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: language === 'fi' ? 'numeric' : 'short',
  }).format(at);
}

/** The instant at which the local day of `at` began. */
export function startOfDay(at: Date): Date {
  const { year, month, day } = wallClock(at);
  const midnight = Date.UTC(year, month - 1, day);
  // The offset is taken at midnight itself, so that the nights of the clock change come out right.
  return new Date(midnight - offsetMs(new Date(midnight - offsetMs(at))));
}

const almostDayMs = 23 * 3_600_000;

/** Open from local midnight for a whole day or longer: no clock time is worth telling. The shortest day of the year has 23 hours. */
export function isAllDay(start: Date, end: Date | null): boolean {
  const { hour, minute } = wallClock(start);
  return hour === 0 && minute === 0 && end !== null && end.getTime() - start.getTime() >= almostDayMs;
}

/** By local day; within a day what has a clock time first, then what is open all day. */
export function compareTimes(a: Span, b: Span): number {
  const [dayA, dayB] = [localDay(a.start), localDay(b.start)];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  const allDay = Number(isAllDay(a.start, a.end)) - Number(isAllDay(b.start, b.end));
  return allDay === 0 ? a.start.getTime() - b.start.getTime() : allDay;
}

export interface Span {
  readonly start: Date;
  readonly end: Date | null;
}

/** When a performance starts and ends, as dates. */
export function spanOf({
  startsAt,
  endsAt,
}: {
  readonly startsAt: string;
  readonly endsAt: string | null;
}): Span {
  return { start: new Date(startsAt), end: endsAt === null ? null : new Date(endsAt) };
}

function offsetMs(at: Date): number {
  const { year, month, day, hour, minute } = wallClock(at);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at.getTime() / 60_000) * 60_000;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
