import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Offering, Venue } from '../domain/catalogue.ts';
import { policy } from '../domain/policy.ts';
import { noTerms, type Terms } from '../domain/terms.ts';
import type { OfferingKind } from '../domain/words.ts';
import type { VenuesReader } from '../store/database.ts';
import { findOfferingFacts } from '../store/offering-facts.ts';
import { findOfferings } from '../store/offerings.ts';
import { findVenues } from '../store/venues.ts';

/** What every use without a performance looks at. */
export interface VisitPlace {
  readonly offering: Offering;
  readonly venue: Venue;
  readonly terms: Terms;
}

/**
 * The offering at which the staff of its venue uses a card. Throws FORBIDDEN, NOT_FOUND and, for another kind than
 * these, BAD_INPUT.
 */
export async function visitPlace(
  db: VenuesReader,
  viewer: Viewer,
  offeringId: string,
  kinds: readonly OfferingKind[],
): Promise<VisitPlace> {
  if (!policy.workAtDoor(viewer)) throw forbidden();
  const [offering] = await findOfferings(db, [offeringId]);
  if (!offering) throw notFound('Offering', offeringId);
  if (!policy.redeem(viewer, offering.venueId)) throw forbidden();
  const { kind } = offering;
  if (!kinds.includes(kind)) {
    throw badInput(`The offering is ${kind}; this takes ${kinds.join(' or ')}.`, { offeringId, kind });
  }
  const [venue] = await findVenues(db, [offering.venueId]);
  if (!venue) throw new Error(`Offering ${offeringId} has no venue.`);
  const [facts] = await findOfferingFacts(db, [offeringId]);
  return { offering, venue, terms: facts?.terms ?? noTerms };
}

/** Terms that the venue has to write first. */
export function termsMissing(offeringId: string, needs: string): Error {
  return badInput(`The offering does not say its ${needs}: its venue writes that first.`, {
    offeringId,
    needs,
  });
}
