import { localDateTime, addDays } from '../../platform/clock.ts';
import type { Text } from '../../platform/text.ts';
import type { IsoInstant, LocalDate, TicketCount } from '../../platform/units.ts';
import type { OfferingKind, RedemptionWindow, TicketBasis, VenueType } from '../domain/words.ts';

/** What the season needs to know of a venue. */
export interface SeasonVenue {
  readonly canonicalName: string;
  readonly slug: string;
  readonly type: VenueType;
}

/** Weekday as in ISO-8601: 1 is Monday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface Day {
  readonly date: LocalDate;
  readonly weekday: Weekday;
  /** Days since 1970-01-01: what is on depends on the date alone, so every run of the season agrees with the last. */
  readonly number: number;
}

/** How many tickets there are and how many of them a card may give. */
export interface Places {
  readonly tickets: TicketCount | null;
  readonly ticketBasis: TicketBasis | null;
  /** Null: no cap. */
  readonly cap: TicketCount | null;
}

/** One performance on a day, Helsinki time; `to: '24:00'` is the end of the day. */
export interface Showing extends Places {
  readonly from: string;
  readonly to: string;
}

/** A made-up offering of one venue and the days on which it is shown. */
export interface Programme {
  /** Unique within the venue, and part of the offering's id: never change it. */
  readonly key: string;
  readonly kind: OfferingKind;
  readonly title: Text;
  readonly about: Text;
  /** Keys of data/genres.csv. */
  readonly genres: readonly string[];
  readonly oncePerProduction?: boolean;
  readonly redemptionWindow?: RedemptionWindow;
  readonly showings: (day: Day) => readonly Showing[];
}

export function text(fi: string, sv: string, en: string): Text {
  return { fi, sv, en };
}

export const unlimited: Places = { tickets: null, ticketBasis: null, cap: null };

/** Seats of a room and the cap of card tickets among them. */
export function seats(tickets: TicketCount, cap: TicketCount): Places {
  return { tickets, ticketBasis: 'CAPACITY', cap };
}

/** A cap where nobody counts the tickets, e.g. passes sold in a day. */
export function capOnly(cap: TicketCount): Places {
  return { tickets: null, ticketBasis: null, cap };
}

/** One showing on each of the given weekdays. */
export function on(
  weekdays: readonly Weekday[],
  from: string,
  to: string,
  places: Places,
): (day: Day) => readonly Showing[] {
  return (day) => (weekdays.includes(day.weekday) ? [{ from, to, ...places }] : []);
}

/** From midnight to midnight on the given weekdays: somebody who tries the door at night finds it open. */
export function allDay(weekdays: readonly Weekday[], places: Places): (day: Day) => readonly Showing[] {
  return on(weekdays, '00:00', '24:00', places);
}

/** From midnight to midnight on every second day: on the other days, tomorrow's can already be redeemed. */
export function everyOtherDay(places: Places): (day: Day) => readonly Showing[] {
  return (day) => (day.number % 2 === 0 ? [{ from: '00:00', to: '24:00', ...places }] : []);
}

export const everyWeekday: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

export function daysFrom(from: LocalDate, days: number): Day[] {
  return Array.from({ length: days }, (_, index) => dayOf(addDays(from, index)));
}

function dayOf(date: LocalDate): Day {
  const number = Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
  // 1970-01-01 was a Thursday.
  return { date, number, weekday: (((number + 3) % 7) + 1) as Weekday };
}

/** The moment of a showing's start or end on its day. */
export function momentOf(day: Day, time: string): IsoInstant {
  return time === '24:00' ? localDateTime(addDays(day.date, 1), '00:00') : localDateTime(day.date, time);
}
