import type { TicketCount } from '../../platform/units.ts';
import { fullPlaces, type FullPlaces } from '../domain/cap.ts';
import type { VenuesReader } from '../store/database.ts';
import { findCounters } from '../store/ledger.ts';

/** The numbers of a house that had no room: the performance's own, or those of the cap that it shares. */
export interface Full extends FullPlaces {
  readonly kind: 'full';
}

/** The guard has said no; AGAIN: a place was given back since then, so try again. */
export async function whyFull(
  db: VenuesReader,
  { performanceId, places }: { readonly performanceId: string; readonly places: TicketCount },
): Promise<Full | 'AGAIN'> {
  const [counter] = await findCounters(db, [performanceId]);
  if (!counter) throw new Error(`Performance ${performanceId} has no cap counter.`);
  const full = fullPlaces(counter, places);
  return full ? { kind: 'full', ...full } : 'AGAIN';
}
