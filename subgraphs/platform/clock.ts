import type { IsoInstant, LocalDate, Millis } from './units.ts';

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface FixedClock extends Clock {
  set(at: IsoInstant): void;
  advance(by: Millis): void;
}

/** A clock for tests: stands still until told otherwise. */
export function fixedClock(at: IsoInstant): FixedClock {
  let now = new Date(at);
  return {
    now: () => new Date(now),
    set: (next) => {
      now = new Date(next);
    },
    advance: (by) => {
      now = new Date(now.getTime() + by);
    },
  };
}

/** Every local date and time of the service is in this zone, whatever the machine or the browser says. */
export const timeZone = 'Europe/Helsinki';

const wallClock = new Intl.DateTimeFormat('en-CA', {
  timeZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function wallParts(at: Date): { date: LocalDate; utcOfWall: Millis } {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of wallClock.formatToParts(at)) part[type] = value;
  const date = `${part.year}-${part.month}-${part.day}`;
  return { date, utcOfWall: Date.parse(`${date}T${part.hour}:${part.minute}:${part.second}Z`) };
}

const hourMs: Millis = 3_600_000;
/** Days by the hour since 1970: Helsinki is whole hours from UTC, so no hour has two days. */
const daysByHour = new Map<number, LocalDate>();
const maxHours = 10_000;

/** The Helsinki calendar day of a moment, from 1921 on. */
export function localDate(at: Date | IsoInstant): LocalDate {
  const millis = typeof at === 'string' ? Date.parse(at) : at.getTime();
  const hour = Math.floor(millis / hourMs);
  let day = daysByHour.get(hour);
  if (day === undefined) {
    day = wallParts(new Date(millis)).date;
    if (daysByHour.size >= maxHours) daysByHour.clear();
    daysByHour.set(hour, day);
  }
  return day;
}

/**
 * The moment at which a Helsinki clock shows this date and time (`'18:30'`). A time skipped in spring is moved on by
 * the hour that is missing; of a time that comes twice in autumn the first is taken.
 */
export function localDateTime(date: LocalDate, time: string): IsoInstant {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  const offsetAt = (utc: Millis): Millis =>
    wallParts(new Date(utc)).utcOfWall - Math.floor(utc / 1000) * 1000;
  const summerFirst = wall - Math.max(offsetAt(wall - 86_400_000), offsetAt(wall + 86_400_000));
  const guess = offsetAt(summerFirst) === wall - summerFirst ? summerFirst : wall - offsetAt(summerFirst);
  return new Date(guess).toISOString();
}

/** The date `days` later (or earlier, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
