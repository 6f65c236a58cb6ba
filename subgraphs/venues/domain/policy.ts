import type { Viewer } from '../../platform/viewer.ts';
import { isMarkedBy, type Presentation } from './presentation.ts';

/** Whose it is, as far as rights depend on it. */
interface OfferingFacts {
  readonly published: boolean;
  readonly venueId: string;
}
interface VenuePlace {
  readonly id: string;
  readonly networkId: string | null;
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
  /** Units that give cards; a unit needs a presentation of its own making besides. */
  workOnBehalf: (viewer: Viewer): viewer is Extract<Viewer, { role: 'ISSUER_STAFF' }> =>
    viewer.role === 'ISSUER_STAFF',
  /** A unit books for a holder with a presentation that it made itself, and with no other. */
  redeemOnBehalf: (viewer: Viewer, presentation: Presentation, digest: (text: string) => string): boolean =>
    viewer.role === 'ISSUER_STAFF' && isMarkedBy(presentation, viewer.issuerId, digest),
  setCap: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** For whom places are kept is between a venue and its groups. */
  keepPlaces: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** Who waits is a holder; a venue sees how many, and never who. */
  waitInLine: (viewer: Viewer): viewer is Extract<Viewer, { role: 'HOLDER' }> => viewer.role === 'HOLDER',
  readWaiting: (viewer: Viewer, cardId: string): boolean => isHolderOf(viewer, cardId),
  countWaiting: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  setCancelLimit: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** Who did not come is the venue's own count: neither the holder nor another venue sees it. */
  countNoShows: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  cancelPerformance: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** The rules of a performance, with nobody's card: for whoever advises holders. */
  explainRules: (viewer: Viewer): boolean =>
    ['HOLDER', 'VENUE_STAFF', 'ISSUER_STAFF', 'COORDINATOR', 'NATIONAL'].includes(viewer.role),
  /** What a card's uses mean for the rules: for its holder, and for the venue at whose door it was presented. */
  explainCard: (viewer: Viewer, { venueId, cardId }: RedemptionFacts): boolean =>
    isStaffOf(viewer, venueId) || isHolderOf(viewer, cardId),
  readOverrideCounts: (viewer: Viewer, venueId: string): boolean =>
    isStaffOf(viewer, venueId) || viewer.role === 'NATIONAL',
  /** Whose ledgers' faults this viewer is told one by one; how many there are everybody is told. */
  readAuditFaults: (viewer: Viewer): 'ALL' | { readonly venueId: string } | null => {
    if (viewer.role === 'NATIONAL') return 'ALL';
    return viewer.role === 'VENUE_STAFF' ? { venueId: viewer.venueId } : null;
  },
  /** What the card costs a venue in goodwill is the venue's own to know. */
  readLoad: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** Averages, and never a single rating. */
  readRatingAverages: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** A rating is its holder's, to give and to read; its venue does not see it either. */
  rate: (viewer: Viewer, { cardId }: Pick<RedemptionFacts, 'cardId'>): boolean => isHolderOf(viewer, cardId),
  /** What a venue gives is written by its own staff, and nobody else. */
  manageOfferings: (viewer: Viewer, venueId: string): boolean => isStaffOf(viewer, venueId),
  /** What is said of a venue: its staff, the coordinator of its network, and the national centre. */
  updateVenue: (viewer: Viewer, { id, networkId }: VenuePlace): boolean =>
    isStaffOf(viewer, id) ||
    (viewer.role === 'COORDINATOR' && networkId !== null && viewer.networkId === networkId) ||
    viewer.role === 'NATIONAL',
  /** Pop-ups are the national centre's. */
  admitPopUp: (viewer: Viewer): boolean => viewer.role === 'NATIONAL',
  /** Whether somebody who may not change this venue learns that an unknown id is unknown. */
  knowVenues: (viewer: Viewer): boolean =>
    viewer.role === 'VENUE_STAFF' || viewer.role === 'COORDINATOR' || viewer.role === 'NATIONAL',
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
