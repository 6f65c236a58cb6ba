import type { Viewer } from '../../platform/viewer.ts';
import type { Card } from './card.ts';
import type { Issuer } from './eligibility.ts';

/**
 * Who may do what with cards: one table, and what it does not allow is denied. SYSTEM is the product's own loading and
 * consumers. A venue never reads more of a card than that it is one, an issuer never reads another issuer's.
 */
export const policy = {
  /** A card is shown at one door, to the staff of that venue. */
  presentCard: (viewer: Viewer, venueId: string): boolean =>
    viewer.role === 'SYSTEM' || (viewer.role === 'VENUE_STAFF' && viewer.venueId === venueId),

  issueCard: (viewer: Viewer, issuerId: string): boolean => isIssuer(viewer, issuerId),

  /** To correct, suspend or resume: the unit that gave the card. */
  changeCard: (viewer: Viewer, card: Card): boolean => isIssuer(viewer, card.issuerId),

  /** That there is such a card, and its kind. */
  seeCard: (viewer: Viewer, card: Card): boolean =>
    viewer.role === 'VENUE_STAFF' || policy.readCard(viewer, card),

  /** Status, validity and the holder's facts. */
  readCard: (viewer: Viewer, card: Card): boolean =>
    viewer.role === 'NATIONAL' || isHolder(viewer, card.id) || isIssuer(viewer, card.issuerId),

  /** How many cards one issuer gave in a year. */
  countCards: (viewer: Viewer, issuer: Issuer): boolean =>
    viewer.role === 'NATIONAL' ||
    isIssuer(viewer, issuer.id) ||
    (viewer.role === 'COORDINATOR' && issuer.networkId !== null && viewer.networkId === issuer.networkId),
} as const;

function isIssuer(viewer: Viewer, issuerId: string): boolean {
  return viewer.role === 'SYSTEM' || (viewer.role === 'ISSUER_STAFF' && viewer.issuerId === issuerId);
}

function isHolder(viewer: Viewer, cardId: string): boolean {
  return viewer.role === 'HOLDER' && viewer.cardId === cardId;
}
