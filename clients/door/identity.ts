/** Development identity: who works at this door. Real sign-in replaces this file alone. */
const storageKey = 'door-venue-id';

export function rememberedVenueId(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export function rememberVenueId(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, id);
  } catch {
    // Storage may be switched off: the venue is then chosen again next time.
  }
}

export function staffHeaders(venueId: string): Record<string, string> {
  return { 'x-dev-viewer': JSON.stringify({ role: 'VENUE_STAFF', venueId }) };
}
