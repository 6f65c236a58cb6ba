import type { VenueSummary } from '../shared/operations/venues.ts';
import { remember, remembered } from './remember.ts';

/** Development identity: who works at this door. Real sign-in replaces this file alone. */
const storageKey = 'door-venue';

/** The venue that was chosen on this device, as it was then. */
export function rememberedVenue(): VenueSummary | null {
  const venue = remembered(storageKey) as Partial<VenueSummary> | null;
  return typeof venue?.id === 'string' && venue.name ? (venue as VenueSummary) : null;
}

export function rememberVenue(venue: VenueSummary | null): void {
  remember(storageKey, venue);
}

export function staffHeaders(venueId: string): Record<string, string> {
  return { 'x-dev-viewer': JSON.stringify({ role: 'VENUE_STAFF', venueId }) };
}
