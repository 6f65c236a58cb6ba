import { describe, expect, test } from 'vitest';
import {
  clockTime,
  compareTimes,
  isAllDay,
  localDay,
  longDate,
  spanOf,
  startOfDay,
  wallClock,
} from '../../clients/shared/time.ts';

const at = (iso: string) => new Date(iso);

describe('the time of the venues, in any time zone of the device', () => {
  test('is two hours from UTC in winter and three in summer', () => {
    expect(clockTime(at('2026-11-22T16:30:00Z'), 'fi')).toBe('18.30');
    expect(clockTime(at('2026-07-01T16:30:00Z'), 'en')).toBe('19:30');
  });

  test('midnight is 00.00 of the new day', () => {
    expect(wallClock(at('2026-11-21T22:00:00Z'))).toEqual({
      year: 2026,
      month: 11,
      day: 22,
      hour: 0,
      minute: 0,
    });
    expect(localDay(at('2026-11-21T21:59:00Z'))).toBe('2026-11-21');
  });

  test.each([
    ['an ordinary day', '2026-11-22T12:00:00Z', '2026-11-21T22:00:00.000Z'],
    ['the day of the spring change', '2026-03-29T12:00:00Z', '2026-03-28T22:00:00.000Z'],
    ['the day of the autumn change', '2026-10-25T12:00:00Z', '2026-10-24T21:00:00.000Z'],
  ])('%s begins at local midnight', (_, now, start) => {
    expect(startOfDay(at(now)).toISOString()).toBe(start);
  });

  test('the date is written out in the language of the screen', () => {
    const day = at('2026-11-22T12:00:00Z');
    expect(longDate(day, 'fi')).toBe('sunnuntai 22. marraskuuta');
    expect(longDate(day, 'sv')).toBe('söndag 22 november');
    expect(longDate(day, 'en')).toMatch(/^Sunday,? 22 November$/);
  });
});

describe('what is open all day', () => {
  const span = (startsAt: string, endsAt: string) => spanOf({ startsAt, endsAt });
  const exhibition = span('2026-11-21T22:00:00Z', '2026-11-22T22:00:00Z');
  const concert = span('2026-11-22T16:00:00Z', '2026-11-22T18:00:00Z');
  const tomorrow = span('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z');

  test('is told by its span, also on the shortest day of the year', () => {
    expect(isAllDay(exhibition.start, exhibition.end)).toBe(true);
    expect(isAllDay(concert.start, concert.end)).toBe(false);
    expect(isAllDay(at('2026-03-28T22:00:00Z'), at('2026-03-29T21:00:00Z'))).toBe(true);
  });

  test('comes after the performances of the same day and before those of the next', () => {
    expect([tomorrow, exhibition, concert].sort(compareTimes)).toEqual([concert, exhibition, tomorrow]);
  });
});
