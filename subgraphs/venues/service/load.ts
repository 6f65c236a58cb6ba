import { localDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { floorRule } from '../domain/cap.ts';
import { loadOf, spansOf, type Load, type Span } from '../domain/load.ts';
import { policy } from '../domain/policy.ts';
import { findRules } from '../store/copies.ts';
import { countTurnAways, countUses, findLoadPerformances, findUses } from '../store/load.ts';
import { countNoShowsAt } from '../store/no-shows.ts';
import { findVenues } from '../store/venues.ts';
import type { Environment } from './environment.ts';

/** What softer limits would have spared is reckoned from so many uses: a year of a large venue at a hundred times today. */
const mostUses = 50_000;

/**
 * What the card asked of a venue in a span, and whether it looks like the cinema that left. For its staff, null for
 * everybody else. Reads the span's rows and those of the one before, by index. Throws BAD_INPUT, NOT_FOUND.
 */
export async function venueLoad(
  { database, clock }: Environment,
  viewer: Viewer,
  venueId: string,
  wanted: Span,
): Promise<Load | null> {
  if (!policy.readLoad(viewer, venueId)) return null;
  const now = clock.now();
  const { span, before } = spansOf(wanted, now.toISOString());
  const db = database.reader;
  const [venue] = await findVenues(db, [venueId]);
  if (!venue) throw notFound('Venue', venueId);
  const [used, usedBefore, turnAways, noShows, performances, uses, rules] = await Promise.all([
    countUses(db, venueId, span),
    countUses(db, venueId, before),
    countTurnAways(db, venueId, span),
    countNoShowsAt(db, venueId, span.from, span.to),
    findLoadPerformances(db, venueId, span),
    findUses(db, venueId, span, mostUses),
    findRules(db, ['cap.floor_pct']),
  ]);
  const { percent } = floorRule(rules, { venueId, networkId: venue.networkId }, localDate(now));
  const counts = { ...used, usesBefore: usedBefore.uses, ...turnAways, noShows: Number(noShows) };
  return loadOf(span, counts, performances, uses, percent);
}
