import type { NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Hold } from '../store/holds.ts';

/** RELEASED: whoever opened it gave it back; EXPIRED: its time was over; USED: all of it became a ticket. */
export type HoldEnd = 'RELEASED' | 'EXPIRED' | 'USED';

type HoldOf = Pick<Hold, 'id' | 'performanceId' | 'venueId' | 'kind' | 'places'>;

/** Tells that places are kept. Ids and numbers only: for whom is between the venue and them. */
export function holdOpened(
  { expiresAt, ...hold }: HoldOf & Pick<Hold, 'expiresAt'>,
  at: IsoInstant,
): NewEvent {
  return { topic: 'hold.opened', payload: { ...factsOf(hold), expiresAt, at } };
}

/** Tells that nothing is kept any more. */
export function holdClosed(hold: HoldOf, end: HoldEnd, at: IsoInstant): NewEvent {
  return { topic: 'hold.closed', payload: { ...factsOf(hold), end, at } };
}

function factsOf({ id, performanceId, venueId, kind, places }: HoldOf): object {
  return { holdId: id, performanceId, venueId, kind, places };
}
