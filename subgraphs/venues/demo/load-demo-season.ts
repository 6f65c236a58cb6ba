import { addDays, localDate } from '../../platform/clock.ts';
import type { LocalDate } from '../../platform/units.ts';
import { readCatalogue } from '../data/catalogue.ts';
import { publishOfferings, type Published } from '../service/publish-offerings.ts';
import type { VenuesDatabase } from '../store/database.ts';
import { venueId } from './load-catalogue.ts';
import { demoSeason } from './season.ts';

const seasonDays = 60;

/**
 * Publishes the made-up season from today on; of a season that is there already only the missing days. All that is
 * missing is published in one transaction, so each venue's newest stored day says what it lacks, also after a crash.
 */
export async function loadDemoSeason(database: VenuesDatabase, now: Date): Promise<Published> {
  const today = localDate(now);
  const end = addDays(today, seasonDays);
  const newest = await newestDemoDates(database);
  const missing = readCatalogue().flatMap((venue) => {
    const known = newest.get(venueId(venue.canonicalName));
    const from = known === undefined || known < today ? today : addDays(known, 1);
    return demoSeason([venue], from, daysBetween(from, end));
  });
  if (missing.length === 0) return { offerings: 0, performances: 0 };
  return publishOfferings(database, missing, now);
}

/** The last day that each venue's made-up season is stored for. */
async function newestDemoDates(database: VenuesDatabase): Promise<Map<string, LocalDate>> {
  const rows = await database.reader
    .selectFrom('performance')
    .innerJoin('offering', 'offering.id', 'performance.offering_id')
    .where('offering.demo', '=', 1)
    .groupBy('performance.venue_id')
    .select(({ fn }) => ['performance.venue_id', fn.max('performance.starts_at').as('newest')])
    .execute();
  return new Map(rows.map(({ venue_id, newest }) => [venue_id, localDate(newest)]));
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
}
