import { forbidden } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Side, Thread } from './thread.ts';

/**
 * A holder reads the threads of the own card, a venue's staff those of the own venue, without what holders alone are told;
 * nobody else reads any. A venue's display stands in a lobby, so it is nobody here. Throws FORBIDDEN.
 */
export function sideOf(viewer: Viewer): Side {
  if (viewer.role === 'HOLDER') return { cardId: viewer.cardId };
  if (viewer.role === 'VENUE_STAFF') return { venueId: viewer.venueId };
  throw forbidden('Messages are read by the card holder and the venue they are between.');
}

/** Whether a thread is of this side: a venue's are those that it shares with the holder. */
export function isOf(side: Side, thread: Thread): boolean {
  if ('cardId' in side) return thread.cardId === side.cardId;
  return thread.audience === 'BOTH' && thread.venueId === side.venueId;
}
