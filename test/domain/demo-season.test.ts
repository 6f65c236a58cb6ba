import { describe, expect, it } from 'vitest';
import { addDays, localDate, localDateTime } from '../../subgraphs/platform/clock.ts';
import type { IsoInstant, LocalDate } from '../../subgraphs/platform/units.ts';
import { readCatalogue, readGenres } from '../../subgraphs/venues/data/catalogue.ts';
import { genreId, venueId } from '../../subgraphs/venues/demo/load-catalogue.ts';
import { demoSeason, type DemoOffering } from '../../subgraphs/venues/demo/season.ts';
import { capFloor } from '../../subgraphs/venues/domain/cap.ts';

const venues = readCatalogue();
const from: LocalDate = '2026-11-22';
const season = demoSeason(venues, from);
const performances = season.flatMap((offering) =>
  offering.performances.map((performance) => ({ ...performance, offering })),
);
type ShownPerformance = (typeof performances)[number];

const ofVenue = (name: string): DemoOffering[] =>
  season.filter((offering) => offering.venueId === venueId(name));
const hoursOf = ({ startsAt, endsAt }: { startsAt: IsoInstant; endsAt: IsoInstant }): number =>
  (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;

describe('the demo season', () => {
  it('is the same whenever it is asked for', () => {
    expect(demoSeason(venues, from)).toEqual(season);
  });

  it('agrees with the season that begins a week later on every day that both have', () => {
    const later = demoSeason(venues, addDays(from, 7)).flatMap((offering) => offering.performances);
    const boundary = localDateTime(addDays(from, 7), '00:00');
    const end = localDateTime(addDays(from, 60), '00:00');
    expect(
      later
        .filter(({ startsAt }) => startsAt < end)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(
      performances
        .filter(({ startsAt }) => startsAt >= boundary)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('is marked as made up in Finnish, Swedish and English', () => {
    for (const { demo, description } of season) {
      expect(demo).toBe(true);
      expect(description?.fi).toMatch(/^Keksitty esimerkki\. \S/);
      expect(description?.sv).toMatch(/^Påhittat exempel\. \S/);
      expect(description?.en).toMatch(/^Made-up example\. \S/);
    }
  });

  it('has a title in Finnish, Swedish and English for every offering', () => {
    for (const { title } of season) {
      expect([title.fi, title.sv, title.en].every((value) => value !== null && value.length > 0)).toBe(true);
    }
  });

  it('has between 2 000 and 4 000 performances in 60 days', () => {
    expect(performances.length).toBeGreaterThan(2_000);
    expect(performances.length).toBeLessThan(4_000);
  });

  it('gives every offering and every performance an id of its own', () => {
    expect(new Set(season.map(({ id }) => id)).size).toBe(season.length);
    expect(new Set(performances.map(({ id }) => id)).size).toBe(performances.length);
  });

  it('uses only genres of the catalogue', () => {
    const known = new Set(readGenres().map(({ key }) => genreId(key)));
    expect(season.flatMap(({ genreIds }) => genreIds).filter((id) => !known.has(id))).toEqual([]);
  });

  it('never sets a cap under the floor of 3 % of the tickets', () => {
    const tooLow = performances.filter(
      ({ cap, tickets }) => typeof cap === 'number' && tickets !== null && cap < capFloor(tickets),
    );
    expect(tooLow).toEqual([]);
  });

  it('says what the tickets count wherever it says how many there are', () => {
    expect(
      performances.filter(({ tickets, ticketBasis }) => (tickets === null) !== (ticketBasis === null)),
    ).toEqual([]);
  });

  it('ends every performance after its start and within 25 hours', () => {
    expect(
      performances.filter((performance) => !(hoursOf(performance) > 0 && hoursOf(performance) <= 25)),
    ).toEqual([]);
  });

  it('gives no fee benefit', () => {
    expect(season.filter(({ kind }) => kind === 'FEE_BENEFIT')).toEqual([]);
  });
});

describe('every venue in the demo season', () => {
  // A season that starts on each day of the week and of the festival cycle.
  const starts = Array.from({ length: 61 }, (_, index) => addDays(from, index));

  it.each(venues)('$slug can be tried at the door at any hour of any day', (venue) => {
    const programme = demoSeason([venue], from, 64)
      .flatMap((offering) => offering.performances)
      .map((performance) => ({ ...performance, day: localDate(performance.startsAt) }));
    const closed: string[] = [];
    for (const today of starts) {
      const tomorrow = addDays(today, 1);
      for (const time of ['00:00', '06:00', '12:00', '18:00', '23:59']) {
        const now = localDateTime(today, time);
        // The rule of domain/redeem.ts: until the performance ends, and with SAME_DAY only on its date.
        const open = programme.some(
          ({ endsAt, redemptionWindow, day }) =>
            now < endsAt && (day === today || (day === tomorrow && redemptionWindow !== 'SAME_DAY')),
        );
        if (!open) closed.push(`${today} ${time}`);
      }
    }
    expect(closed).toEqual([]);
  });
});

describe('what venues show', () => {
  const shownBy = (type: string): ShownPerformance[] => {
    const ids = new Set(
      venues.filter((venue) => venue.type === type).map((venue) => venueId(venue.canonicalName)),
    );
    return performances.filter(({ offering }) => ids.has(offering.venueId));
  };

  it('Kuopion kaupunginorkesteri has a concert every evening with at most 20 card tickets, which 3 % allows', () => {
    const concerts = ofVenue('Kuopion kaupunginorkesteri').filter(({ kind }) => kind === 'PRODUCTION');
    const evenings = concerts.flatMap((offering) => offering.performances);
    expect(new Set(evenings.map(({ startsAt }) => localDate(startsAt))).size).toBe(60);
    expect(new Set(evenings.map(({ cap }) => cap))).toEqual(new Set([20]));
  });

  it('Kuopion kaupunginorkesteri has an open rehearsal from midnight to midnight every day with a cap of 20', () => {
    const rehearsals = ofVenue('Kuopion kaupunginorkesteri').filter(({ kind }) => kind === 'OPEN_ENTRY');
    const days = rehearsals.flatMap((offering) => offering.performances);
    expect(days.map(({ startsAt }) => startsAt)).toEqual(
      Array.from({ length: 60 }, (_, index) => localDateTime(addDays(from, index), '00:00')),
    );
    expect(days.every((day) => hoursOf(day) === 24 && day.cap === 20)).toBe(true);
  });

  it('Kuopion kaupunginteatteri redeems only on the day of the performance', () => {
    const windows = ofVenue('Kuopion kaupunginteatteri')
      .flatMap((offering) => offering.performances)
      .map(({ redemptionWindow }) => redemptionWindow);
    expect(new Set(windows)).toEqual(new Set(['SAME_DAY']));
  });

  it('a theatre shows one production on many days, and some of them once to each card', () => {
    const productions = ofVenue('Tampereen Teatteri').filter(({ kind }) => kind === 'PRODUCTION');
    expect(productions.every((production) => production.performances.length > 4)).toBe(true);
    expect(new Set(productions.map(({ oncePerProduction }) => oncePerProduction))).toEqual(
      new Set([true, false]),
    );
  });

  it('a museum is open Tuesday to Sunday and closed on Mondays', () => {
    const exhibition = ofVenue('Kuopion museo').find((offering) =>
      offering.performances.some((day) => hoursOf(day) < 24),
    );
    const weekdays = exhibition?.performances.map(({ startsAt }) => new Date(startsAt).getUTCDay());
    expect(exhibition?.kind).toBe('OPEN_ENTRY');
    expect(new Set(weekdays)).toEqual(new Set([2, 3, 4, 5, 6, 0]));
  });

  it('most museums set no cap', () => {
    const caps = shownBy('MUSEUM').map(({ cap }) => cap);
    expect(caps.filter((cap) => cap === null).length).toBeGreaterThan(caps.length / 2);
  });

  it('a course has two card places and says that it has none for children', () => {
    const courses = performances.filter(({ offering }) => offering.kind === 'COURSE');
    expect(new Set(courses.map(({ cap }) => cap))).toEqual(new Set([2]));
    expect(
      courses.every(({ offering }) => offering.description?.en?.includes('no places for children')),
    ).toBe(true);
  });

  it('a cinema has a cap of two', () => {
    expect(new Set(shownBy('CINEMA').map(({ cap }) => cap))).toEqual(new Set([2]));
  });

  it('a swimming hall hands out passes of 30 visits', () => {
    const passes = shownBy('SWIMMING_HALL').filter(({ offering }) => offering.kind === 'SERIES_PASS');
    expect(passes.length).toBe(2 * 60);
    expect(passes.every(({ offering }) => offering.title.en?.includes('30 visits'))).toBe(true);
  });

  it('a festival lasts four days in sixty', () => {
    const days = venues
      .filter(({ type }) => type === 'FESTIVAL')
      .map(({ canonicalName, slug }) => {
        const shows = ofVenue(canonicalName).filter(({ kind }) => kind === 'PRODUCTION');
        const dates = shows.flatMap((show) => show.performances).map(({ startsAt }) => localDate(startsAt));
        return { slug, days: new Set(dates).size };
      });
    expect(days.filter((festival) => festival.days !== 4)).toEqual([]);
    expect(days).toHaveLength(10);
  });
});

describe('when the clocks change', () => {
  it('the museum opens at ten on the wall before and after the change of 2026-10-25', () => {
    const autumn = demoSeason(venues, '2026-10-19', 14).filter(
      ({ venueId: id }) => id === venueId('Amos Rex'),
    );
    const opening = autumn.flatMap((offering) => offering.performances).map(({ startsAt }) => startsAt);
    const wall = (at: IsoInstant): string =>
      new Intl.DateTimeFormat('fi', {
        timeZone: 'Europe/Helsinki',
        hour: '2-digit',
        minute: '2-digit',
      }).format(new Date(at));
    const tuesdays = opening.filter((at) => ['2026-10-20', '2026-10-27'].includes(localDate(at)));
    expect(tuesdays).toHaveLength(2);
    expect(new Set(tuesdays.map(wall)).size).toBe(1);
    expect(new Set(tuesdays.map((at) => at.slice(11))).size).toBe(2);
  });

  it.each([
    { date: '2026-10-25', hours: 25 },
    { date: '2027-03-28', hours: 23 },
  ])('an open rehearsal on $date lasts the whole day of $hours hours', ({ date, hours }) => {
    const orchestra = venues.filter(({ slug }) => slug === 'kuopion-kaupunginorkesteri');
    const rehearsal = demoSeason(orchestra, date, 1).find(({ kind }) => kind === 'OPEN_ENTRY')
      ?.performances[0];
    expect(rehearsal && hoursOf(rehearsal)).toBe(hours);
  });
});
