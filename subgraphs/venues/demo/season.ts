import { stableId } from '../../platform/ids.ts';
import type { Text } from '../../platform/text.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { NewOffering, NewPerformance } from '../service/publish-offerings.ts';
import { genreId, venueId } from './load-catalogue.ts';
import { daysFrom, momentOf, type Day, type Programme, type SeasonVenue } from './programme.ts';
import { programmesOf } from './programmes/index.ts';

/** A made-up offering, ready to be published. */
export interface DemoOffering extends NewOffering {
  readonly demo: true;
}

/**
 * The made-up season: what each venue shows on `days` days from `from`. The same venue and date always give the same
 * performances with the same ids, whenever the season is asked for, so two overlapping seasons agree.
 */
export function demoSeason(venues: readonly SeasonVenue[], from: LocalDate, days = 60): DemoOffering[] {
  const calendar = daysFrom(from, days);
  return venues
    .flatMap((venue) => programmesOf(venue).map((programme) => offeringOf(venue, programme, calendar)))
    .filter((offering) => offering.performances.length > 0);
}

function offeringOf(venue: SeasonVenue, programme: Programme, calendar: readonly Day[]): DemoOffering {
  const venueIdOfThis = venueId(venue.canonicalName);
  const id = stableId('demo-offering', venueIdOfThis, programme.key);
  return {
    id,
    venueId: venueIdOfThis,
    kind: programme.kind,
    title: programme.title,
    description: markedAsMadeUp(programme.about),
    genreIds: programme.genres.map(genreId),
    published: true,
    demo: true,
    oncePerProduction: programme.oncePerProduction ?? false,
    performances: calendar.flatMap((day) => performancesOn(day, id, programme)),
  };
}

function performancesOn(day: Day, offeringId: string, programme: Programme): NewPerformance[] {
  return programme.showings(day).map(({ from, to, tickets, ticketBasis, cap }) => ({
    id: stableId('demo-performance', offeringId, `${day.date}T${from}`),
    startsAt: momentOf(day, from),
    endsAt: momentOf(day, to),
    tickets,
    ticketBasis,
    cap,
    redemptionWindow: programme.redemptionWindow ?? null,
  }));
}

/** Nobody may take a made-up concert for a real one, in any of the languages. */
function markedAsMadeUp(about: Text): Text {
  return {
    fi: `Keksitty esimerkki. ${about.fi ?? ''}`,
    sv: `Påhittat exempel. ${about.sv ?? ''}`,
    en: `Made-up example. ${about.en ?? ''}`,
  };
}
