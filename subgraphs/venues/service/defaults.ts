import { localDate } from '../../platform/clock.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { floorRule } from '../domain/cap.ts';
import type { Venue } from '../domain/catalogue.ts';
import { checkDefaults, defaultCapWarning, noDefaults, type VenueDefaults } from '../domain/defaults.ts';
import { policy } from '../domain/policy.ts';
import { suggestCap, type CapSuggestion } from '../domain/suggest-cap.ts';
import { findRules } from '../store/copies.ts';
import { findDefaults, findDemand, lockDefaults, saveDefaults } from '../store/venue-defaults.ts';
import { findVenues } from '../store/venues.ts';
import type { Environment } from './environment.ts';

/** A field that is left out stays as it was; null takes it away. */
export type SetVenueDefaultsInput = { readonly venueId: string } & {
  readonly [Field in keyof VenueDefaults]?: VenueDefaults[Field] | undefined;
};

export interface DefaultsSet {
  readonly venue: Venue;
  readonly defaults: VenueDefaults;
  readonly warnings: readonly Text[];
}

/** What the venue's new performances begin with from now on; the old ones stay. Throws BAD_INPUT, NOT_FOUND, FORBIDDEN. */
export async function setVenueDefaults(
  env: Environment,
  viewer: Viewer,
  { venueId, ...changes }: SetVenueDefaultsInput,
): Promise<DefaultsSet> {
  if (!policy.setCap(viewer, venueId)) throw forbidden();
  const db = env.database.reader;
  const venue = await findVenue(env, venueId);
  const defaults = await env.database.write(async (trx) => {
    const before = await lockDefaults(trx, venueId, env.clock.now().toISOString());
    const after = merge(before, changes);
    checkDefaults(after);
    await saveDefaults(trx, venueId, after);
    return after;
  });
  if (defaults.cap === null) return { venue, defaults, warnings: [] };
  const place = { venueId, networkId: venue.networkId };
  const { percent } = floorRule(await findRules(db, ['cap.floor_pct']), place, localDate(env.clock.now()));
  return { venue, defaults, warnings: [defaultCapWarning(defaults.cap, percent)] };
}

/** Days without DAYS_BEFORE go away with the window that needed them. */
function merge(before: VenueDefaults, changes: Omit<SetVenueDefaultsInput, 'venueId'>): VenueDefaults {
  const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const after: VenueDefaults = { ...before, ...said };
  const keepsDays = after.redemptionWindow === 'DAYS_BEFORE' || changes.windowDays !== undefined;
  return keepsDays ? after : { ...after, windowDays: null };
}

/** A venue's defaults, for its staff; null for everybody else. */
export async function venueDefaults(
  { database }: Environment,
  viewer: Viewer,
  venueId: string,
): Promise<VenueDefaults | null> {
  if (!policy.setCap(viewer, venueId)) return null;
  return (await findDefaults(database.reader, [venueId])).get(venueId) ?? noDefaults;
}

const yearMs = 365 * 86_400_000;
const mostPerformances = 500;

/** A fair cap from the venue's last year, at most its 500 newest performances; for its staff, null for everybody else. */
export async function capSuggestion(
  env: Environment,
  viewer: Viewer,
  venueId: string,
  tickets: TicketCount | null,
): Promise<CapSuggestion | null> {
  if (!policy.setCap(viewer, venueId)) return null;
  const db = env.database.reader;
  const { networkId } = await findVenue(env, venueId);
  const now = env.clock.now();
  const [history, rules] = await Promise.all([
    findDemand(db, {
      venueId,
      from: new Date(now.getTime() - yearMs).toISOString(),
      to: now.toISOString(),
      most: mostPerformances,
    }),
    findRules(db, ['cap.floor_pct']),
  ]);
  return suggestCap(history, tickets, floorRule(rules, { venueId, networkId }, localDate(now)).percent);
}

async function findVenue({ database }: Environment, venueId: string): Promise<Venue> {
  const [venue] = await findVenues(database.reader, [venueId]);
  if (!venue) throw notFound('Venue', venueId);
  return venue;
}
