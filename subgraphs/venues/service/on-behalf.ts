import { forbidden, notFound } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { policy } from '../domain/policy.ts';
import type { Presentation } from '../domain/presentation.ts';
import type { Redemption } from '../domain/redemption.ts';
import { sha256, sha256Base64url } from '../store/hash.ts';
import type { DoorFacts } from './door-facts.ts';
import type { RequestKey } from './earlier-answer.ts';

type Read = Presentation | Refusal<'PRESENTATION_INVALID'>;

/** Whether this viewer may redeem such a presentation anywhere: a unit only one of its own making. Throws FORBIDDEN. */
export function checkMark(viewer: Viewer, presentation: Read): void {
  if (!policy.workOnBehalf(viewer)) return;
  if (isRefusal(presentation) || !policy.redeemOnBehalf(viewer, presentation, sha256Base64url)) {
    throw forbidden();
  }
}

/**
 * Whether it may be redeemed at this performance: by staff at the own venue, by a unit at the venue of its presentation,
 * and only what holders are shown. Throws FORBIDDEN and, to a unit that asks for a draft, NOT_FOUND.
 */
export function checkPlace(viewer: Viewer, presentation: Read, { performance, offering }: DoorFacts): void {
  if (!policy.workOnBehalf(viewer)) {
    if (!policy.redeem(viewer, performance.venueId)) throw forbidden();
    return;
  }
  if (!policy.readOffering(viewer, offering)) throw notFound('Performance', performance.id);
  if (isRefusal(presentation) || presentation.venueId !== performance.venueId) throw forbidden();
}

/**
 * Where an idempotency key belongs. A unit's goes in as a hash of its id and the key: units never meet each other or a
 * venue, and nothing here tells which unit booked for whom.
 */
export function requestScope(
  viewer: Viewer,
  venueId: string,
  requestId: string,
): Pick<RequestKey, 'scope' | 'requestId'> {
  if (!policy.workOnBehalf(viewer)) return { scope: `venue:${venueId}`, requestId };
  return { scope: 'issuer', requestId: sha256(`${viewer.issuerId}:${requestId}`) };
}

/** What a unit is told of its booking, also when it asks again: as it was made. What came of it is the holder's. */
export function asBooked(redemption: Redemption): Redemption {
  return { ...redemption, status: 'VALID', cancelledAt: null, cancelledBy: null };
}
