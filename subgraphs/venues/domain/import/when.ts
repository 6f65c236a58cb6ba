import { localDateTime } from '../../../platform/clock.ts';
import type { IsoInstant, LocalDate } from '../../../platform/units.ts';

/** How long a performance is taken to be when the file does not say. */
export const assumedMinutes = 120;

export function assumedEnd(startsAt: IsoInstant): IsoInstant {
  return new Date(Date.parse(startsAt) + assumedMinutes * 60_000).toISOString();
}

/** '2026-11-22' or '22.11.2026'; null: neither, or no day of the calendar. */
export function readDate(value: string): LocalDate | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  const finnish = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value);
  const [year, month, day] = iso ? iso.slice(1) : finnish ? finnish.slice(1).toReversed() : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const millis = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(date) ? date : null;
}

/** '18:30', '18.30' or '9:00'. */
export function readTime(value: string): string | null {
  const [, hours, minutes] = /^(\d{1,2})[:.]([0-5]\d)$/.exec(value) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** ISO-8601 with an offset, or without one in Helsinki time; null: neither, or only a day. */
export function readMoment(value: string): IsoInstant | null {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    value.trim(),
  );
  const date = parts?.[1] === undefined ? null : readDate(parts[1]);
  const time = parts?.[2] === undefined ? null : readTime(parts[2]);
  if (date === null || time === null) return null;
  const offset = parts?.[4];
  if (offset === undefined) return localDateTime(date, time);
  const colon = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  const millis = Date.parse(`${date}T${time}:00${colon}`);
  return Number.isNaN(millis) ? null : new Date(millis).toISOString();
}
