import type { Viewer } from '../../platform/viewer.ts';

/** Whose it is, as far as rights depend on it. */
interface OfferingFacts {
  readonly published: boolean;
  readonly venueId: string;
}
interface RedemptionFacts {
  readonly venueId: string;
  readonly cardId: string;
}

const isStaffOf = (viewer: Viewer, venueId: string): boolean =>
  viewer.role === 'VENUE_STAFF' && viewer.venueId === venueId;
const isHolderOf = (viewer: Viewer, cardId: string): boolean =>
  viewer.role === 'HOLDER' && viewer.cardId === cardId;
const seesDrafts = (viewer: Viewer): boolean => viewer.role === 'NATIONAL' || viewer.role === 'SYSTEM';

/**
 * Who may do what in this subgraph. What is not here nobody may do. Venues, genres and published offerings with their
 * counters are public: anonymous displays and partner apps read them.
 */
export const policy = {
  readOffering: (viewer: Viewer, { published, venueId }: OfferingFacts): boolean =>
    published || isStaffOf(viewer, venueId) || seesDrafts(viewer),
  /** Whether somebody without this right learns that an unknown id is unknown. */
  workAtDoor: (viewer: Viewer): boolean => viewer.role === 'VENUE_STAFF',
  /** Staff of this venue, and nobody else: not the national centre either. */
  redeem: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  setCap: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  cancelPerformance: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  readRedemption: (viewer: Viewer, { venueId, cardId }: RedemptionFacts): boolean =>
    isStaffOf(viewer, venueId) || isHolderOf(viewer, cardId),
  cancelRedemption: (viewer: Viewer, { venueId, cardId }: RedemptionFacts): boolean =>
    isStaffOf(viewer, venueId) || isHolderOf(viewer, cardId),
  /** A card's uses are seen by its holder alone. */
  readCardRedemptions: (viewer: Viewer, cardId: string): boolean => isHolderOf(viewer, cardId),
} as const;

/** Which offerings a list may show: all, or the published ones and those of one venue. */
export type Visibility = { readonly all: true } | { readonly all: false; readonly ownVenueId: string | null };

export function visibilityOf(viewer: Viewer): Visibility {
  if (seesDrafts(viewer)) return { all: true };
  return { all: false, ownVenueId: viewer.role === 'VENUE_STAFF' ? viewer.venueId : null };
}
