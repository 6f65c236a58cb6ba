import type { NewEvent } from '../../platform/events/index.ts';
import type { Offering } from '../domain/catalogue.ts';

/** Tells that holders may see an offering from now on, or no longer. */
export function shownEvent(
  { id, venueId, kind }: Pick<Offering, 'id' | 'venueId' | 'kind'>,
  shown: boolean,
): NewEvent {
  return {
    topic: shown ? 'offering.published' : 'offering.unpublished',
    payload: { offeringId: id, venueId, kind },
  };
}
