import type { Viewer } from '../../platform/viewer.ts';
import type { Card } from './card.ts';
import type { Issuer } from './eligibility.ts';
import type { FigureScope } from './figure.ts';

/**
 * Who may do what with cards: one table, and what it does not allow is denied. SYSTEM is the product's own loading and
 * consumers. A venue never reads more of a card than that it is one, an issuer never reads another issuer's.
 */
export const policy = {
  /** A card is shown at one door, to the staff of that venue. */
  presentCard: (viewer: Viewer, venueId: string): boolean =>
    viewer.role === 'SYSTEM' || (viewer.role === 'VENUE_STAFF' && viewer.venueId === venueId),

  /** To take back the lock of a venue that had too many misses. */
  unlockVenue: (viewer: Viewer): boolean => viewer.role === 'NATIONAL' || viewer.role === 'SYSTEM',

  /** Keys by which a venue's device knows phones without a connection: its staff. */
  readOfflineKeys: (viewer: Viewer, venueId: string): boolean => policy.presentCard(viewer, venueId),

  /** To add a phone, list or revoke phones: the holder, and the unit that gave the card. */
  managePhones: (viewer: Viewer, card: Pick<Card, 'id' | 'issuerId'>): boolean =>
    isHolder(viewer, card.id) || isIssuer(viewer, card.issuerId),

  issueCard: (viewer: Viewer, issuerId: string): boolean => isIssuer(viewer, issuerId),

  /** To renew, correct, suspend, resume or replace: the unit that gave the card. */
  changeCard: (viewer: Viewer, card: Card): boolean => isIssuer(viewer, card.issuerId),

  /** Who may type a foreign card's code and hear that it is renewed where it was given: units that give cards. */
  workAtDesk: (viewer: Viewer): boolean => viewer.role === 'SYSTEM' || viewer.role === 'ISSUER_STAFF',

  /** Two registrations of one holder: the unit that gave both; the national centre for cards of any two units. */
  mergeCards: (viewer: Viewer, from: Card, into: Card): boolean =>
    viewer.role === 'NATIONAL' || (isIssuer(viewer, from.issuerId) && isIssuer(viewer, into.issuerId)),

  /** What was done to a card and why: the unit that gave it, and the national centre. */
  readChanges: (viewer: Viewer, card: Card): boolean =>
    viewer.role === 'NATIONAL' || isIssuer(viewer, card.issuerId),

  /** The lists of a unit, its printed cards: that unit alone. */
  readDesk: (viewer: Viewer, issuerId: string): boolean => isIssuer(viewer, issuerId),

  /** That there is such a card, and its kind. */
  seeCard: (viewer: Viewer, card: Card): boolean =>
    viewer.role === 'VENUE_STAFF' || policy.readCard(viewer, card),

  /** Status, validity and the holder's facts. */
  readCard: (viewer: Viewer, card: Card): boolean =>
    viewer.role === 'NATIONAL' || isHolder(viewer, card.id) || isIssuer(viewer, card.issuerId),

  /** To activate an account, make a one-time code, print the sheet: the unit that gave the card. */
  serveHolder: (viewer: Viewer, card: Pick<Card, 'issuerId'>): boolean => isIssuer(viewer, card.issuerId),

  /** Own account, who looked, what the card was used for: the holder alone. Not the issuer, not the national centre. */
  readOwn: (viewer: Viewer, cardId: string): boolean => isHolder(viewer, cardId),

  /** The holder, and the unit that gave the card when the holder asks there. */
  eraseHolder: (viewer: Viewer, card: Pick<Card, 'id' | 'issuerId'>): boolean =>
    isHolder(viewer, card.id) || isIssuer(viewer, card.issuerId),

  /** How many cards one issuer gave in a year. */
  countCards: (viewer: Viewer, issuer: Issuer): boolean =>
    viewer.role === 'NATIONAL' ||
    isIssuer(viewer, issuer.id) ||
    (viewer.role === 'COORDINATOR' && issuer.networkId !== null && viewer.networkId === issuer.networkId),

  /** Figures of an issuer (whose network is given), a network or the nation; what is small in them is hidden all the same. */
  readFigures: (viewer: Viewer, scope: FigureScope, networkOfIssuer: string | null): boolean =>
    viewer.role === 'NATIONAL' ||
    policy.ownFigures(viewer, scope) ||
    (viewer.role === 'COORDINATOR' &&
      ((scope.kind === 'NETWORK' && scope.id === viewer.networkId) ||
        (scope.kind === 'ISSUER' && networkOfIssuer === viewer.networkId))),

  /** Whose own work the figure is: nothing small is hidden from them. */
  ownFigures: (viewer: Viewer, scope: FigureScope): boolean =>
    viewer.role === 'SYSTEM' || (scope.kind === 'ISSUER' && isIssuer(viewer, scope.id)),

  /** Pooled wellbeing answers: a coordinator its network's, the national centre all. Nobody else, no public figure. */
  readWellbeing: (viewer: Viewer, scope: FigureScope): boolean =>
    scope.kind !== 'ISSUER' && policy.readFigures(viewer, scope, null),
} as const;

function isIssuer(viewer: Viewer, issuerId: string): boolean {
  return viewer.role === 'SYSTEM' || (viewer.role === 'ISSUER_STAFF' && viewer.issuerId === issuerId);
}

function isHolder(viewer: Viewer, cardId: string): boolean {
  return viewer.role === 'HOLDER' && viewer.cardId === cardId;
}
